// The form of a filter is swapped into its menu; this opens the menu where a chip asked for it, and puts the focus where one goes on.
export function watchFilterForm(): void {
  let choice = "";
  document.addEventListener("htmx:before:swap", () => {
    const shown = document.querySelector("#filter-editor");
    if (shown?.querySelector(".filter-choice")) choice = shown.innerHTML;
  });
  document.addEventListener("htmx:after:swap", () => {
    const editor = document.querySelector("#filter-editor");
    const form = editor?.querySelector(".filter-form");
    const menu = editor?.closest<HTMLDetailsElement>("details");
    if (!form || !menu || form.contains(document.activeElement)) return;
    menu.open = true;
    form.querySelector<HTMLElement>("[data-focus]")?.focus();
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || target.open || !choice) return;
      const editor = target.querySelector("#filter-editor");
      if (!editor?.querySelector(".filter-form")) return;
      editor.innerHTML = choice; // the next filter begins with the choice of what to filter by
      window.htmx.process(editor);
    },
    true,
  );
}
