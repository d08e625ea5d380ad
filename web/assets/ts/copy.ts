// <button data-copy="text"> or <button data-copy> next to a <pre> or <code>: copies, and says so.
import { said } from "./texts";

const SAID_FOR_MS = 1600;

export function watchCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const text = button.dataset.copy || button.parentElement?.querySelector("pre, code")?.textContent || "";
  const label = button.textContent;
  const isCopied = await write(text.trim());
  button.textContent = said(isCopied ? "copied" : "press_to_copy");
  button.classList.toggle("is-copied", isCopied);
  setTimeout(() => {
    button.textContent = label;
    button.classList.remove("is-copied");
  }, SAID_FOR_MS);
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page served without TLS
  }
}
