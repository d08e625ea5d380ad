import type { Feature } from "../core";

/** Links followed, by mouse (middle button too) or keyboard: to a file by its ending, or to another host. */
const links: Feature = (track, _common, config) => {
  const file =
    /\.(7z|apk|avi|csv|deb|dmg|docx?|epub|exe|gz|iso|mov|mp[34]|msi|pdf|pkg|pptx?|rar|rpm|tgz|txt|wav|xlsx?|zip)$/i;

  const onClick = ({ target, button }: MouseEvent) => {
    const link = (target as Element).closest("a");
    if (!link || button > 1) return;
    const options = { props: { url: link.href } };
    if (config.downloads && file.test(link.pathname)) track("File Download", options);
    // `mailto:` and the like have no host.
    else if (config.outbound && link.host && link.host !== location.host) track("Outbound Link: Click", options);
  };
  // Capturing: a page that stops the event's way up does not hide it.
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
};

export default links;
