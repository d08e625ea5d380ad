// <select data-browser-timezone>: starts at the zone this browser is in, where the list has it.
export function preferBrowserTimezone(): void {
  const select = document.querySelector<HTMLSelectElement>("select[data-browser-timezone]");
  if (!select) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...select.options].find(({ value }) => value === zone);
  if (option) option.selected = true;
}
