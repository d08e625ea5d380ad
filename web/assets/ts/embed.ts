// A dashboard in another site's frame tells that page how tall it is; embed.host.js over there listens.
export function tellHeight(): void {
  if (!document.documentElement.hasAttribute("data-embedded") || window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // To whoever frames us: a height is no secret, and the policy of the page says who may.
    window.parent.postMessage({ footfall: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
