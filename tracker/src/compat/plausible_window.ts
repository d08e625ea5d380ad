/** The global a page calls, before and after its script came. */

import type { EventOptions, Track } from "./plausible";

type Call = [string, EventOptions?];

export interface Global extends Partial<Track> {
  (name: string, options?: EventOptions): void;
  /** Calls made before the script came. */
  q?: Call[] | undefined;
  /** The script has come. */
  l?: boolean;
  /** Options given before the script came. */
  o?: object | undefined;
  init?: (options?: object) => void;
}

declare global {
  interface Window {
    plausible?: Global;
  }
}

/** Puts the tracker in the place of the queue, and makes the calls that wait in it. */
export function takeOver(track: Track): Global {
  const waiting = window.plausible?.q || [];
  const plausible: Global = track;
  plausible.l = true;
  window.plausible = plausible;
  for (const call of waiting) track(...call);
  return plausible;
}

/** The endpoint of the server a script came from. */
export function ownEndpoint(script: HTMLScriptElement): string {
  return new URL("/api/event", script.src).href;
}
