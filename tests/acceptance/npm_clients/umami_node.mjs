import { Umami } from "@umami/node";

const { FOOTFALL, SITE, WEBSITE, USER_AGENT } = process.env;
const asServer = new Umami({ websiteId: WEBSITE, hostUrl: FOOTFALL });
const asBrowser = new Umami({ websiteId: WEBSITE, hostUrl: FOOTFALL, userAgent: USER_AGENT });

const view = {
  hostname: SITE,
  url: "/paid?utm_source=news&utm_medium=email",
  referrer: "https://www.google.com/",
  language: "de-DE",
  screen: "1440x900",
  title: "Paid",
};
const order = {
  ...view,
  name: "Order",
  tag: "b",
  data: { plan: "pro", revenue: 12.5, currency: "EUR", at: new Date(0) },
};
const answers = [
  await asServer.track("Started", { plan: "pro" }),
  await asBrowser.track(view),
  await asBrowser.track(order),
  await asServer.identify({ plan: "pro" }),
];
for (const answer of answers) {
  const { sessionId, visitId, cache } = await answer.json();
  if (answer.status !== 200 || !sessionId || !visitId || !cache) throw new Error("unexpected answer");
}
