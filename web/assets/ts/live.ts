// What happens now, pushed while somebody can see it; where nothing is pushed the current visitors are asked for again and again.

import { showInFavicon } from "./favicon";
import { type LiveMessage, showRealtime } from "./realtime";
import { number, said } from "./texts";

const ASK_EVERY_MS = 12_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

let socket: WebSocket | undefined;
let waitMs = FIRST_WAIT_MS;
let again: ReturnType<typeof setTimeout> | undefined;

export function watchCurrentVisitors(): void {
  setInterval(askUnlessPushed, ASK_EVERY_MS);
  for (const event of ["visibilitychange", "htmx:after:swap"]) document.addEventListener(event, follow);
  document.addEventListener("visibilitychange", askUnlessPushed);
  window.addEventListener("online", follow);
  follow();
}

function askUnlessPushed(): void {
  if (!isVisible() || socket?.readyState === WebSocket.OPEN) return;
  shown()?.dispatchEvent(new Event("refresh"));
}

/** Listens to the site whose page is shown, and to none while none can be seen. */
function follow(): void {
  const path = isVisible() ? shown()?.dataset.live : undefined;
  const wanted = path && new URL(path, location.href.replace(/^http/, "ws")).href;
  const figure = Number(shown()?.dataset.visitors);
  if (shown()) showInFavicon(figure || 0);
  if (socket?.url === wanted) {
    if (last) showRealtime(last, "live");
    return;
  }
  last = undefined;
  clearTimeout(again);
  socket?.close();
  socket = wanted ? listen(wanted) : undefined;
  if (!isVisible()) showRealtime(undefined, "paused");
}

let last: LiveMessage | undefined;

function listen(url: string): WebSocket {
  const opened = new WebSocket(url);
  opened.onmessage = ({ data }) => {
    waitMs = FIRST_WAIT_MS;
    const message: LiveMessage = JSON.parse(data);
    last = { now: message.now };
    show(message.now.current_visitors);
    showRealtime(message, "live");
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = undefined;
    showRealtime(undefined, "lost");
    again = setTimeout(follow, waitMs * (0.75 + Math.random() / 2)); // not all at once after a restart
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  };
  return opened;
}

function show(visitors: number): void {
  showInFavicon(visitors);
  const place = shown();
  const figure = place?.querySelector("b");
  if (!place || !figure) return;
  place.dataset.visitors = String(visitors);
  figure.textContent = number(visitors);
  const words = place.querySelector(".live-words");
  if (words) words.textContent = ` ${said("current_visitors", { count: visitors })}`;
  place.querySelector(".live-dot")?.classList.toggle("is-quiet", visitors === 0);
}

function shown(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#current");
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
