/**
 * Makes the world map of the dashboard from Natural Earth's 1:110m countries, which are in the public domain:
 * a path per country on a plane of 1,000 × 430, in the Equal Earth projection. Run it with `npm run map`.
 */

import { readFile, writeFile } from "node:fs/promises";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";

const WIDTH = 1000;
const HEIGHT = 430; // down to Cape Horn
const TOP_LATITUDE = 84;
const LEAST_AREA = 0.6; // square units; smaller islands can't be seen
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
const scale = WIDTH / (2 * edge);
const top = project([0, TOP_LATITUDE])[1];
const place = (point) => {
  const [x, y] = project(point);
  return [WIDTH / 2 + x * scale, (top - y) * scale];
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

const topology = JSON.parse(await readFile("node_modules/world-atlas/countries-110m.json", "utf8"));
const shapes = {};
for (const { id, properties, geometry } of feature(topology, topology.objects.countries).features) {
  const code = UNNUMBERED[properties.name] ?? countries.numericToAlpha2(id);
  if (WITHOUT.has(id) || !code) continue;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.map(([outer]) => unwrapped(outer).map(place)).sort((one, other) => area(other) - area(one));
  const shown = rings.filter((ring, index) => index === 0 || area(ring) > LEAST_AREA);
  const points = rings[0]; // of the largest part, so that France is shown in Europe
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((one) => Math.round(one));
  const known = shapes[code];
  shapes[code] = { path: (known?.path ?? "") + shown.map(path).join(""), box: known?.box ?? box };
}
const sorted = Object.fromEntries(Object.entries(shapes).sort(([one], [other]) => (one < other ? -1 : 1)));
const world = {
  note: "Made by scripts/map.mjs from Natural Earth 4.1, public domain",
  width: WIDTH,
  height: HEIGHT,
  shapes: sorted,
};
await writeFile("src/footfall/web/tables/world.json", `${JSON.stringify(world)}\n`);
console.log(`${Object.keys(sorted).length} countries`);
