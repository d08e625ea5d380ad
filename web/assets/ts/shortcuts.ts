// One key for each link or menu that shows it: <a data-shortcut="D">. The sheet of all keys opens with `?`.
export function watchShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const sheet = document.querySelector<HTMLDialogElement>("#shortcuts");
    if (event.key === "?") return toggle(sheet);
    if (sheet?.open) return;
    if (walk(event)) return event.preventDefault();
    const shown = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(event.key.toUpperCase())}"]`);
    if (!shown) return;
    event.preventDefault(); // so that the key is not typed into the field it opens
    shown.click();
    if (shown.matches("summary")) focusFirst(shown.parentElement);
  });
}

function toggle(sheet: HTMLDialogElement | null): void {
  if (sheet?.open) sheet.close();
  else sheet?.showModal();
}

function focusFirst(menu: HTMLElement | null): void {
  if (menu instanceof HTMLDetailsElement && menu.open)
    menu.querySelector<HTMLElement>(".menu-body :is(a, input, select)")?.focus();
}

/** Up and down walk through the rows of a list or the items of a menu, once one of them has the focus. */
function walk({ key, target }: KeyboardEvent): boolean {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  const list = target instanceof Element ? target.closest("[data-list], .menu-body") : null;
  if (!step || !list) return false;
  const rows = [...list.querySelectorAll<HTMLElement>("a, input[type=checkbox], button")].filter((row) =>
    row.checkVisibility(),
  );
  const next = rows[rows.indexOf(target as HTMLElement) + step];
  next?.focus();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
}
