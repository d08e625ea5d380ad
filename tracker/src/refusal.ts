/** Whether this browser is to be left alone: asked before every event, because people change their minds. */

import type { Config } from "./config";

declare global {
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
  interface Window {
    Cypress?: unknown;
    /** Set to `true` before the script runs, it lets automated browsers be counted. */
    footfall_test?: boolean;
  }
}

export function isRefused(config: Pick<Config, "dnt" | "local">): unknown {
  try {
    return (
      navigator.globalPrivacyControl ||
      (config.dnt && navigator.doNotTrack === "1") ||
      (!config.local && /^(127\.|\[::1|localhost$|$)/.test(location.hostname)) || // empty on file: pages
      (!window.footfall_test && (navigator.webdriver || window.Cypress)) ||
      localStorage.footfall_ignore === "true"
    );
  } catch {} // storage is blocked, so nothing can have been kept there
}

/** Throws where the browser blocks storage: then the choice cannot be kept, and the page should say so. */
export function optOut(isOut = true): void {
  if (isOut) localStorage.footfall_ignore = true;
  else delete localStorage.footfall_ignore;
}
