// The time series. Its data are the cells of the table behind it, so what is drawn, what is read out and what the tooltip says agree.
import uPlot from "uplot";
import { go } from "./navigation";
import { said, short } from "./texts";

interface Step {
  tick: string;
  first: string;
  last: string;
  isOpen: boolean;
  notes: string[];
  title: string;
  value: number | null;
  text: string;
  beforeTitle: string;
  beforeValue: number | null;
  beforeText: string;
}

const HEIGHT = 264;
const TICK_ROOM = 80;
const TOOLTIP_GAP = 14;
const STEP_SIZES = [1, 2, 3, 4, 5, 6, 7, 10, 12, 14, 15, 20, 24, 28, 30, 48, 60, 90, 120, 180, 365];
const MINUTE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720];
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400]; // 1 m, not 1.7 m
const HOUR_STEPS = [1, 2, 3, 4, 6, 12, 24, 48, 72]; // so that every midnight has its label

const drawn = new Map<HTMLElement, { plot: uPlot; observer: ResizeObserver }>();

export function watchCharts(): void {
  drawAll();
  document.addEventListener("htmx:after:swap", drawAll);
  document.addEventListener("themechange", redrawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
}

function drawAll(): void {
  for (const [figure, { plot, observer }] of drawn) {
    if (figure.isConnected) continue;
    observer.disconnect();
    plot.destroy();
    drawn.delete(figure);
  }
  for (const figure of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    if (!drawn.has(figure)) draw(figure);
  }
}

function redrawAll(): void {
  for (const { plot } of drawn.values()) plot.redraw();
}

function draw(figure: HTMLElement): void {
  const place = figure.querySelector<HTMLElement>("[data-plot]");
  const table = figure.querySelector("table");
  if (!place || !table) return;
  const steps = read(table);
  const plot = new uPlot(options(figure, place, steps, table.dataset.unit ?? ""), columns(steps), place);
  const observer = new ResizeObserver(() => {
    plot.setSize({ width: place.clientWidth, height: HEIGHT });
    flagNotes(figure, plot, steps);
  });
  observer.observe(place);
  place.classList.add("is-drawn");
  drawn.set(figure, { plot, observer });
  flagNotes(figure, plot, steps);
  readWithKeys(figure, place, plot, steps);
}

function read(table: HTMLTableElement): Step[] {
  return [...(table.tBodies[0]?.rows ?? [])].map((row) => {
    const [title, value, beforeTitle, beforeValue] = row.cells;
    return {
      tick: row.dataset.tick ?? "",
      first: row.dataset.first ?? "",
      last: row.dataset.last ?? "",
      isOpen: "open" in row.dataset,
      notes: row.dataset.notes?.split("\n") ?? [],
      title: words(title?.querySelector<HTMLElement>("[data-title]") ?? title),
      value: figureOf(value),
      text: words(value),
      beforeTitle: words(beforeTitle),
      beforeValue: figureOf(beforeValue),
      beforeText: words(beforeValue),
    };
  });
}

const words = (cell?: HTMLElement): string => cell?.textContent?.trim() ?? "";
const figureOf = (cell?: HTMLElement): number | null => (cell?.dataset.value ? Number(cell.dataset.value) : null);

// The segment into the unfinished bucket is a series of its own, so that it can be dotted.
function columns(steps: Step[]): uPlot.AlignedData {
  const open = steps.findIndex((step) => step.isOpen);
  const isNearOpen = (index: number) => open >= 0 && (index === open || index === open - 1);
  return [
    steps.map((_, index) => index),
    steps.map((step) => step.beforeValue),
    steps.map((step, index) => (index === open && open > 0 ? null : step.value)),
    steps.map((step, index) => (isNearOpen(index) ? step.value : null)),
  ];
}

function options(figure: HTMLElement, place: HTMLElement, steps: Step[], unit: string): uPlot.Options {
  const style = getComputedStyle(figure);
  const font = `12px ${style.fontFamily}`;
  const colour = (name: string) => () => probe(figure, name);
  const lonely: uPlot.Series.Points = { show: steps.length === 1, size: 7 };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    padding: [12, 4, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 8 },
      points: {
        size: 8,
        width: 2,
        stroke: colour("surface"),
        fill: (_, series) => probe(figure, SERIES[series] ?? "accent"),
      },
    },
    scales: {
      x: { time: false, range: (_, min, max) => [min, max > min ? max : min + 1] },
      y: { range: fromZero(unit) },
    },
    axes: [
      {
        stroke: colour("ink-3"),
        font,
        size: 28,
        gap: 8,
        grid: { show: false },
        ticks: { show: false },
        splits: (u) => labelled(steps, u.width),
        values: (_, splits) => splits.map((index) => steps[index]?.tick ?? ""),
      },
      {
        stroke: colour("ink-3"),
        font,
        size: (u, values) => Math.max(28, 10 + widest(u.ctx, font, values)),
        gap: 8,
        space: 44,
        ...(unit === "seconds" ? { incrs: SECOND_STEPS } : {}),
        grid: { stroke: colour("line"), width: 1 },
        ticks: { show: false },
        values: (_, splits) => splits.map((value) => axisFigure(value, unit)),
      },
    ],
    series: [
      {},
      { stroke: colour("line-before"), width: 1.5, points: { show: false } },
      { stroke: colour("accent"), fill: colour("accent-fill"), width: 2, points: lonely },
      { stroke: colour("accent"), fill: colour("accent-fill"), width: 2, dash: [2, 4], points: lonely },
    ],
    hooks: { setCursor: [(u) => say(figure, u, steps)], setSelect: [(u) => zoomIntoSelection(figure, u, steps)] },
  };
}

