// Light or dark: the reader's system decides until they do. The choice is a cookie, so the server's next page has it from its first byte.
const YEAR_SECONDS = 31_536_000;

export function watchThemeToggle(): void {
  const reveal = () => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) button.hidden = false;
  };
  reveal();
  document.addEventListener("htmx:after:swap", reveal);
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-theme-toggle]")) choose(isDark() ? "light" : "dark");
  });
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function choose(theme: "light" | "dark"): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR.
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  document.dispatchEvent(new CustomEvent("themechange"));
}
