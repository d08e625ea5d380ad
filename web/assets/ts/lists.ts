// <input data-filter-list="#id">: narrows the list to entries whose data-filter-text holds what was typed.
// <nav class="tabs"> that has no room for all of them is scrolled to the chosen one.
// Elements with [data-arrow] in one list are walked with the arrow keys; so is the list from its search field.
export function watchLists(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.filterList) narrow(target);
  });
  document.addEventListener("keydown", walk);
  document.addEventListener("htmx:after:swap", showChosenTabs);
  showChosenTabs();
}

function showChosenTabs(): void {
  for (const tabs of document.querySelectorAll<HTMLElement>(".tabs")) {
    const chosen = tabs.querySelector<HTMLElement>("[aria-current]");
    if (!chosen || tabs.scrollWidth <= tabs.clientWidth) continue;
    const [row, tab] = [tabs.getBoundingClientRect(), chosen.getBoundingClientRect()];
    tabs.scrollLeft += tab.left + tab.width / 2 - (row.left + row.width / 2);
  }
}

function narrow(field: HTMLInputElement): void {
  const list = document.querySelector(field.dataset.filterList ?? "");
  if (!list) return;
  const typed = field.value.trim().toLowerCase();
  let isFound = false;
  for (const entry of list.querySelectorAll<HTMLElement>("[data-filter-text]")) {
    entry.hidden = !entry.dataset.filterText?.toLowerCase().includes(typed);
    isFound ||= !entry.hidden;
  }
  const none = list.parentElement?.querySelector<HTMLElement>("[data-filter-none]");
  if (none) none.hidden = isFound;
}

function walk(event: KeyboardEvent): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  const from = event.target instanceof HTMLElement ? event.target : null;
  if (!step || !from) return;
  const field = from.closest<HTMLInputElement>("[data-filter-list]");
  const list = field
    ? document.querySelector(field.dataset.filterList ?? "")
    : from.closest("[data-arrow]")?.closest("ul, .menu-body");
  if (!list) return;
  const shown = [...list.querySelectorAll<HTMLElement>("[data-arrow]")].filter((one) => one.offsetParent !== null);
  const next = field ? shown[0] : shown[shown.indexOf(from.closest<HTMLElement>("[data-arrow]") as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
