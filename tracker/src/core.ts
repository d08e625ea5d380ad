/** The whole tracker but its optional features and the ways it is installed. */

import type { CommonFields, Config } from "./config";
import { commonFields, openOutbox } from "./outbox";
import { optOut } from "./refusal";
import type { Track } from "./types";
import { watchViews } from "./views";

/** An addition a site switches on: it may track events, or add to the fields all events carry. */
export type Feature = (track: Track, common: CommonFields, config: Config) => void;

export function start(config: Config, features: Feature[]): Track {
  const common = commonFields(config.site);
  const [track, begin] = watchViews(config, openOutbox(config, common)) as [Track, () => void];
  track.optOut = optOut;
  for (const install of features) install(track, common, config);
  begin();
  return track;
}
