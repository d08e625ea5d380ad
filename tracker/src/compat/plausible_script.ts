/** How `script.js` and its dotted variants install themselves: the site stands in the element that loads them. */

import { type Config, type Feature, start } from "./plausible";
import { ownEndpoint, takeOver } from "./plausible_window";

export default function install(flags: Partial<Config>, features: Feature[]): void {
  if (window.plausible?.l) return; // the snippet stands twice in the page
  const script = (document.currentScript || document.getElementById("plausible")) as HTMLScriptElement;
  const { domain = location.hostname, api } = script.dataset;
  takeOver(start({ ...flags, domain, endpoint: api || ownEndpoint(script) }, features, script));
}
