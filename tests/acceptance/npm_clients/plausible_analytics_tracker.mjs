import "./page.mjs";
import { init, track } from "@plausible-analytics/tracker";

const tracked = (name, options) => new Promise((callback) => track(name, { ...options, callback }));

init({
  domain: process.env.SITE,
  endpoint: `${process.env.FOOTFALL}/api/event`,
  autoCapturePageviews: false,
  customProperties: (name) => ({ of: name }),
  transformRequest: (payload) => (payload.n === "Secret" ? null : payload),
});
const outcomes = [
  await tracked("pageview"),
  await tracked("Order", { props: { plan: "pro" }, revenue: { amount: "12.50", currency: "EUR" }, interactive: false }),
  await tracked("Elsewhere", { url: `https://${process.env.SITE}/said` }),
  await tracked("Secret"),
];
history.pushState(0, "", "/next");
outcomes.push(await tracked("pageview")); // ends the reading of the first page

const statuses = outcomes.map((outcome) => outcome?.status);
if (`${statuses}` !== "202,202,202,,202") throw new Error(`unexpected answers: ${JSON.stringify(outcomes)}`);
