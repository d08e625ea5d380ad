import type { Feature } from "../core";

/** Pages the server answered with 404, or that say so themselves where the browser can't tell. */
const track404Pages: Feature = (track) => {
  const report = () => track("404", { props: { path: location.pathname }, interactive: false });
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const isMarked = document.querySelector('meta[name="footfall-status"][content="404"]');
  if (!isMarked && navigation?.responseStatus !== 404) return;
  // After the view, which waits until the page is seen.
  const reportNext = () => setTimeout(report);
  if (document.hidden) addEventListener("visibilitychange", reportNext, { once: true });
  else reportNext();
};

export default track404Pages;
