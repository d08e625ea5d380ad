import type { Feature } from "../core";

/** Submissions of valid forms. Nothing of their content is read. */
const formSubmissions: Feature = (track) =>
  document.addEventListener("submit", () => track("Form: Submission", { props: { path: location.pathname } }), true);

export default formSubmissions;
