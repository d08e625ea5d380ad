/** A tracker with the attributes and globals of GoatCounter's: a page moves over by changing the host in its snippet. */

type Setting = string | ((standard: string) => string | null);

interface Hit {
  path?: Setting;
  title?: Setting;
  referrer?: Setting;
  event?: boolean;
  no_session?: boolean;
}

interface Settings extends Hit {
  endpoint?: string;
  no_onload?: boolean;
  no_events?: boolean;
  allow_local?: boolean;
  allow_frame?: boolean;
}

interface Counter {
  append?: string;
  type?: string;
  path?: string;
  start?: string;
  end?: string;
  attr?: Record<string, string | number>;
}

interface GoatCounter extends Settings {
  count(hit?: Hit): void;
  url(hit?: Hit): string | undefined;
  filter(): string | false;
  bind_events(): void;
  get_query(name: string): string | undefined;
  visit_count(counter?: Counter): void;
}

declare global {
  interface Window {
    goatcounter?: Partial<GoatCounter>;
  }
}

const SKIP_KEY = "skipgc";
const TOGGLE = "#toggle-goatcounter";
const BOUND = "data-goatcounter-bound";
const AUTOMATED = 153;

function install(script: HTMLScriptElement | null): void {
  const settings: Settings = { ...window.goatcounter, ...settingsOf(script) };
  const endpoint = script?.dataset.goatcounter || settings.endpoint || "";

  /** The reason why this page is not counted. */
  function filter(): string | false {
    if (document.visibilityState === ("prerender" as string)) return "visibilityState";
    if (!settings.allow_frame && location !== parent.location) return "frame";
    if (
      !settings.allow_local &&
      /^(localhost|127\.|10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|0\.0\.0\.0$)/.test(location.hostname)
    )
      return "localhost";
    if (!settings.allow_local && location.protocol === "file:") return "localfile";
    return isSkipped() && "disabled with #toggle-goatcounter";
  }

  function url(hit: Hit = {}): string | undefined {
    const path = chosen(hit.path ?? settings.path, standardPath());
    if (path === null || !endpoint) return;
    const { referrer, title } = document;
    const parameters: Record<string, string | number | false | null | undefined> = {
      p: path,
      r: chosen(hit.referrer ?? settings.referrer, referrer),
      t: chosen(hit.title ?? settings.title, title),
      e: (hit.event ?? settings.event) ? "true" : "",
      s: `${screen.width},${screen.height},${devicePixelRatio || 1}`,
      b: navigator.webdriver ? AUTOMATED : 0,
      q: location.search,
      ns: (hit.no_session ?? settings.no_session) ? 1 : "",
      rnd: Math.random().toString(36).slice(2, 7), // keeps a picture out of caches
    };
    const given = Object.entries(parameters).filter(([, value]) => value || value === 0);
    const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join("&");
    return `${endpoint}${endpoint.includes("?") ? "&" : "?"}${query}`;
  }

  function count(hit?: Hit): void {
    const reason = filter();
    const address = !reason && url(hit);
    if (!address) warn(`not counting because of: ${reason || "no endpoint, or no path"}`);
    else if (!navigator.sendBeacon(address)) new Image().src = address;
  }

  /** Elements tell their own event by `data-goatcounter-click`, or by their name or id. */
  function bind_events(): void {
    for (const element of document.querySelectorAll<HTMLElement>("[data-goatcounter-click]")) {
      if (element.hasAttribute(BOUND)) continue;
      element.setAttribute(BOUND, "");
      const send = () => count(eventOf(element));
      element.addEventListener("click", send);
      element.addEventListener("auxclick", send); // the middle button
    }
  }

  /** Shows the public counter, as a picture or in a frame, at the end of an element. */
  function visit_count({ append = "body", type = "html", attr, ...asked }: Counter = {}): void {
    const place = document.querySelector(append);
    const path = asked.path ?? chosen(settings.path, standardPath())?.split("?")[0];
    if (!place || !endpoint || !path) {
      warn(`visit_count: no endpoint, no path, or no ${append}`);
      return;
    }
    const days = (["start", "end"] as const).filter((name) => asked[name]).map((name) => `&${name}=${asked[name]}`);
    const query = endpoint.split("?")[1] ?? "";
    const element = document.createElement(type === "html" ? "iframe" : "img");
    const given = type === "html" ? { width: 200, height: 60, frameborder: 0 } : { height: 20 };
    for (const [name, value] of Object.entries({ ...given, ...attr })) element.setAttribute(name, `${value}`);
    const counter = endpoint.replace(/count(\?.*)?$/, "counter");
    element.src = `${counter}/${encodeURIComponent(path)}.${type}?${query}${days.join("")}`;
    place.append(element);
  }

  const get_query = (name: string) => new URLSearchParams(location.search).get(name) ?? undefined;

  if (location.hash === TOGGLE) toggle();
  window.goatcounter = Object.assign(window.goatcounter || {}, settings, {
    count,
    url,
    filter,
    bind_events,
    get_query,
    visit_count,
  });
  whenReady(() => {
    if (!settings.no_onload) whenVisible(() => count());
    if (!settings.no_events) bind_events();
  });
}

function settingsOf(script: HTMLScriptElement | null): Settings {
  try {
    return JSON.parse(script?.dataset.goatcounterSettings || "{}");
  } catch {
    warn("data-goatcounter-settings is not valid JSON");
    return {};
  }
}

function warn(what: string): void {
  console.warn(`goatcounter: ${what}`);
}

/** What the page sets, by a text or by a function of what it would be otherwise; null means: do not count. */
function chosen(set: Setting | undefined, standard: string): string | null {
  return typeof set === "function" ? set(standard) : (set ?? standard);
}

function standardPath(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel="canonical"][href]');
  const canonical = link && new URL(link.href);
  // A canonical address elsewhere is somebody else's page.
  const isOwn = canonical && canonical.hostname.replace(/^www\./, "") === location.hostname.replace(/^www\./, "");
  const { pathname, search } = isOwn ? canonical : location;
  return pathname + search || "/";
}

function eventOf(element: HTMLElement): Hit {
  const { dataset, id, title } = element;
  return {
    event: true,
    path: dataset.goatcounterClick || element.getAttribute("name") || id,
    title: dataset.goatcounterTitle || title,
    referrer: dataset.goatcounterReferrer || "",
  };
}

function isSkipped(): boolean {
  try {
    return localStorage.getItem(SKIP_KEY) === "t";
  } catch {
    return false; // storage is blocked, so nothing can have been kept there
  }
}

function toggle(): void {
  try {
    if (isSkipped()) localStorage.removeItem(SKIP_KEY);
    else localStorage.setItem(SKIP_KEY, "t");
    alert(`GoatCounter is now ${isSkipped() ? "disabled" : "enabled"} in this browser.`);
  } catch {
    alert("This browser blocks storage, so the choice cannot be kept.");
  }
}

function whenReady(then: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", then, { once: true });
  else then();
}

/** A page opened in a tab behind is counted when it is looked at. */
function whenVisible(then: () => void): void {
  const look = () => {
    if (document.visibilityState === "hidden") return;
    document.removeEventListener("visibilitychange", look);
    then();
  };
  document.addEventListener("visibilitychange", look);
  look();
}

/** The element with the attributes need not be the one that loads this: some sites bundle it. */
install(document.querySelector<HTMLScriptElement>("script[data-goatcounter]"));

export {}; // a module, so that its names are its own
