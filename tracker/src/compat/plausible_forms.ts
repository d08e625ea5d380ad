import type { Feature } from "./plausible";
import { taggedOf, within } from "./plausible_tags";

/** Submissions of valid forms that have no event of their own; the server adds the path. */
const forms: Feature = (track, config) => {
  if (!config.forms) return;
  const onSubmit = (event: Event) => {
    const form = event.target as HTMLFormElement;
    if ((form.noValidate || form.checkValidity()) && !taggedOf(within(event))) track("Form: Submission");
  };
  addEventListener("submit", onSubmit, true);
};

export default forms;
