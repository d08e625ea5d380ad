/** When a page counts as viewed. */

import type { Config } from "./config";
import { measureEngagement } from "./engagement";
import { afterMove } from "./navigation";
import type { Send } from "./outbox";
import type { EventOptions } from "./types";

const VISIT_GAP_MS = 30 * 60 * 1000;
const DEBOUNCE_MS = 2000;

type TrackEvent = (name: string, options?: EventOptions) => void;

/** What `track` does, and what sends the view of this page once it is seen; later ones follow by themselves. */
export function watchViews(config: Config, send: Send): [TrackEvent, begin: () => void] {
  let viewedUrl = "";
  let viewedAt = 0;
  let activeAt = 0;

  const currentUrl = () => (config.hash ? location.href : location.href.replace(/#.*/, ""));

  const [tick, flush] = measureEngagement((reading) => {
    if (viewedUrl) send("engagement", viewedUrl, reading);
  });

  const view = (options: EventOptions) => {
    const url = currentUrl();
    const now = Date.now();
    if (url === viewedUrl && now - viewedAt < DEBOUNCE_MS) return;
    flush(true);
    viewedUrl = url;
    viewedAt = activeAt = now;
    send("pageview", url, options);
  };

  // A page opened in a background tab or prerendered is viewed once it is seen.
  const look = (isDue?: boolean) => {
    if (!document.hidden && (isDue || currentUrl() !== viewedUrl)) view({});
  };

  const onPresence = () => {
    if (tick()) activeAt = Date.now();
    if (document.hidden) flush();
    look(Date.now() - activeAt > VISIT_GAP_MS);
  };

  afterMove("pushState", look);
  afterMove("replaceState", () => {
    // Sites strip campaign parameters with `replaceState`: the same page still.
    if (withoutQuery(currentUrl()) === withoutQuery(viewedUrl)) viewedUrl = currentUrl();
    look();
  });
  addEventListener("popstate", () => look());
  for (const type of ["visibilitychange", "focus", "blur"]) addEventListener(type, onPresence);

  const trackEvent: TrackEvent = (name, options = {}) => {
    if (name === "pageview") view(options);
    else send(name, currentUrl(), options);
  };
  return [trackEvent, onPresence];
}

function withoutQuery(url: string): string {
  return url.replace(/\?[^#]*/, "");
}
