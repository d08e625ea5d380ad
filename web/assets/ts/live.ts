// The current visitors, pushed while somebody can see them; where nothing is pushed they are asked for again and again.
const ASK_EVERY_MS = 12_000;
const FEWEST_MS_BETWEEN_TRIES = 30_000;

let socket: WebSocket | undefined;
let triedAt = Number.NEGATIVE_INFINITY;

export function watchCurrentVisitors(): void {
  setInterval(askUnlessPushed, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("visibilitychange", askUnlessPushed);
  document.addEventListener("htmx:after:swap", follow);
  follow();
}

function askUnlessPushed(): void {
  if (!isVisible() || socket?.readyState === WebSocket.OPEN) return;
  shown()?.dispatchEvent(new Event("refresh"));
  follow();
}

/** Listens to the site whose page is shown, and to none while none can be seen. */
function follow(): void {
  const path = isVisible() ? shown()?.dataset.live : undefined;
  const wanted = path && new URL(path, location.href.replace(/^http/, "ws")).href;
  if (socket?.url === wanted) return;
  const isAnother = socket !== undefined;
  socket?.close();
  socket = undefined;
  if (!wanted || (!isAnother && performance.now() - triedAt < FEWEST_MS_BETWEEN_TRIES)) return;
  triedAt = performance.now();
  socket = listen(wanted);
}

function listen(url: string): WebSocket {
  const opened = new WebSocket(url);
  opened.onmessage = ({ data }) => show(JSON.parse(data).now.current_visitors);
  opened.onclose = () => {
    if (socket === opened) socket = undefined;
  };
  return opened;
}

function show(visitors: number): void {
  const figure = shown()?.querySelector("b");
  if (!figure) return;
  figure.textContent = visitors.toLocaleString("en");
  const words = shown()?.querySelector(".live-words");
  if (words) words.textContent = visitors === 1 ? " current visitor" : " current visitors";
  shown()
    ?.querySelector(".live-dot")
    ?.classList.toggle("is-quiet", visitors === 0);
}

function shown(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#current");
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
