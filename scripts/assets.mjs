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

const PAGES = "src/footfall/web/static";

const ASSETS = [
  // source, output, shape
  ["tracker/src/script.ts", `${SERVED}/tracker.js`, "expression"],
  ["tracker/src/features/links.ts", `${SERVED}/links.js`, "expression"],
  ["tracker/src/features/form_submissions.ts", `${SERVED}/form_submissions.js`, "expression"],
  ["tracker/src/features/track_404_pages.ts", `${SERVED}/track_404_pages.js`, "expression"],
  ["tracker/src/features/consent.ts", `${SERVED}/consent.js`, "expression"],
  ["tracker/src/features/identify.ts", `${SERVED}/identify.js`, "expression"],
  ["tracker/src/opt_out.ts", `${SERVED}/opt_out.js`, "expression"],
  ["tracker/src/compat/plausible_script.ts", `${SERVED}/plausible_script.js`, "expression"],
  ["tracker/src/compat/plausible_init.ts", `${SERVED}/plausible_init.js`, "expression"],
  ["tracker/src/compat/plausible_links.ts", `${SERVED}/plausible_links.js`, "expression"],
  ["tracker/src/compat/plausible_tagged_events.ts", `${SERVED}/plausible_tagged_events.js`, "expression"],
  ["tracker/src/compat/plausible_forms.ts", `${SERVED}/plausible_forms.js`, "expression"],
  ["tracker/src/compat/plausible_pageview_props.ts", `${SERVED}/plausible_pageview_props.js`, "expression"],
  ["tracker/src/compat/plausible_exclusions.ts", `${SERVED}/plausible_exclusions.js`, "expression"],
  ["tracker/src/compat/umami.ts", `${SERVED}/umami.js`, "script"],
  ["tracker/src/compat/goatcounter.ts", `${SERVED}/goatcounter.js`, "script"],
  ["tracker/src/index.ts", "tracker/dist/index.js", "module"],
  ["web/assets/ts/embed_host.ts", `${SERVED}/embed_host.js`, "script"],
  ["web/assets/ts/app.ts", `${PAGES}/app.js`, "page"],
  ["web/assets/css/app.css", `${PAGES}/app.css`, "page"],
];

const SHAPES = { expression, script, module, page };

/** The function the source exports, as one expression; the server joins such expressions without Node. */
async function expression(source) {
  const code = await bundle(source, { format: "esm", target: "es2018" });
  const body = code.replace(/export\s*\{\s*(\w+) as default\s*\};?\s*$/, "return $1;");
  const compress = { expression: true, passes: 3, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false };
  const small = await minify(`(()=>{${body}})()`, { ecma: 2018, compress });
  return small.code.replace(/;$/, "");
}

/** A script that is served as it stands. */
async function script(source) {
  const code = await bundle(source, { format: "iife", target: "es2018" });
  return (await minify(code, { ecma: 2018, compress: { passes: 3, unsafe_arrows: true } })).code;
}

/** A module for other people's bundlers: readable, so that their tools can shake and shrink it. */
function module(source) {
  return bundle(source, { format: "esm", target: "es2018" });
}

/** A script or style sheet of our own pages, for the browsers of the last two years or so. */
function page(source) {
  const target = ["es2022", "chrome123", "firefox120", "safari17.5"];
  return bundle(source, { format: "iife", target, minify: true, charset: "utf8" });
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

const LIMITS = [
  // what, its bytes, at most so many after gzip -9
  ["tracker as served by default", servedByDefault(built), 1_500],
  ["tracker for Umami's snippet", built[`${SERVED}/umami.js`], 1_800],
  ["tracker for GoatCounter's snippet", built[`${SERVED}/goatcounter.js`], 1_900],
  ["visitor's switch", built[`${SERVED}/opt_out.js`], 1_500],
  ["script of the pages", built[`${PAGES}/app.js`], 60_000],
  ["style of the pages", built[`${PAGES}/app.css`], 20_000],
];
for (const [what, text, limit] of LIMITS) {
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${what}: ${size} bytes gzip -9 (at most ${limit})`);
  if (size > limit) process.exitCode = 1;
}
