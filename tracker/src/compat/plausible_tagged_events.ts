import type { Feature } from "./plausible";
import { readTags, taggedOf, within } from "./plausible_tags";

/** Clicks on tagged elements and links, and submissions of tagged forms. */
const taggedEvents: Feature = (track) => {
  const onClick = (event: MouseEvent) => {
    const elements = within(event);
    const tagged = taggedOf(elements);
    // Within a form the submission counts, not the click.
    if (!tagged || event.button > 1 || elements.some((element) => element.localName === "form")) return;
    const [name, options] = readTags(tagged);
    const link = elements.find((element) => element.localName === "a") as HTMLAnchorElement | undefined;
    if (link) options.props.url = link.href;
    track(name, options);
  };
  const onSubmit = (event: Event) => {
    const tagged = taggedOf(within(event).slice(0, 2));
    if (tagged) track(...readTags(tagged));
  };
  addEventListener("click", onClick, true);
  addEventListener("auxclick", onClick, true);
  addEventListener("submit", onSubmit, true);
};

export default taggedEvents;
