import type { Feature } from "../core";
import { openLasting } from "../lasting";
import { isRefused } from "../refusal";
import type { Traits } from "../types";

/** All of consent, and the site may say who its visitor is. */
const identify: Feature = (track, common, config) => {
  const { become, say } = openLasting(track, common, config);
  track.identify = (user, traits = {}) => {
    if (isRefused(config)) return;
    become(`${user}`);
    say("identify", { user: `${user}`, traits });
  };
  track.reset = () => become();
  // What was called before this script ran counts before its first view.
  const queue = window.footfall?.q || [];
  for (const call of queue.filter(([name]) => name === "identify")) {
    queue.splice(queue.indexOf(call), 1);
    const [, user, traits] = Array.from(call as ArrayLike<unknown>);
    track.identify(user as string, traits as Traits);
  }
};

export default identify;
