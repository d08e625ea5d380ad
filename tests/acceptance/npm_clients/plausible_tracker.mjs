import "./page.mjs";
import plausible from "plausible-tracker";

const client = plausible.default({ domain: process.env.SITE, apiHost: process.env.FOOTFALL, hashMode: true });
const sent = (send) => new Promise((callback) => send(callback));

await sent((callback) => client.trackPageview({}, { callback }));
history.pushState(0, "", "/next#/part");
await sent((callback) => client.trackPageview({ referrer: "https://elsewhere.test/" }, { callback }));
await sent((callback) => client.trackEvent("Signup", { props: { plan: "pro", seats: 3 }, callback }));
await sent((callback) => client.trackEvent("Elsewhere", { callback }, { url: `https://${process.env.SITE}/said` }));
