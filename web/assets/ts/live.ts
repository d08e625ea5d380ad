// The current visitors, asked again while somebody can see them.
const EVERY_MS = 12_000;

export function watchCurrentVisitors(): void {
  const refresh = () => {
    if (document.visibilityState === "visible") document.querySelector("#current")?.dispatchEvent(new Event("refresh"));
  };
  setInterval(refresh, EVERY_MS);
  document.addEventListener("visibilitychange", refresh);
}
