// Our own client for TypeScript, as a program on Node uses it.
import assert from "node:assert/strict";
import { columnsOf, Footfall, NotSent, Refused, rowsOf } from "../../../clients/typescript/dist/index.js";

const { FOOTFALL: url, KEY: key, SITE: site } = process.env;

/** Passes requests on, and loses each second answer. */
let requests = 0;
async function losing(input, init) {
  const answer = await fetch(input, init);
  requests += 1;
  return requests % 2 ? new Response("", { status: 503, headers: { "retry-after": "1" } }) : answer;
}

const page = (path, visitor) => ({ name: "pageview", url: `https://${site}${path}`, visitor });
const order = { ...page("/shop", "ann"), name: "Order", revenue: { amount: "49.90", currency: "EUR" } };
const events = [page("/", "ann"), page("/shop", "ann"), order, page("/shop", "bob")];
const receipt = await new Footfall({ url, key, fetch: losing }).send(site, events, { waits: true });
assert.deepEqual([receipt.accepted, receipt.duplicates, requests], [0, [0, 1, 2, 3], 2]);

const footfall = new Footfall({ url, key });
const report = await footfall.ask("report_pages", {
  public_id: site,
  period: "today",
  metrics: "visitors",
  sort: "page",
});
const table = columnsOf(report);
assert.deepEqual(table, { page: ["/", "/shop"], visitors: [1, 2] });
assert.deepEqual(rowsOf(table)[1], { page: "/shop", visitors: 2 });

const stats = { public_id: site, period: "today", metrics: "visitors", compare: "previous", filter: ["page:is:/"] };
assert.deepEqual(columnsOf(await footfall.ask("report_stats", stats)), { visitors: [1], previous_visitors: [0] });

const question = {
  site_id: site,
  metrics: ["visitors", "total_revenue"],
  date_range: "day",
  dimensions: ["event:name"],
};
const answer = await footfall.ask("query", { body: question });
assert.deepEqual(columnsOf(answer), {
  "event:name": ["pageview", "Order"],
  visitors: [2, 1],
  total_revenue: [null, 49.9],
});
assert.equal((await footfall.ask("list_sites")).sites[0].domain, site);
assert.equal((await footfall.ask("realtime", { public_id: site })).now.current_visitors, 2);

await assert.rejects(
  () => footfall.ask("report_pages", { public_id: site, period: "soon" }),
  (error) => error instanceof Refused && error.name === "Refused" && error.status === 400 && error.field === "period",
);
await assert.rejects(
  () => new Footfall({ url: "http://127.0.0.1:9" }).send(site, [page("/", "ann")], { patienceSeconds: 0 }),
  (error) => error instanceof NotSent && error.events[0].id.length === 36,
);
