/** Where every event leaves the page: refused here, or given its id and the fields all events carry. */

import type { CommonFields, Config } from "./config";
import { post } from "./delivery";
import type { Reading } from "./engagement";
import { isRefused } from "./refusal";
import type { EventOptions } from "./types";

export type Send = (name: string, url: string, options: EventOptions & Partial<Reading>) => void;

export function commonFields(site: string): CommonFields {
  return {
    site,
    referrer: document.referrer,
    screen_width: screen.width,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

export function openOutbox(config: Config, common: CommonFields): Send {
  return (name, url, { callback = () => {}, ...fields }) => {
    if (isRefused(config)) return callback({});
    const id = crypto.getRandomValues(new Uint32Array(4)).join("");
    post(config.url, JSON.stringify({ ...common, id, name, url, ...fields }), callback);
  };
}
