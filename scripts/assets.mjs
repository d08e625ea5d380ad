// Builds what the pages load. The result is committed, so that installing needs no Node; CI checks it is byte for byte the same.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const OUT = "src/footfall/web/static";
const BUNDLES = [
  { entry: "web/assets/ts/app.ts", out: `${OUT}/app.js`, limitBytes: 60_000 },
  { entry: "web/assets/css/app.css", out: `${OUT}/app.css`, limitBytes: 20_000 },
];

for (const { entry, out, limitBytes } of BUNDLES) {
  await build({
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    charset: "utf8",
  });
  const bytes = gzipSync(readFileSync(out), { level: 9 }).length;
  console.log(`${out}: ${bytes} bytes gzip (limit ${limitBytes})`);
  if (bytes > limitBytes) process.exitCode = 1;
}
