/** What `data-performance` measures: the Web Vitals of one load, told when the page is left. */

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}
interface Interaction extends PerformanceEntry {
  interactionId: number;
}
export type Vitals = Partial<Record<"lcp" | "inp" | "cls" | "fcp" | "ttfb", number>>;

/** What intake takes at most; a load that was slower still is one of the slowest. */
const MOST_MS = 60_000;
const MOST_SHIFT = 100;
/** Shifts belong together that follow each other within a second, for five seconds in all. */
const SHIFT_GAP_MS = 1_000;
const SHIFTS_MS = 5_000;
/** Of so many interactions one may be slower than the figure: https://web.dev/articles/inp */
const INTERACTIONS_AN_OUTLIER = 50;

/** Measure from now on, and what was before as far as the browser remembers it; `tell` is called once. */
export function measureVitals(tell: (vitals: Vitals) => void): void {
  const vitals: Vitals = {};
  const durations = new Map<number, number>();
  let shifts = { sum: 0, firstAt: 0, lastAt: 0 };
  let isTold = false;

  observe("paint", (entry) => {
    if (entry.name === "first-contentful-paint") vitals.fcp = entry.startTime;
  });
  observe("largest-contentful-paint", (entry) => {
    vitals.lcp = entry.startTime;
  });
  const isObservingShifts = observe("layout-shift", (entry) => {
    const { value, hadRecentInput, startTime } = entry as LayoutShift;
    if (hadRecentInput) return; // somebody asked for it
    const isOver = startTime - shifts.lastAt > SHIFT_GAP_MS || startTime - shifts.firstAt > SHIFTS_MS;
    if (isOver) shifts = { sum: 0, firstAt: startTime, lastAt: startTime };
    shifts = { ...shifts, sum: shifts.sum + value, lastAt: startTime };
    vitals.cls = Math.max(vitals.cls ?? 0, shifts.sum);
  });
  observe("event", (entry) => {
    const { interactionId, duration } = entry as Interaction;
    if (interactionId) durations.set(interactionId, Math.max(durations.get(interactionId) ?? 0, duration));
  });

  function end(): void {
    if (isTold) return;
    isTold = true;
    if (isObservingShifts) vitals.cls ??= 0;
    const slowest = [...durations.values()].sort((a, b) => b - a);
    if (slowest.length) vitals.inp = slowest[Math.floor(slowest.length / INTERACTIONS_AN_OUTLIER)];
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (navigation) vitals.ttfb = navigation.responseStart;
    tell(bounded(vitals));
  }

  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && end(), true);
  addEventListener("pagehide", end, true);
}

function bounded({ cls, ...times }: Vitals): Vitals {
  const found: Vitals = cls === undefined ? {} : { cls: Math.min(Math.round(cls * 1e4) / 1e4, MOST_SHIFT) };
  for (const [name, ms] of Object.entries(times)) found[name as keyof Vitals] = Math.min(Math.round(ms), MOST_MS);
  return found;
}

/** Tells whether the browser knows this kind of entry. */
function observe(type: string, take: (entry: PerformanceEntry) => void): boolean {
  if (!window.PerformanceObserver?.supportedEntryTypes?.includes(type)) return false;
  const options = { type, buffered: true, durationThreshold: 40 };
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(options);
  return true;
}
