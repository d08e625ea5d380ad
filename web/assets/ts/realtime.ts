// The page of what happens now. Rows and bars are kept and changed in place, so that nothing flickers.
import type { FeedLine, Live, Ranked } from "../../../clients/typescript/src/operations";
import { number, said, timeOfDay } from "./texts";

/** What is pushed; where figures are asked for, they come alone. */
export type LiveMessage = Pick<Live, "now"> & Partial<Live>;

type State = "live" | "paused" | "lost";

const FEED_ROWS = 50;
const SHADES = 5;
const DIRECT = "Direct / None";

export function showRealtime(message: LiveMessage | undefined, state: State): void {
  const page = document.querySelector<HTMLElement>("[data-realtime]");
  if (!page) return;
  say(page, "state", said(state));
  page.classList.toggle("is-stale", state !== "live");
  if (!message) return;
  const { now, events, is_whole } = message;
  say(page, "current_visitors", number(now.current_visitors));
  say(page, "active_now", number(now.active_now));
  document.title = `${said("now", { count: now.current_visitors })} · ${page.dataset.domain} · Footfall`;
  drawMinutes(page, now.minutes);
  fill(page, "pages", now.pages, (name) => name);
  fill(page, "sources", now.sources, sourceName);
  const countries = now.countries ?? [];
  fill(page, "countries", countries.slice(0, 5), (code) => `${flag(code)} ${nameOf(page, code)}`);
  shade(page, countries);
  if (events) feed(page, events, is_whole ?? false);
}

const sourceName = (name: string) => (name === DIRECT ? said("direct") : name);

/** The letters of a country's code as those that make its flag. */
const flag = (code: string) =>
  /^[A-Z]{2}$/.test(code) ? String.fromCodePoint(...[...code].map((letter) => letter.charCodeAt(0) + 0x1f1a5)) : "";

const part = (page: HTMLElement, name: string) => page.querySelector<HTMLElement>(`[data-now="${name}"]`);

function say(page: HTMLElement, name: string, text: string): void {
  const place = part(page, name);
  if (place && place.textContent !== text) place.textContent = text;
}

function drawMinutes(page: HTMLElement, minutes: number[]): void {
  const peak = Math.max(1, ...minutes);
  page.querySelectorAll("[data-minute]").forEach((bar, index) => {
    const height = Math.max(1, (97 * (minutes[index] ?? 0)) / peak);
    bar.setAttribute("y", String(100 - height));
    bar.setAttribute("height", String(height));
  });
  say(page, "peak", said("at_most", { count: peak }));
  part(page, "peak")
    ?.closest("figure")
    ?.setAttribute("aria-label", said("minutes", { count: minutes.length, figures: minutes.join(", ") }));
}

/** Rows by name: those that stay are changed, and moved only where their place is another. */
function fill(page: HTMLElement, key: string, ranked: Ranked[], words: (name: string) => string): void {
  const list = page.querySelector<HTMLElement>(`[data-now-list="${key}"]`);
  if (!list) return;
  list.dataset.filled = String(ranked.length > 0);
  const kept = new Map([...list.children].map((row) => [(row as HTMLElement).dataset.name ?? "", row as HTMLElement]));
  const most = ranked[0]?.visitors ?? 1;
  ranked.forEach(({ name, visitors }, index) => {
    const row = kept.get(name) ?? newRow(list, name, words(name));
    kept.delete(name);
    row.querySelector("rect")?.setAttribute("width", `${((100 * visitors) / most).toFixed(1)}%`);
    const figure = row.querySelector(".number");
    const text = number(visitors);
    if (figure && figure.textContent !== text) figure.textContent = text;
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  for (const gone of kept.values()) gone.remove();
}

function newRow(list: HTMLElement, name: string, words: string): HTMLElement {
  const row = document.createElement("li");
  row.dataset.name = name;
  row.innerHTML =
    '<a class="row"><svg class="row-bar" aria-hidden="true"><rect height="100%" rx="4"/></svg><span class="row-label"><span class="row-text"></span></span><span class="number"></span></a>';
  const link = row.querySelector("a");
  if (link) link.href = list.dataset.filter + encodeURIComponent(name);
  const text = row.querySelector(".row-text");
  if (text) text.textContent = words;
  return row;
}

function shade(page: HTMLElement, countries: Ranked[]): void {
  const most = Math.max(1, ...countries.map(({ visitors }) => visitors));
  const steps = new Map(
    countries.map(({ name, visitors }) => [
      name,
      1 + Math.min(SHADES - 1, Math.floor((SHADES * visitors) / (most + 1))),
    ]),
  );
  for (const shape of page.querySelectorAll<SVGPathElement>("[data-country]")) {
    const name = `shade-${steps.get(shape.dataset.country ?? "") ?? 0}`;
    if (shape.getAttribute("class") !== name) shape.setAttribute("class", name);
  }
}

function nameOf(page: HTMLElement, code: string): string {
  return page.querySelector(`[data-code="${CSS.escape(code)}"]`)?.textContent ?? code;
}

function feed(page: HTMLElement, events: FeedLine[], isWhole: boolean): void {
  const list = part(page, "feed");
  if (!list) return;
  if (isWhole) list.replaceChildren();
  for (const event of events) list.prepend(lineOf(page, event, isWhole));
  while (list.children.length > FEED_ROWS) list.lastElementChild?.remove();
  list.classList.toggle("is-empty", list.children.length === 0);
  const silence = part(page, "silence");
  if (silence) silence.hidden = list.children.length > 0;
}

function lineOf(page: HTMLElement, event: FeedLine, isOld: boolean): HTMLElement {
  const line = document.createElement("li");
  line.className = isOld ? "feed-line" : "feed-line is-new";
  const place = [event.city, event.country && nameOf(page, event.country)].filter(Boolean).join(", ");
  const from = event.source === DIRECT ? said("direct") : event.source && said("from_source", { source: event.source });
  const told = [place, machineOf(event), from];
  line.append(
    made("time", "feed-time", timeOfDay(new Date(event.at_ms))),
    made(
      "span",
      "feed-what",
      made("b", "", event.visitor),
      ` ${event.name === "pageview" ? said("viewed") : event.name} `,
      made("b", "", event.page),
    ),
    made("span", "feed-more", told.filter(Boolean).join(" · ")),
  );
  return line;
}

function machineOf({ browser, device }: FeedLine): string {
  const named = device && said(`device_${device}`, {}, device);
  return browser && named ? said("browser_on_device", { browser, device: named }) : browser || named;
}

function made(tag: string, name: string, ...inside: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}
