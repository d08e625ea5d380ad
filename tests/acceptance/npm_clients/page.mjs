/** The little of a page that clients made for browsers ask for, so that they run in Node as they are. */

const { PAGE, REFERRER, USER_AGENT } = process.env;
const address = new URL(PAGE);
const listeners = new EventTarget();
const sendAsNode = globalThis.fetch;

/** The same request with the user agent of a browser; Node names itself otherwise. */
function fetchAsBrowser(url, options) {
  return sendAsNode(url, { ...options, headers: { ...options.headers, "User-Agent": USER_AGENT } });
}

class XMLHttpRequest {
  headers = {};
  readyState = 0;

  open(method, url) {
    Object.assign(this, { method, url });
  }

  setRequestHeader(name, value) {
    this.headers[name] = value;
  }

  send(body) {
    fetchAsBrowser(this.url, { method: this.method, headers: this.headers, body }).then((answer) => {
      Object.assign(this, { readyState: 4, status: answer.status });
      this.onreadystatechange?.();
    });
  }
}

class ResizeObserver {
  observe() {}
}

const box = { scrollHeight: 2000, offsetHeight: 2000, clientHeight: 2000 };
const inDocument = {
  body: box,
  documentElement: box,
  referrer: REFERRER,
  visibilityState: "visible",
  hasFocus: () => true,
};

const globals = {
  window: globalThis,
  document: Object.assign(new EventTarget(), inDocument),
  location: address,
  history: {
    pushState(_state, _title, url) {
      address.href = new URL(url, address).href;
    },
  },
  navigator: { webdriver: false },
  innerWidth: 1440,
  innerHeight: 1000,
  scrollY: 0,
  addEventListener: listeners.addEventListener.bind(listeners),
  dispatchEvent: listeners.dispatchEvent.bind(listeners),
  fetch: fetchAsBrowser,
  XMLHttpRequest,
  ResizeObserver,
};

for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
