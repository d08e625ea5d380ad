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

export function watchNavigation(): void {
  document.addEventListener("htmx:config:request", (event) => keepTabs(contextOf(event)));
  document.addEventListener("htmx:before:swap", (event) => {
    const context = contextOf(event);
    if (context.target?.id !== "view") return;
    if (!context.text?.includes('id="view"')) return leave(event, context);
    scrolledTo = answeredPath(context) === location.pathname ? window.scrollY : 0;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (scrolledTo !== null) window.scrollTo(0, scrolledTo);
    scrolledTo = null;
  });
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
