import type { Feature } from "../core";
import { isRefused } from "../refusal";

const KEY = "footfall_visitor";
const LIFETIME_MS = 390 * 24 * 60 * 60 * 1000; // 13 months, however short those may be

/** A random id kept on the device from `consent(true)` to `consent(false)`, 13 months at most; saying yes again keeps both. */
const consent: Feature = (track, common, config) => {
  const remember = () => {
    common.visitor = isRefused(config) ? undefined : currentVisitor();
    if (!common.visitor) keep(null);
  };
  const { optOut } = track;
  track.consent = (isGranted) => {
    if (!isGranted) keep(null);
    else if (!isRefused(config) && !currentVisitor()) keep(newVisitor());
    remember();
  };
  track.optOut = (isOut) => {
    optOut(isOut);
    remember();
  };
  remember();
};

/** Kept as `id.expiry`, the expiry in UTC milliseconds. */
function currentVisitor(): string | undefined {
  const [id, until] = (recall() || "").split(".");
  return Number(until) > Date.now() ? id : undefined;
}

function newVisitor(): string {
  return `${crypto.getRandomValues(new Uint32Array(4)).join("")}.${Date.now() + LIFETIME_MS}`;
}

// Browsers that block storage throw on any touch; then nothing is kept and the visitor stays without a lasting id.

function recall(): string | null | undefined {
  try {
    return localStorage.getItem(KEY);
  } catch {}
}

function keep(text: string | null): void {
  try {
    if (text) localStorage.setItem(KEY, text);
    else localStorage.removeItem(KEY);
  } catch {}
}

export default consent;
