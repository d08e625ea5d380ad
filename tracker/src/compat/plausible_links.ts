import type { Feature } from "./plausible";
import { taggedOf, within } from "./plausible_tags";

const FILE_TYPES =
  "7z,avi,csv,dmg,docx,exe,gz,key,midi,mov,mp3,mp4,mpeg,pdf,pkg,pps,ppt,pptx,rar,rtf,txt,wav,wma,wmv,xlsx,zip";

/** Links followed to another host, or to a file by its ending. */
const links: Feature = (track, config, script) => {
  const listed = script.getAttribute("file-types") || `${FILE_TYPES},${script.getAttribute("add-file-types") || ""}`;
  const types = typeof config.files === "object" ? config.files.fileExtensions : listed.split(/[\s,]+/);

  const onClick = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => (node as Element).localName === "a") as HTMLAnchorElement;
    if (!link?.href || event.button > 1 || (config.tagged && taggedOf(within(event)))) return;
    const [file = ""] = link.href.split("?");
    // `mailto:` and the like have no host.
    if (config.outbound && link.host && link.host !== location.host) {
      track("Outbound Link: Click", { props: { url: link.href } });
    } else if (config.files && types.includes(file.split(".").pop() || "")) {
      track("File Download", { props: { url: file } });
    }
  };
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
};

export default links;
