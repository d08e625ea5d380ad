/** A tracker with the attributes and globals of Umami's: a page moves over by changing the host in its snippet. */

import { afterMove } from "../navigation";
import { measureVitals } from "./umami_performance";

type Data = Record<string, unknown>;
type Kind = "event" | "identify" | "performance";
type Payload = Data & { website?: string };
type BeforeSend = (type: Kind, payload: Payload) => Payload | null | undefined | false;

interface Umami {
  track(what?: string | Data | ((fields: Payload) => Payload), data?: Data): Promise<string | undefined>;
  identify(id?: string | Data, data?: Data): Promise<string | undefined>;
}

declare global {
  interface Window {
    umami?: Umami;
  }
}

/** The page's title is set after its address, so a moved page is told a little later. */
const SETTLE_MS = 300;
const EVENT_ATTRIBUTE = "data-umami-event";

function install(script: HTMLScriptElement): void {
  const option = (name: string) => script.getAttribute(`data-${name}`) || "";
  const isOn = (name: string) => option(name) === "true";

  const website = option("website-id");
  const base = option("host-url") || new URL(".", script.src).href;
  const endpoint = `${base.replace(/\/$/, "")}/api/send`;
  const domains = option("domains")
    .split(",")
    .map((domain) => domain.trim())
    .filter(Boolean);

  let address = wanted(location.href);
  let referrer = document.referrer.startsWith(location.origin) ? "" : document.referrer;
  let id: string | undefined;

  function wanted(url: string): string {
    const parsed = new URL(url, location.href);
    if (isOn("exclude-search")) parsed.search = "";
    if (isOn("exclude-hash")) parsed.hash = "";
    return parsed.href;
  }

  function isRefused(): boolean {
    return (
      !website ||
      (domains.length > 0 && !domains.includes(location.hostname)) ||
      (isOn("do-not-track") && navigator.doNotTrack === "1") ||
      isDisabled()
    );
  }

  const fields = (): Payload => ({
    website,
    screen: `${screen.width}x${screen.height}`,
    language: navigator.language,
    title: document.title,
    hostname: location.hostname,
    url: address,
    referrer,
    tag: option("tag") || undefined,
    id,
  });

  async function send(payload: Payload, type: Kind = "event"): Promise<string | undefined> {
    if (isRefused()) return;
    const beforeSend = (window as unknown as Record<string, BeforeSend | undefined>)[option("before-send")];
    const sent = typeof beforeSend === "function" ? beforeSend(type, payload) : payload;
    if (!sent) return;
    try {
      const body = JSON.stringify({ type, payload: sent });
      // Text needs no preflight; the server reads JSON whatever it is called.
      const answer = await fetch(endpoint, { method: "POST", body, keepalive: true, credentials: "omit" });
      return (await answer.json()).cache;
    } catch {} // a page must not suffer from its statistics
  }

  const track: Umami["track"] = (what, data) => {
    if (typeof what === "string") return send({ ...fields(), name: what, data });
    if (typeof what === "function") return send(what(fields()));
    return send(what ? { ...what, website: (what.website as string) || website } : fields());
  };

  const identify: Umami["identify"] = (who, data) => {
    if (typeof who === "string") id = who;
    return send({ ...fields(), data: typeof who === "object" ? who : data }, "identify");
  };

  function onMoved(): void {
    const moved = wanted(location.href);
    if (moved === address) return;
    referrer = address;
    address = moved;
    setTimeout(track, SETTLE_MS);
  }

  function onClick(event: MouseEvent): void {
    const element = (event.target as Element | null)?.closest?.(`[${EVENT_ATTRIBUTE}]`);
    const name = element?.getAttribute(EVENT_ATTRIBUTE);
    if (element && name) track(name, dataOf(element));
  }

  window.umami ||= { track, identify };
  if (isOn("performance") && !isRefused()) {
    const measured = fields(); // of the page that was loaded, wherever a visitor moves from there
    measureVitals((vitals) => send({ ...measured, ...vitals }, "performance"));
  }
  if (option("auto-track") === "false" || isRefused()) return;
  afterMove("pushState", onMoved);
  afterMove("replaceState", onMoved);
  addEventListener("popstate", onMoved);
  // Capturing: a page that stops the event's way up does not hide it.
  document.addEventListener("click", onClick, true);
  if (document.readyState === "complete") track();
  else addEventListener("load", () => track(), { once: true });
}

/** `data-umami-event-<key>="value"`, as data of the event. */
function dataOf(element: Element): Data {
  const start = `${EVENT_ATTRIBUTE}-`;
  const data: Data = {};
  for (const { name, value } of element.attributes) if (name.startsWith(start)) data[name.slice(start.length)] = value;
  return data;
}

function isDisabled(): boolean {
  try {
    return Boolean(localStorage.getItem("umami.disabled"));
  } catch {
    return false; // storage is blocked, so nothing can have been kept there
  }
}

if (document.currentScript) install(document.currentScript as HTMLScriptElement);
