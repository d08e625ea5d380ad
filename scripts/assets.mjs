/**
 * Builds every browser file that is committed, one row per file. The versions of the tools are pinned, so that building
 * again gives the same bytes.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const SERVED = "src/footfall/collect/static";

const ASSETS = [
  // source, output, shape
  ["tracker/src/script.ts", `${SERVED}/tracker.js`, "expression"],
  ["tracker/src/features/links.ts", `${SERVED}/links.js`, "expression"],
  ["tracker/src/features/form_submissions.ts", `${SERVED}/form_submissions.js`, "expression"],
  ["tracker/src/features/track_404_pages.ts", `${SERVED}/track_404_pages.js`, "expression"],
  ["tracker/src/features/consent.ts", `${SERVED}/consent.js`, "expression"],
  ["tracker/src/index.ts", "tracker/dist/index.js", "module"],
];

const SHAPES = { expression, module, page };

/** The function the source exports, as one expression; the server joins such expressions without Node. */
async function expression(source) {
  const code = await bundle(source, { format: "esm", target: "es2018" });
  const body = code.replace(/export\s*\{\s*(\w+) as default\s*\};?\s*$/, "return $1;");
  const compress = { expression: true, passes: 3, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false };
  const small = await minify(`(()=>{${body}})()`, { ecma: 2018, compress });
  return small.code.replace(/;$/, "");
}

/** A module for other people's bundlers: readable, so that their tools can shake and shrink it. */
function module(source) {
  return bundle(source, { format: "esm", target: "es2018" });
}

/** A script of our own pages. */
function page(source) {
  return bundle(source, { format: "iife", target: "es2022", minify: true });
}

async function bundle(source, options) {
  const result = await build({ entryPoints: [source], bundle: true, write: false, legalComments: "none", ...options });
  return result.outputFiles[0].text;
}

/** The script of a site with the default options, joined as `src/footfall/collect/script.py` does it. */
function servedByDefault({ [`${SERVED}/tracker.js`]: tracker, [`${SERVED}/links.js`]: links }) {
  const config = { site: "0123456789abcdef", url: "../api/v1/event", outbound: true, files: true, dnt: true };
  return `(${tracker})(${JSON.stringify(config)},[${links}])`;
}

const built = {};
for (const [source, output, shape] of ASSETS) {
  built[output] = await SHAPES[shape](source);
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, built[output]);
}
const size = gzipSync(servedByDefault(built), { level: 9 }).length;
console.log(`tracker as served by default: ${size} bytes gzip -9 (at most 1500)`);
