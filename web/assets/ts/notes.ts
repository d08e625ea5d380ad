// Notes are written and changed in a dialog over the chart: the page that does so without script, shown in its place.
export function watchNotes(): void {
  // Before htmx, which would follow the link.
  document.addEventListener("click", open, { capture: true });
}

function open(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>(".chart-notes, .note-flag");
  const figure = link?.closest<HTMLElement>("[data-chart]");
  const sheet = figure?.querySelector<HTMLDialogElement>("[data-note-sheet]");
  if (!link || !figure || !sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  show(sheet, link, figure.dataset.day).catch(() => location.assign(link.href));
}

async function show(sheet: HTMLDialogElement, link: HTMLAnchorElement, day?: string): Promise<void> {
  const answer = await fetch(link.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const notes = page.querySelector(".segments");
  if (!answer.ok || !notes) throw new Error("no notes");
  for (const part of notes.querySelectorAll("h1, .back")) part.remove();
  for (const form of notes.querySelectorAll("form")) form.append(leadsBack());
  sheet.querySelector("[data-note-body]")?.replaceChildren(notes);
  const first = sheet.querySelector<HTMLInputElement>("#first-new");
  if (first && day) first.value = day;
  sheet.showModal();
  const flagged = link.matches(".note-flag") ? changeOf(sheet, link.title.split("\n")[0] ?? "") : null;
  if (flagged) flagged.open = true;
  const field = flagged?.querySelector<HTMLElement>("input:not([type=hidden])") ?? sheet.querySelector("#text-new");
  if (field instanceof HTMLElement) field.focus();
}

/** Where somebody may change the note with these words. */
function changeOf(sheet: HTMLElement, text: string): HTMLDetailsElement | null {
  const row = [...sheet.querySelectorAll("li")].find((one) => one.querySelector("b")?.textContent === text);
  return row?.querySelector("details") ?? null;
}

function leadsBack(): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "then";
  field.value = "dashboard";
  return field;
}
