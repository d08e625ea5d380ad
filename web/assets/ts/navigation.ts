// Links inside #view swap #view; without script they load the page. This keeps what a full load would keep or a swap would lose.
declare global {
  interface Window {
    htmx: { process(element: Element): void };
  }
}

interface Context {
  text?: string;
  target?: Element;
  request: { action: string };
  response?: { raw?: { url?: string } };
}

let scrolledTo: number | null = null;
let cardsBefore: Element[] = [];

export function watchNavigation(): void {
  document.addEventListener("htmx:config:request", (event) => keepTabs(contextOf(event)));
  document.addEventListener("htmx:before:swap", (event) => {
    const context = contextOf(event);
    if (context.target?.matches(".panels[aria-busy]")) return keepIfFailed(event, context);
    if (context.target?.id !== "view") return;
    if (!context.text?.includes('id="view"')) return leave(event, context);
    cardsBefore = answeredPath(context) === location.pathname ? cardsShown() : [];
    scrolledTo = answeredPath(context) === location.pathname ? window.scrollY : 0;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (scrolledTo !== null) window.scrollTo(0, scrolledTo);
    scrolledTo = null;
    keepCards();
  });
  document.addEventListener("htmx:after:swap", tellTitle);
  tellTitle();
}

const cardsShown = () => [...document.querySelectorAll(".panels > .panel[id]")];

/** Figures and chart come first: until the new cards are there, those of before stand in their place, paler. */
function keepCards(): void {
  const waiting = document.querySelector(".panels[aria-busy]");
  if (!waiting || !cardsBefore.length || waiting.contains(cardsBefore[0] ?? null)) return;
  for (const card of cardsBefore) card.setAttribute("inert", "");
  waiting.replaceChildren(...cardsBefore);
  cardsBefore = [];
}

function keepIfFailed(event: Event, { target, text }: Context): void {
  if (text?.includes('class="panels"') || !(target instanceof HTMLElement)) return;
  event.preventDefault();
  const said = document.createElement("p");
  said.className = "notice notice-error";
  said.textContent = target.dataset.failed ?? "";
  target.replaceChildren(said);
  target.removeAttribute("aria-busy");
}

/** The title of a page whose head was sent before its figures were known. */
function tellTitle(): void {
  const title = document.querySelector<HTMLElement>("[data-title]")?.dataset.title;
  if (title && document.title !== title) document.title = title;
}

/** Opens an address of this site's pages as a link in the view does. */
export function go(address: string): void {
  const view = document.querySelector("#view");
  if (!view) {
    location.assign(address);
    return;
  }
  const link = document.createElement("a");
  link.href = address;
  link.hidden = true;
  view.append(link);
  window.htmx.process(link);
  link.click();
}

const contextOf = (event: Event): Context => (event as CustomEvent<{ ctx: Context }>).detail.ctx;

const answeredPath = ({ response, request }: Context): string =>
  new URL(response?.raw?.url ?? request.action, location.href).pathname;

// Tabs chosen since the page was made stand in its address, but not yet in its links.
function keepTabs({ target, request }: Context): void {
  if (target?.id !== "view") return;
  const chosen = new URLSearchParams(location.search);
  const url = new URL(request.action, location.href);
  if (url.pathname !== location.pathname && !url.pathname.includes("/panels/")) return;
  for (const { id } of document.querySelectorAll(".panel[id]")) {
    const panel = id.replace("panel-", "");
    const tab = chosen.get(panel);
    if (!tab || url.searchParams.get(panel) === tab) continue;
    url.searchParams.set(panel, tab);
    request.action = url.pathname + url.search;
  }
}

// An answer without #view (signed out meanwhile, an error) is opened as the page it is.
function leave(event: Event, { response }: Context): void {
  event.preventDefault();
  location.assign(response?.raw?.url ?? location.href);
}
