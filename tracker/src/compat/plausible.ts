/** The tracker as sites made for Plausible call it: their function, their payload, their rules for what is a view. */

import { measureEngagement } from "../engagement";
import { afterMove } from "../navigation";
import { isRefused } from "../refusal";
import type { Revenue } from "../types";

declare global {
  interface Window {
    /** Set to `true`, it lets automated browsers be counted. */
    __plausible?: boolean;
  }
}

const VERSION = 1;
const NO_VISITOR = "this browser is automated, opted out or on this machine";

export type Props = Record<string, string | number | boolean>;

export interface Config {
  domain: string;
  endpoint: string;
  /** Fragments name pages. */
  hash?: boolean | undefined;
  /** Pages on this very machine are tracked. */
  local?: boolean | undefined;
  /** Views are sent by the page only. */
  manual?: boolean | undefined;
  /** Elements may name their event by class. */
  tagged?: boolean | undefined;
  outbound?: boolean | undefined;
  files?: boolean | { fileExtensions: string[] } | undefined;
  forms?: boolean | undefined;
  /** Properties every event carries. */
  properties?: Props | ((name: string) => Props) | undefined;
  transform?: ((payload: Payload) => Payload | null) | undefined;
  /** Nothing is said of events that are not sent. */
  silent?: boolean | undefined;
  isExcluded?: () => boolean;
}

/** The keys stand in docs/how-to/move-from-plausible.md. */
export interface Payload {
  n: string;
  v: number;
  u: string;
  d: string;
  r?: string | null;
  p?: Props | undefined;
  /** The oldest pages' properties, as text. */
  m?: string;
  i?: false;
  $?: Revenue;
  h?: 1;
  sd?: number;
  e?: number;
}

export interface EventOptions {
  props?: Props;
  meta?: Props;
  revenue?: Revenue | undefined;
  interactive?: boolean;
  u?: string;
  url?: string;
  /** Called without a result when the event is not sent. */
  callback?: (result?: { status: number } | { error: unknown }) => void;
}

export type Track = (name: string, options?: EventOptions) => void;

/** What a part of the script's name, or an option, adds; `script` is the element that loaded it. */
export type Feature = (track: Track, config: Config, script: Element) => void;

/** Starts tracking: features first, because they may have a say in the first view. */
export function start(config: Config, features: Feature[], script: Element): Track {
  const track = openTracker(config);
  for (const install of features) install(track, config, script);
  if (!config.manual) watchAddress(config, track);
  return track;
}

function openTracker(config: Config): Track {
  let viewed: Partial<Payload> | undefined;

  const [tick, flush] = measureEngagement(({ engagement_time_ms: e, scroll_depth: sd }) => {
    if (viewed && !whyIgnored(config)) post(config.endpoint, { ...basics("engagement", config), ...viewed, sd, e });
  });
  const onPresence = () => {
    tick();
    if (document.hidden) flush();
  };
  for (const type of ["visibilitychange", "focus", "blur"]) addEventListener(type, onPresence);

  return (name, options = {}) => {
    const isView = name === "pageview";
    if (isView) {
      flush(true);
      viewed = undefined;
    }
    const reason = whyIgnored(config) || (isView && config.isExcluded?.() && "exclusion rule");
    const payload = !reason && transformed(payloadOf(name, options, config), config);
    if (!payload) {
      if (!config.silent) console.warn(`Ignoring Event: ${reason || "transformRequest"}`);
      return options.callback?.();
    }
    if (isView) viewed = { u: payload.u, p: payload.p };
    post(config.endpoint, payload, options.callback);
  };
}

/** A view for each path, or each address where fragments name pages, once it is seen. */
function watchAddress(config: Config, track: Track): void {
  let page = "";
  const look = () => {
    const current = config.hash ? location.href : location.pathname;
    if (document.hidden || current === page) return;
    page = current;
    track("pageview");
  };
  afterMove("pushState", look);
  for (const type of ["popstate", "hashchange", "visibilitychange"]) addEventListener(type, look);
  addEventListener("pageshow", (event) => {
    if (event.persisted) page = "";
    look();
  });
  look();
}

function payloadOf(name: string, options: EventOptions, config: Config): Payload {
  const payload = basics(name, config);
  const always = typeof config.properties === "function" ? config.properties(name) : config.properties;
  const props = { ...always, ...options.props };
  payload.u = options.u || options.url || payload.u;
  payload.r = document.referrer || null;
  if (Object.keys(props).length) payload.p = props;
  if (options.meta) payload.m = JSON.stringify(options.meta);
  if (options.revenue) payload.$ = options.revenue;
  if (options.interactive === false) payload.i = false;
  return payload;
}

function basics(name: string, config: Config): Payload {
  const url = config.hash ? location.href : location.href.replace(/#.*/, "");
  return { n: name, v: VERSION, u: url, d: config.domain, ...(config.hash && { h: 1 }) };
}

function transformed(payload: Payload, config: Config): Payload | null {
  return config.transform ? config.transform(payload) : payload;
}

function whyIgnored(config: Config): string | false {
  try {
    if (localStorage.plausible_ignore === "true") return "localStorage flag";
  } catch {} // storage is blocked, so nothing can have been kept there
  if (window.__plausible) window.footfall_test = true; // one switch for both: pages set theirs
  return Boolean(isRefused(config)) && NO_VISITOR;
}

/** Nothing is sent twice: this protocol has no id by which the server could tell. A text body needs no preflight. */
function post(endpoint: string, payload: Payload, callback: EventOptions["callback"] = () => {}): void {
  const headers = { "Content-Type": "text/plain" };
  fetch(endpoint, { method: "POST", headers, body: JSON.stringify(payload), keepalive: true, credentials: "omit" })
    .then((answer) => ({ status: answer.status }))
    .catch((error: unknown) => ({ error }))
    .then(callback);
}
