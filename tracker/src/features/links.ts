import type { Feature } from "../core";

/** Links followed, by mouse (middle button too) or keyboard: to a file by its ending, or to another host. */
const links: Feature = (track, _common, config) => {
  const file =
    /\.(7z|apk|avi|csv|deb|dmg|(doc|ppt|xls)x?|epub|exe|iso|mov|mp[34]|msi|pdf|pkg|rar|rpm|t?gz|txt|wav|zip)$/i;

  const onClick = (event: MouseEvent) => {
    // The path goes into shadow trees, where `target` does not.
    const link = event.composedPath().find((node) => (node as Element).localName === "a") as HTMLAnchorElement;
    if (!link || event.button > 1) return;
    const options = { props: { url: link.href } };
    if (config.files && file.test(link.pathname)) track("File Download", options);
    // `mailto:` and the like have no host.
    else if (config.outbound && link.host && link.host !== location.host) track("Outbound Link: Click", options);
  };
  // Capturing: a page that stops the event's way up does not hide it.
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
};

export default links;
