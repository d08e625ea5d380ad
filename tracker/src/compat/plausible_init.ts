/** How `pa-….js` installs itself: the site is baked in, and `plausible.init` starts it with the page's options. */

import { type Config, type Feature, type Payload, type Props, start } from "./plausible";
import { type Global, ownEndpoint, takeOver } from "./plausible_window";

interface Options {
  /** The site; where the server knows none, the page's host is one. */
  domain?: string;
  endpoint?: string;
  hashBasedRouting?: boolean;
  captureOnLocalhost?: boolean;
  autoCapturePageviews?: boolean;
  outboundLinks?: boolean;
  fileDownloads?: boolean | { fileExtensions: string[] };
  formSubmissions?: boolean;
  customProperties?: Props | ((name: string) => Props);
  transformRequest?: (payload: Payload) => Payload | null;
  logging?: boolean;
}

export default function install(defaults: Options, features: Feature[]): void {
  const script = document.currentScript as HTMLScriptElement;
  const plausible = window.plausible || queue();
  if (plausible.l) return; // the snippet stands twice in the page
  plausible.l = true;
  plausible.init = (options) => {
    plausible.init = () => {};
    const { domain = location.hostname } = defaults; // a page cannot change the site
    const started = start(configOf({ ...defaults, ...options }, domain, script), features, script);
    takeOver(started).init = plausible.init;
  };
  window.plausible = plausible;
  if (plausible.o) plausible.init(plausible.o);
}

/** What the snippet's stub does, for pages that call `init` after the script came. */
function queue(): Global {
  const plausible: Global = (...call) => {
    plausible.q = [...(plausible.q || []), call];
  };
  return plausible;
}

function configOf(options: Options, domain: string, script: HTMLScriptElement): Config {
  return {
    domain,
    endpoint: options.endpoint || ownEndpoint(script),
    hash: options.hashBasedRouting,
    local: options.captureOnLocalhost,
    manual: options.autoCapturePageviews === false,
    tagged: true,
    outbound: options.outboundLinks,
    files: options.fileDownloads,
    forms: options.formSubmissions,
    properties: options.customProperties,
    transform: options.transformRequest,
    silent: options.logging === false,
  };
}
