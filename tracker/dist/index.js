// tracker/src/delivery.ts
var RETRY_AFTER_MS = 3e3;
function post(url, body, callback) {
  fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => ({})).then((answer) => {
    const isTaken = answer.status < 500;
    if (!isTaken) setTimeout(() => navigator.sendBeacon(url, body), RETRY_AFTER_MS);
    callback(answer);
  });
}

// tracker/src/refusal.ts
function isRefused(config) {
  try {
    return navigator.globalPrivacyControl || config.dnt && navigator.doNotTrack === "1" || !config.local && /^(127\.|\[::1|localhost$|$)/.test(location.hostname) || // empty on file: pages
    !window.footfall_test && (navigator.webdriver || window.Cypress) || localStorage.footfall_ignore === "true";
  } catch (e) {
  }
}
function optOut(isOut = true) {
  if (isOut) localStorage.footfall_ignore = true;
  else delete localStorage.footfall_ignore;
}

// tracker/src/outbox.ts
function commonFields(site) {
  return {
    site,
    referrer: document.referrer,
    screen_width: screen.width,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone
  };
}
function openOutbox(config, common) {
  return (name, url, { callback = () => {
  }, ...fields }) => {
    if (isRefused(config)) return callback({});
    const id = crypto.getRandomValues(new Uint32Array(4)).join("");
    post(config.url, JSON.stringify({ ...common, id, name, url, ...fields }), callback);
  };
}

// tracker/src/engagement.ts
var WORTH_SENDING_MS = 3e3;
function measureEngagement(report) {
  let engagedMs = 0;
  let runningSince = 0;
  let depth = 0;
  let reportedDepth = 0;
  const measureDepth = () => {
    const { scrollHeight } = document.documentElement;
    depth = Math.max(depth, Math.min(100, Math.round(100 * (scrollY + innerHeight) / scrollHeight)));
  };
  const tick = () => {
    const now = Date.now();
    const wasRunning = runningSince;
    if (wasRunning) engagedMs += now - wasRunning;
    runningSince = !document.hidden && document.hasFocus() ? now : 0;
    return wasRunning;
  };
  const flush = (isEnd) => {
    tick();
    measureDepth();
    if (engagedMs >= WORTH_SENDING_MS || depth > reportedDepth) {
      report({ engagement_time_ms: engagedMs, scroll_depth: depth });
      engagedMs = 0;
      reportedDepth = depth;
    }
    if (isEnd) engagedMs = depth = reportedDepth = 0;
  };
  addEventListener("scroll", measureDepth);
  return [tick, flush];
}

// tracker/src/navigation.ts
function afterMove(method, onMoved) {
  const original = history[method];
  history[method] = function(...args) {
    const before = location.href;
    original.apply(this, args);
    onMoved(before === location.href);
  };
}

// tracker/src/views.ts
var VISIT_GAP_MS = 30 * 60 * 1e3;
var DEBOUNCE_MS = 2e3;
function watchViews(config, send) {
  let viewedUrl = "";
  let viewedAt = 0;
  let activeAt = 0;
  const currentUrl = () => config.hash ? location.href : location.href.replace(/#.*/, "");
  const [tick, flush] = measureEngagement((reading) => {
    if (viewedUrl) send("engagement", viewedUrl, reading);
  });
  const view = (options) => {
    const url = currentUrl();
    const now = Date.now();
    if (url === viewedUrl && now - viewedAt < DEBOUNCE_MS) return;
    flush(true);
    viewedUrl = url;
    viewedAt = activeAt = now;
    send("pageview", url, options);
  };
  const look = (isDue) => {
    if (!document.hidden && (isDue || currentUrl() !== viewedUrl)) view({});
  };
  const onPresence = () => {
    if (tick()) activeAt = Date.now();
    if (document.hidden) flush();
    look(Date.now() - activeAt > VISIT_GAP_MS);
  };
  afterMove("pushState", look);
  afterMove("replaceState", () => {
    if (withoutQuery(currentUrl()) === withoutQuery(viewedUrl)) viewedUrl = currentUrl();
    look();
  });
  addEventListener("popstate", () => look());
  for (const type of ["visibilitychange", "focus", "blur"]) addEventListener(type, onPresence);
  const trackEvent = (name, options = {}) => {
    if (name === "pageview") view(options);
    else send(name, currentUrl(), options);
  };
  return [trackEvent, onPresence];
}
function withoutQuery(url) {
  return url.replace(/\?[^#]*/, "");
}

// tracker/src/core.ts
function start(config, features) {
  const common = commonFields(config.site);
  const [track2, begin] = watchViews(config, openOutbox(config, common));
  track2.optOut = optOut;
  for (const install of features) install(track2, common, config);
  begin();
  return track2;
}

// tracker/src/lasting.ts
var KEY = "footfall_visitor";
var LIFETIME_MS = 390 * 24 * 60 * 60 * 1e3;
function openLasting(track2, common, config) {
  let user;
  let said = Promise.resolve();
  const say = (path, fields) => {
    const body = JSON.stringify({ site: config.site, ...fields });
    said = said.then(() => new Promise((resolve) => post(new URL(path, config.url), body, resolve)));
  };
  const adopt = (id, { until, text }) => {
    keep({ id, until, text });
    say("consent", { visitor: id, given: true, text });
  };
  const withdraw = () => {
    var _a;
    const visitor = user || ((_a = recall()) == null ? void 0 : _a.id);
    keep();
    user = void 0;
    if (visitor) say("consent", { visitor, given: false });
  };
  const become = (name) => {
    const kept = recall();
    user = name;
    if (kept && kept.id !== name) adopt(name || randomId(), kept);
  };
  Object.defineProperty(common, "visitor", {
    enumerable: true,
    get: () => {
      var _a;
      return isRefused(config) ? void 0 : user || ((_a = recall()) == null ? void 0 : _a.id);
    }
  });
  track2.consent = (isGranted, text = "") => {
    if (!isGranted) withdraw();
    else if (!isRefused(config) && !recall()) adopt(user || randomId(), { until: Date.now() + LIFETIME_MS, text });
  };
  const { optOut: optOut3 } = track2;
  track2.optOut = (isOut = true) => {
    if (isOut) withdraw();
    optOut3(isOut);
  };
  if (isRefused(config) || !recall()) keep();
  return { become, say };
}
function randomId() {
  return crypto.getRandomValues(new Uint32Array(4)).join("");
}
function recall() {
  try {
    const [id, until, text = ""] = localStorage.getItem(KEY).split(".").map(decodeURIComponent);
    return Number(until) > Date.now() ? { id, until: Number(until), text } : void 0;
  } catch (e) {
  }
}
function keep(kept) {
  try {
    if (kept) localStorage.setItem(KEY, written(kept));
    else localStorage.removeItem(KEY);
  } catch (e) {
  }
}
function written({ id, until, text }) {
  const parts = text ? [id, until, text] : [id, until];
  return parts.map((part) => encodeURIComponent(part).replace(/\./g, "%2E")).join(".");
}

// tracker/src/features/consent.ts
var consent = openLasting;
var consent_default = consent;

// tracker/src/features/form_submissions.ts
var formSubmissions = (track2) => document.addEventListener("submit", () => track2("Form: Submission", { props: { path: location.pathname } }), true);
var form_submissions_default = formSubmissions;

// tracker/src/features/identify.ts
var identify = (track2, common, config) => {
  var _a;
  const { become, say } = openLasting(track2, common, config);
  track2.identify = (user, traits = {}) => {
    if (isRefused(config)) return;
    become(`${user}`);
    say("identify", { user: `${user}`, traits });
  };
  track2.reset = () => become();
  const queue = ((_a = window.footfall) == null ? void 0 : _a.q) || [];
  for (const call of queue.filter(([name]) => name === "identify")) {
    queue.splice(queue.indexOf(call), 1);
    const [, user, traits] = Array.from(call);
    track2.identify(user, traits);
  }
};
var identify_default = identify;

// tracker/src/features/links.ts
var links = (track2, _common, config) => {
  const file = /\.(7z|apk|avi|csv|deb|dmg|(doc|ppt|xls)x?|epub|exe|iso|mov|mp[34]|msi|pdf|pkg|rar|rpm|t?gz|txt|wav|zip)$/i;
  const onClick = (event) => {
    const link = event.composedPath().find((node) => node.localName === "a");
    if (!link || event.button > 1) return;
    const options = { props: { url: link.href } };
    if (config.files && file.test(link.pathname)) track2("File Download", options);
    else if (config.outbound && link.host && link.host !== location.host) track2("Outbound Link: Click", options);
  };
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
};
var links_default = links;

// tracker/src/features/track_404_pages.ts
var track404Pages = (track2) => {
  const report = () => track2("404", { props: { path: location.pathname }, interactive: false });
  const [navigation] = performance.getEntriesByType("navigation");
  const isMarked = document.querySelector('meta[name="footfall-status"][content="404"]');
  if (!isMarked && (navigation == null ? void 0 : navigation.responseStatus) !== 404) return;
  const reportNext = () => setTimeout(report);
  if (document.hidden) addEventListener("visibilitychange", reportNext, { once: true });
  else reportNext();
};
var track_404_pages_default = track404Pages;

// tracker/src/index.ts
var tracker;
var early = [];
var first = [];
function init(options) {
  if (tracker || typeof window === "undefined") return;
  const callFirst = (track2) => {
    for (const call of first) call(track2);
    first = [];
  };
  const started = start(configOf(options), [...featuresOf(options), callFirst]);
  tracker = started;
  for (const call of early) call(started);
  early = [];
}
function track(name, options) {
  whenStarted((tracker2) => tracker2(name, options));
}
function pageview() {
  track("pageview");
}
function consent2(isGranted, text) {
  whenStarted((tracker2) => {
    var _a;
    return (_a = tracker2.consent) == null ? void 0 : _a.call(tracker2, isGranted, text);
  });
}
function identify2(user, traits) {
  whenStarted((tracker2) => {
    var _a;
    return (_a = tracker2.identify) == null ? void 0 : _a.call(tracker2, user, traits);
  }, first);
}
function reset() {
  whenStarted((tracker2) => {
    var _a;
    return (_a = tracker2.reset) == null ? void 0 : _a.call(tracker2);
  });
}
function optOut2(isOut = true) {
  whenStarted((tracker2) => tracker2.optOut(isOut));
}
function whenStarted(call, waiting = early) {
  if (tracker) call(tracker);
  else if (typeof window !== "undefined") waiting.push(call);
}
function configOf({ outboundLinks = true, fileDownloads = true, respectDnt = true, ...options }) {
  return {
    site: options.site,
    url: new URL("/api/v1/event", options.host),
    hash: options.hashBasedRouting,
    local: options.trackLocalhost,
    dnt: respectDnt,
    outbound: outboundLinks,
    files: fileDownloads
  };
}
function featuresOf(options) {
  const switches = [
    [true, links_default],
    [options.formSubmissions, form_submissions_default],
    [options.track404Pages, track_404_pages_default],
    [options.consented && !options.identified, consent_default],
    [options.identified, identify_default]
  ];
  return switches.filter(([isOn]) => isOn).map(([, feature]) => feature);
}
export {
  consent2 as consent,
  identify2 as identify,
  init,
  optOut2 as optOut,
  pageview,
  reset,
  track
};
