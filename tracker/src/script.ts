/** How the served script installs itself; the server calls this with the site's options and features. */

import type { Config } from "./config";
import { type Feature, start } from "./core";

export default function install(config: Config, features: Feature[]): void {
  const { optOut, q = [] } = window.footfall || {};
  if (optOut) return; // the snippet stands twice in the page
  config.url = new URL(config.url, (document.currentScript as HTMLScriptElement).src);
  const track = start(config, features);
  window.footfall = track;
  for (const call of q) track(...call);
}