const SERIES = ["", "line-before", "accent", "accent"];

// Canvas knows no custom properties: an element painted with one does.
function probe(figure: HTMLElement, name: string): string {
  const place = figure.querySelector<HTMLElement>(`[data-colour="${name}"]`);
  return place ? getComputedStyle(place).color : "currentColor";
}

function fromZero(unit: string): uPlot.Range.Function {
  const least: Record<string, number> = { count: 4, percent: 10, ratio: 2, seconds: 60 };
  return (_, __, max) => [0, Math.max(least[unit] ?? 1, (max ?? 0) * 1.06)];
}

// Every n-th bucket, n as small as the room for horizontal labels allows.
function labelled(steps: Step[], width: number): number[] {
  const count = steps.length;
  const most = Math.max(2, Math.floor(width / TICK_ROOM));
  const isOfMinutes = /:0[1-9]$/.test(steps[1]?.tick ?? "");
  const isOfHours = /:00$/.test(steps[1]?.tick ?? "");
  const sizes = isOfMinutes ? MINUTE_STEPS : isOfHours ? HOUR_STEPS : STEP_SIZES;
  const step = sizes.find((size) => count / size <= most) ?? Math.ceil(count / most);
  const room = 1 - TICK_ROOM / 4 / width; // a label at the very edge would be cut
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step).filter(
    (index) => count === 1 || index / (count - 1) < room,
  );
}

const AXIS_FIGURES: Record<string, (value: number) => string> = {
  percent: (value) => said("percent", { count: value }),
  seconds: (value) =>
    value < 60 ? said("seconds", { count: value }) : said("minutes_long", { count: Number((value / 60).toFixed(1)) }),
};

function axisFigure(value: number, unit: string): string {
  return (AXIS_FIGURES[unit] ?? shortCount)(value);
}

/** In thousands and millions, as figures beside the chart are. */
function shortCount(value: number): string {
  const [size, key] = COUNT_STEPS.find(([least]) => value >= least) ?? [1, ""];
  return key ? said(key, { number: short(value / size) }) : short(value);
}

const COUNT_STEPS: [number, string][] = [
  [1e9, "billions"],
  [1e6, "millions"],
  [1e3, "thousands"],
];

// Measured in the face of the labels: uPlot asks before it has chosen it, and a label would be cut at the card's edge.
function widest(context: CanvasRenderingContext2D, font: string, values: string[] | null): number {
  const kept = context.font;
  context.font = font;
  const width = Math.max(0, ...(values ?? []).map((value) => context.measureText(value).width));
  context.font = kept;
  return Math.ceil(width);
}

function say(figure: HTMLElement, plot: uPlot, steps: Step[]): void {
  const tip = figure.querySelector<HTMLElement>("[data-plot-tip]");
  const index = plot.cursor.idx;
  const step = index == null ? undefined : steps[index];
  if (!tip) return;
  tip.hidden = !step || (plot.cursor.left ?? -1) < 0;
  if (!step || tip.hidden) return;
  figure.dataset.day = step.first; // what a note written now is about
  tip.replaceChildren(
    line(step.title, step.text, ""),
    ...(step.beforeTitle ? [line(step.beforeTitle, step.beforeText, "tip-before")] : []),
  );
  if (step.isOpen) tip.append(note(said("unfinished")));
  for (const text of step.notes) tip.append(note(`⚑ ${text}`));
  place(tip, figure, plot);
}

