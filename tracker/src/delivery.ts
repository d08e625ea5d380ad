/** Takes an event to the intake, also while the page is being left. */

import type { Outcome } from "./types";

const RETRY_AFTER_MS = 3000;

/**
 * Posts the body; when the network or the server fails, once more as a beacon. The body carries the event's id, so a first
 * try that did arrive is not counted twice. A text body needs no preflight.
 */
export function post(url: string | URL, body: string, callback: (outcome: Outcome) => void): void {
  fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" })
    .catch((): Outcome => ({}))
    .then((answer) => {
      const isTaken = (answer.status as number) < 500;
      if (!isTaken) setTimeout(() => navigator.sendBeacon(url, body), RETRY_AFTER_MS);
      callback(answer);
    });
}
