/** How long and how deep a page was read: time only while it is visible and has the focus. */

const WORTH_SENDING_MS = 3000;

export interface Reading {
  engagement_time_ms: number;
  scroll_depth: number;
}

/** Starts or stops the clock by what the page is now; tells whether it was running. */
type Tick = () => unknown;
/** Reports what was not reported yet if it is worth an event; a page that ends leaves nothing to the next. */
type Flush = (isEnd?: boolean) => void;

export function measureEngagement(report: (reading: Reading) => void): [Tick, Flush] {
  let engagedMs = 0;
  let runningSince = 0;
  let depth = 0;
  let reportedDepth = 0;

  const measureDepth = () => {
    const { scrollHeight } = document.documentElement;
    depth = Math.max(depth, Math.min(100, Math.round((100 * (scrollY + innerHeight)) / scrollHeight)));
  };

  const tick = () => {
    const now = Date.now();
    const wasRunning = runningSince;
    if (wasRunning) engagedMs += now - wasRunning;
    runningSince = !document.hidden && document.hasFocus() ? now : 0;
    return wasRunning;
  };

  const flush = (isEnd?: boolean) => {
    tick();
    measureDepth();
    if (engagedMs >= WORTH_SENDING_MS || depth > reportedDepth) {
      report({ engagement_time_ms: engagedMs, scroll_depth: depth });
      engagedMs = 0;
      reportedDepth = depth;
    }
    if (isEnd) engagedMs = depth = reportedDepth = 0;
  };

  addEventListener("scroll", measureDepth);
  return [tick, flush];
}