function line(title: string, text: string, name: string): HTMLElement {
  const row = document.createElement("span");
  row.className = `tip-row ${name}`;
  const words = document.createElement("span");
  words.textContent = title;
  const figure = document.createElement("b");
  figure.textContent = text;
  row.append(words, figure);
  return row;
}

function note(text: string): HTMLElement {
  const row = document.createElement("span");
  row.className = "tip-note";
  row.textContent = text;
  return row;
}

function place(tip: HTMLElement, figure: HTMLElement, plot: uPlot): void {
  const area = plot.over.getBoundingClientRect();
  const frame = figure.getBoundingClientRect();
  const left = area.left - frame.left + (plot.cursor.left ?? 0);
  const isRight = left + TOOLTIP_GAP + tip.offsetWidth > frame.width;
  const wished = isRight ? left - TOOLTIP_GAP - tip.offsetWidth : left + TOOLTIP_GAP;
  tip.style.translate = `${Math.max(4, wished)}px ${area.top - frame.top + 8}px`;
}

/** A small flag at the foot of each bucket somebody wrote a note on; its text stands in the tooltip and in the table. */
function flagNotes(figure: HTMLElement, plot: uPlot, steps: Step[]): void {
  for (const old of plot.over.querySelectorAll(".note-flag")) old.remove();
  const address = figure.querySelector<HTMLAnchorElement>(".chart-notes")?.href;
  steps.forEach((step, index) => {
    if (!step.notes.length || !address) return;
    const flag = document.createElement("a");
    flag.className = "note-flag";
    flag.href = address;
    flag.title = step.notes.join("\n");
    flag.setAttribute("aria-label", said("note_on", { days: step.title, notes: step.notes.join("; ") }));
    flag.style.left = `${plot.valToPos(index, "x")}px`;
    plot.over.append(flag);
    window.htmx.process(flag);
  });
}

function zoomIntoSelection(figure: HTMLElement, plot: uPlot, steps: Step[]): void {
  const { left, width } = plot.select;
  if (width < 2) return;
  const from = plot.posToIdx(left);
  const to = plot.posToIdx(left + width);
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  zoom(figure, steps[from], steps[to]);
}

/** Opens the days from one step to another, in the same view. */
function zoom(figure: HTMLElement, first?: Step, last?: Step): void {
  if (!first || !last || !figure.dataset.zoom) return;
  const asked = new URLSearchParams(location.search);
  if (asked.get("from") === first.first && asked.get("to") === last.last) return;
  asked.delete("interval");
  const days = new URLSearchParams({ period: "custom", from: first.first, to: last.last });
  for (const [name, value] of asked) if (!days.has(name)) days.append(name, value);
  go(`${figure.dataset.zoom}?${days}`);
}

function readWithKeys(figure: HTMLElement, place: HTMLElement, plot: uPlot, steps: Step[]): void {
  const spoken = figure.querySelector("[data-plot-said]");
  let at = -1;
  let anchor = -1;
  const tell = (text: string) => {
    if (spoken) spoken.textContent = text;
  };
  place.addEventListener("keydown", (event) => {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -steps.length, End: steps.length };
    const move = moves[event.key];
    if (event.key === "Enter" && at >= 0) {
      const [first, last] = anchor < 0 ? [at, at] : [Math.min(at, anchor), Math.max(at, anchor)];
      zoom(figure, steps[first], steps[last]);
      return;
    }
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) anchor = anchor < 0 ? at : anchor;
    else anchor = -1;
    const from = at < 0 ? (move > 0 ? -1 : steps.length) : at;
    at = Math.min(steps.length - 1, Math.max(0, from + move));
    plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 });
    select(plot, anchor, at);
    const step = steps[at];
    if (!step) return;
    const notes = step.notes.length ? `; ${said("noted", { notes: step.notes.join("; ") })}` : "";
    const before = step.beforeTitle ? `; ${step.beforeTitle}: ${step.beforeText}` : "";
    tell(
      anchor < 0
        ? `${step.title}: ${step.text}${before}${notes}`
        : said("selected", { first: steps[anchor]?.title ?? "", last: step.title }),
    );
  });
  place.addEventListener("blur", () => {
    at = anchor = -1;
    plot.setCursor({ left: -10, top: -10 });
    select(plot, -1, -1);
  });
}

function select(plot: uPlot, from: number, to: number): void {
  const [left, right] = [plot.valToPos(Math.min(from, to), "x"), plot.valToPos(Math.max(from, to), "x")];
  const width = from < 0 || from === to ? 0 : right - left;
  plot.setSelect({ left, width, top: 0, height: width ? plot.over.clientHeight : 0 }, false);
}
