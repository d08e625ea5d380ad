/** The lasting id: kept on the device from a yes to a no, 13 months at most. */

import type { CommonFields, Config } from "./config";
import { post } from "./delivery";
import { isRefused } from "./refusal";
import type { Track } from "./types";

const KEY = "footfall_visitor";
const LIFETIME_MS = 390 * 24 * 60 * 60 * 1000; // 13 months, however short those may be

export interface Kept {
  id: string;
  /** UTC milliseconds. */
  until: number;
  /** Names the words agreed to. */
  text: string;
}

/** What the parts of a site's script may do with the visitor's id. */
export interface Lasting {
  /** Calls the visitor by another name, under the consent there is; without one for this page only. */
  become(user?: string): void;
  /** Tells the server, one thing after the other. */
  say(path: string, fields: object): void;
}

/** Adds `consent` to what pages call, and the id to what events carry: read for each, because other tabs change it. */
export function openLasting(track: Track, common: CommonFields, config: Config): Lasting {
  let user: string | undefined;
  let said: Promise<unknown> = Promise.resolve();

  const say = (path: string, fields: object) => {
    const body = JSON.stringify({ site: config.site, ...fields });
    said = said.then(() => new Promise((resolve) => post(new URL(path, config.url), body, resolve)));
  };
  const adopt = (id: string, { until, text }: Omit<Kept, "id">) => {
    keep({ id, until, text });
    say("consent", { visitor: id, given: true, text });
  };
  const withdraw = () => {
    const visitor = user || recall()?.id;
    keep();
    user = undefined;
    if (visitor) say("consent", { visitor, given: false });
  };
  const become = (name?: string) => {
    const kept = recall();
    user = name;
    if (kept && kept.id !== name) adopt(name || randomId(), kept);
  };

  Object.defineProperty(common, "visitor", {
    enumerable: true,
    get: () => (isRefused(config) ? undefined : user || recall()?.id),
  });
  track.consent = (isGranted, text = "") => {
    if (!isGranted) withdraw();
    else if (!isRefused(config) && !recall()) adopt(user || randomId(), { until: Date.now() + LIFETIME_MS, text });
  };
  const { optOut } = track;
  track.optOut = (isOut = true) => {
    if (isOut) withdraw();
    optOut(isOut);
  };
  if (isRefused(config) || !recall()) keep();
  return { become, say };
}

function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("");
}

// Browsers that block storage throw on any touch; then nothing is kept and the visitor stays without a lasting id.

/** What the device keeps, unless it is too old. */
export function recall(): Kept | undefined {
  try {
    const [id, until, text = ""] = (localStorage.getItem(KEY) as string).split(".").map(decodeURIComponent);
    return Number(until) > Date.now() ? { id: id as string, until: Number(until), text } : undefined;
  } catch {}
}

/** Keeps this and nothing else. */
export function keep(kept?: Kept): void {
  try {
    if (kept) localStorage.setItem(KEY, written(kept));
    else localStorage.removeItem(KEY);
  } catch {}
}

/** `id.expiry.text`, without the last part where no text was named. */
function written({ id, until, text }: Kept): string {
  const parts = text ? [id, until, text] : [id, until];
  return parts.map((part) => encodeURIComponent(part).replace(/\./g, "%2E")).join(".");
}
