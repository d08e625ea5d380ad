/**
 * Makes the maps of the dashboard from Natural Earth's countries, which are in the public domain: a path per country on a
 * plane in the Equal Earth projection. The world is 1,000 × 430, from 1:110m; what is looked at closely is ten times
 * as large, from 1:50m. Run it with `npm run map`.
 */

import { readFile, writeFile } from "node:fs/promises";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";

const MAPS = [
  // file, source, width, height (down to Cape Horn), least area of an island in square units
  ["world", "countries-110m", 1000, 430, 0.6],
  ["near", "countries-50m", 10_000, 4300, 30],
];
const TOP_LATITUDE = 84;
const WITHOUT = new Set(["010"]); // Antarctica
const UNNUMBERED = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };

/** Equal Earth, Šavrič, Patterson and Jenny 2018: areas are right, shapes familiar. */
function project([longitude, latitude]) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const theta = Math.asin(m * Math.sin((latitude * Math.PI) / 180));
  const t2 = theta * theta;
  const t6 = t2 ** 3;
  const lambda = (longitude * Math.PI) / 180;
  const x = (lambda * Math.cos(theta)) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)));
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  return [x, y];
}

const [edge] = project([180, 0]);
const top = project([0, TOP_LATITUDE])[1];
const placeOn = (width) => (point) => {
  const scale = width / (2 * edge);
  const [x, y] = project(point);
  return [width / 2 + x * scale, (top - y) * scale];
};

function area(ring) {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x1, y1] = ring[i];
    const [x2, y2] = ring[(i + 1) % ring.length];
    sum += x1 * y2 - x2 * y1;
  }
  return Math.abs(sum / 2);
}

/** A ring over the 180th meridian goes on beyond it, in place of being drawn right across the map. */
function unwrapped(ring) {
  let before = ring[0][0];
  return ring.map(([longitude, latitude]) => {
    before = longitude - 360 * Math.round((longitude - before) / 360);
    return [before, latitude];
  });
}

/** Rounded to whole units and without the points that come to stand on each other. */
function path(ring) {
  const steps = [];
  let [x, y] = [Number.NaN, Number.NaN];
  for (const [rawX, rawY] of ring) {
    const [nextX, nextY] = [Math.round(rawX), Math.round(rawY)];
    if (nextX === x && nextY === y) continue;
    steps.push(steps.length ? [nextX - x, nextY - y] : [nextX, nextY]);
    [x, y] = [nextX, nextY];
  }
  const [first, ...rest] = steps;
  return `M${first.join(" ")}l${rest.map(([dx, dy]) => `${dx} ${dy}`).join(" ")}z`.replaceAll(" -", "-");
}

for (const [file, source, width, height, leastArea] of MAPS) {
  const topology = JSON.parse(await readFile(`node_modules/world-atlas/${source}.json`, "utf8"));
  const shapes = {};
  for (const { id, properties, geometry } of feature(topology, topology.objects.countries).features) {
    const code = UNNUMBERED[properties.name] ?? countries.numericToAlpha2(id);
    if (WITHOUT.has(id) || !code) continue;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const rings = polygons
      .map(([outer]) => unwrapped(outer).map(placeOn(width)))
      .sort((one, other) => area(other) - area(one));
    const shown = rings.filter((ring, index) => index === 0 || area(ring) > leastArea);
    const points = rings[0]; // of the largest part, so that France is shown in Europe
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((one) => Math.round(one));
    const known = shapes[code];
    shapes[code] = { path: (known?.path ?? "") + shown.map(path).join(""), box: known?.box ?? box };
  }
  const sorted = Object.fromEntries(Object.entries(shapes).sort(([one], [other]) => (one < other ? -1 : 1)));
  const note = "Made by scripts/map.mjs from Natural Earth 4.1, public domain";
  await writeFile(
    `src/footfall/web/tables/${file}.json`,
    `${JSON.stringify({ note, width, height, shapes: sorted })}\n`,
  );
  console.log(`${file}: ${Object.keys(sorted).length} countries`);
}
