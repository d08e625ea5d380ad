/** What happens when a single-page site moves the address without loading a page. */

/** Calls `onMoved` after each call of the method; it learns whether the address stayed the same. */
export function afterMove(method: "pushState" | "replaceState", onMoved: (isSameAddress: boolean) => void): void {
  const original = history[method];
  history[method] = function (...args) {
    const before = location.href;
    original.apply(this, args);
    onMoved(before === location.href);
  };
}
