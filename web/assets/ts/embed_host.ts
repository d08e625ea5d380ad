// For pages that show a shared dashboard: makes its frame as tall as what is in it. Stands alone, at /js/embed.host.js.
const FRAMES = "iframe[data-footfall-embed], iframe[plausible-embed]";
const TALLEST = 20_000;

window.addEventListener("message", ({ data, source, origin }) => {
  const height = data?.footfall === "height" ? Number(data.height) : Number.NaN;
  if (!(height > 0 && height <= TALLEST)) return;
  for (const frame of document.querySelectorAll<HTMLIFrameElement>(FRAMES)) {
    // Only the frame itself may say how tall it is, and only while it shows what the page put there.
    const isItsOwn = frame.contentWindow === source && new URL(frame.src, location.href).origin === origin;
    if (isItsOwn) frame.style.height = `${height}px`;
  }
});
