// One key for each link that shows it: <a data-shortcut="D">.
export function watchShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = CSS.escape(event.key.toUpperCase());
    document.querySelector<HTMLElement>(`[data-shortcut="${key}"]`)?.click();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable]");
}
