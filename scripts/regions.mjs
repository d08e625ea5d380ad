/**
 * Makes the names of regions from the Unicode CLDR, by their ISO 3166-2 code. Run it with `npm run regions`. It names
 * hardly any in other languages than English.
 */

import { copyFile, readFile, writeFile } from "node:fs/promises";

const FROM = "node_modules/cldr-subdivisions-full";
const TO = "src/footfall/web/tables";

/** `usca` is US-CA. */
const isoCode = (code) => `${code.slice(0, 2)}-${code.slice(2)}`.toUpperCase();

/** Some names end in the number of a footnote that is not there: Savanes². */
const withoutFootnote = (name) => name.replace(/[¹²³]+$/, "");

const text = await readFile(`${FROM}/subdivisions/en/en.json`, "utf8");
const found = Object.entries(JSON.parse(text).subdivisions.localeDisplayNames.subdivisions);
const names = Object.fromEntries(found.map(([code, name]) => [isoCode(code), withoutFootnote(name)]).sort());
const note = "Made by scripts/regions.mjs from the Unicode CLDR 48.2, under the licence beside it";
await writeFile(`${TO}/regions.json`, `${JSON.stringify({ note, names })}\n`);
await copyFile(`${FROM}/LICENSE`, `${TO}/regions.LICENSE`);
