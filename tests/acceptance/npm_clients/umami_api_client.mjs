// Umami's client of its API, as somebody with an API key or with a password uses it.
import assert from "node:assert/strict";
import { isUmamiApiError, UmamiClient } from "@umami/api-client";

const { FOOTFALL, KEY, WEBSITE: websiteId, SITE } = process.env;
const umami = new UmamiClient({ baseUrl: `${FOOTFALL}/api`, token: KEY });
const span = { websiteId, startAt: Date.now() - 86_400_000, endAt: Date.now() + 3_600_000, timezone: "Etc/UTC" };

const { data: websites } = await umami.listWebsites();
assert.deepEqual(
  websites.map((website) => website.domain),
  [SITE],
);
assert.equal((await umami.getWebsite({ websiteId })).name, SITE);

const stats = await umami.getWebsiteStats(span);
assert.deepEqual([stats.pageviews, stats.visitors, stats.visits, stats.bounces], [2, 1, 1, 0]);
assert.equal(stats.comparison.pageviews, 0);

const views = await umami.getWebsitePageviews({ ...span, unit: "hour" });
assert.equal(
  views.pageviews.reduce((sum, { y }) => sum + y, 0),
  2,
);
assert.deepEqual(await umami.getWebsiteMetrics({ ...span, type: "path", path: "/next" }), [{ x: "/next", y: 1 }]);
assert.equal((await umami.getWebsiteExpandedMetrics({ ...span, type: "path" })).length, 2);
assert.deepEqual(await umami.getWebsiteValues({ ...span, type: "path" }), ["/next", "/start"]);
assert.equal((await umami.getWebsiteEvents({ ...span, pageSize: 1 })).count, 2);
assert.equal((await umami.getWebsiteSessions(span)).data[0].views, 2);
assert.equal((await umami.getWebsiteActive({ websiteId })).visitors, 1);
assert.equal((await umami.getRealtime({ websiteId })).totals.views, 2);
assert.ok((await umami.getWebsiteDateRange({ websiteId })).startDate <= new Date().toISOString());
assert.equal((await umami.getMe()).authType, "api-key");

const stranger = new UmamiClient({ baseUrl: `${FOOTFALL}/api`, token: "nobody" });
await assert.rejects(
  () => stranger.getWebsite({ websiteId }),
  (error) => isUmamiApiError(error) && error.status === 401 && error.code === "unauthorized",
);
await assert.rejects(
  () => umami.login({ username: "nobody@example.com", password: "wrong password" }),
  (error) => isUmamiApiError(error) && error.code === "incorrect-username-password",
);
