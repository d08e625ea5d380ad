/**
 * The tracker as a module, for sites that bundle their scripts. It is the same code as the served script; here the page
 * gives the options, because no server has seen it.
 */

import type { Config } from "./config";
import { type Feature, start } from "./core";
import consentFeature from "./features/consent";
import formSubmissions from "./features/form_submissions";
import identifyFeature from "./features/identify";
import links from "./features/links";
import track404Pages from "./features/track_404_pages";
import type { EventOptions, Track, Traits } from "./types";

export type { EventOptions, Outcome, Revenue, Traits } from "./types";

export interface InitOptions {
  /** The site's public id, as in its snippet. */
  site: string;
  /** Where Footfall runs, such as `https://stats.example.com`. */
  host: string;
  /** Default: true. */
  outboundLinks?: boolean;
  /** Default: true. */
  fileDownloads?: boolean;
  formSubmissions?: boolean;
  track404Pages?: boolean;
  hashBasedRouting?: boolean;
  trackLocalhost?: boolean;
  /** Default: true. Global Privacy Control is always respected. */
  respectDnt?: boolean;
  /** Whether `consent` may keep an id on the device; the site on the server must be in consented mode as well. */
  consented?: boolean;
  /** Whether `identify` may say who the visitor is; includes `consented`. The site must be in identified mode as well. */
  identified?: boolean;
}

let tracker: Track | undefined;
let early: ((tracker: Track) => void)[] = [];
let first: ((tracker: Track) => void)[] = []; // before the first view

/** Starts the tracker and sends the first view. Later calls, and calls outside a browser, do nothing. */
export function init(options: InitOptions): void {
  if (tracker || typeof window === "undefined") return;
  const callFirst: Feature = (track) => {
    for (const call of first) call(track);
    first = [];
  };
  const started = start(configOf(options), [...featuresOf(options), callFirst]);
  tracker = started;
  for (const call of early) call(started);
  early = [];
}

/** Sends a custom event. */
export function track(name: string, options?: EventOptions): void {
  whenStarted((tracker) => tracker(name, options));
}

/** Sends a view of the current address; navigation is noticed without it. */
export function pageview(): void {
  track("pageview");
}

/**
 * Where `consented` or `identified` is set: keeps an id on the device for 13 months at most, or deletes it. `text` names the
 * words agreed to, for the record.
 */
export function consent(isGranted: boolean, text?: string): void {
  whenStarted((tracker) => tracker.consent?.(isGranted, text));
}

/** Where `identified` is set: the visitor is this user of yours. Called before `init`, it holds for the first view too. */
export function identify(user: string | number, traits?: Traits): void {
  whenStarted((tracker) => tracker.identify?.(user, traits), first);
}

/** Where `identified` is set: the user has signed out. */
export function reset(): void {
  whenStarted((tracker) => tracker.reset?.());
}

/** Remembers on this device that its owner does not want to be counted, or forgets it again. */
export function optOut(isOut = true): void {
  whenStarted((tracker) => tracker.optOut(isOut));
}

function whenStarted(call: (tracker: Track) => void, waiting = early): void {
  if (tracker) call(tracker);
  else if (typeof window !== "undefined") waiting.push(call);
}

function configOf({ outboundLinks = true, fileDownloads = true, respectDnt = true, ...options }: InitOptions): Config {
  return {
    site: options.site,
    url: new URL("/api/v1/event", options.host),
    hash: options.hashBasedRouting,
    local: options.trackLocalhost,
    dnt: respectDnt,
    outbound: outboundLinks,
    files: fileDownloads,
  };
}

function featuresOf(options: InitOptions): Feature[] {
  const switches: [boolean | undefined, Feature][] = [
    [true, links],
    [options.formSubmissions, formSubmissions],
    [options.track404Pages, track404Pages],
    [options.consented && !options.identified, consentFeature],
    [options.identified, identifyFeature],
  ];
  return switches.filter(([isOn]) => isOn).map(([, feature]) => feature);
}
