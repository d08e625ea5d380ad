/**
 * The tracker as a module, for sites that bundle their scripts. It is the same code as the served script; here the page
 * gives the options, because no server has seen it.
 */

import type { Config } from "./config";
import { type Feature, start } from "./core";
import consentFeature from "./features/consent";
import formSubmissions from "./features/form_submissions";
import links from "./features/links";
import track404Pages from "./features/track_404_pages";
import type { EventOptions, Track } from "./types";

export type { EventOptions, Outcome, Revenue } from "./types";

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
}

let tracker: Track | undefined;
let early: ((tracker: Track) => void)[] = [];

/** Starts the tracker and sends the first view. Later calls, and calls outside a browser, do nothing. */
export function init(options: InitOptions): void {
  if (tracker || typeof window === "undefined") return;
  const started = start(configOf(options), featuresOf(options));
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

/** Where `consented` is set: keeps a random id on the device for 13 months at most, or deletes it. */
export function consent(isGranted: boolean): void {
  whenStarted((tracker) => tracker.consent?.(isGranted));
}

/** Remembers on this device that its owner does not want to be counted, or forgets it again. */
export function optOut(isOut = true): void {
  whenStarted((tracker) => tracker.optOut(isOut));
}

function whenStarted(call: (tracker: Track) => void): void {
  if (tracker) call(tracker);
  else if (typeof window !== "undefined") early.push(call);
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
    [options.consented, consentFeature],
  ];
  return switches.filter(([isOn]) => isOn).map(([, feature]) => feature);
}
