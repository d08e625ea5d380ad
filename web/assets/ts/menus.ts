// Menus are <details>: they open without script. This closes them on Escape, on a click elsewhere, and when another opens.
export function watchMenus(): void {
  document.addEventListener("click", (event) => closeAllBut((event.target as Element).closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    open?.querySelector("summary")?.focus();
    closeAllBut(null);
  });
}

function closeAllBut(kept: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (menu !== kept) menu.open = false;
  }
}
