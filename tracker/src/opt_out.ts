/** Draws the visitor's own switch where the script stands: it must run on the site's pages, whose storage holds the choice. */

import { post } from "./delivery";
import { keep, recall } from "./lasting";
import { optOut } from "./refusal";

/** What it says, in the reader's language: the server passes this in, and attributes of its line say it otherwise. */
type Words = Record<"label" | "counted" | "ignored" | "signal" | "blocked" | "withdraw" | "withdrawn", string>;

export default function drawSwitch(said: Words): void {
  const script = document.currentScript as HTMLScriptElement;
  const words = { ...said, ...script.dataset };

  const box = document.createElement("div");
  const label = box.appendChild(document.createElement("label"));
  const input = label.appendChild(document.createElement("input"));
  const status = box.appendChild(document.createElement("p"));
  const button = box.appendChild(document.createElement("button"));
  box.className = "footfall-opt-out";
  input.type = "checkbox";
  input.setAttribute("role", "switch");
  label.append(` ${words.label}`);
  status.setAttribute("role", "status");
  button.type = "button";
  button.textContent = words.withdraw;

  function show(said?: string): void {
    const isIgnored = isSwitchedOff();
    input.checked = isIgnored;
    input.disabled = !isIgnored && !!navigator.globalPrivacyControl;
    button.hidden = !recall();
    status.textContent = said || (isIgnored ? words.ignored : input.disabled ? words.signal : words.counted);
  }

  function isSwitchedOff(): boolean {
    try {
      return localStorage.footfall_ignore === "true";
    } catch {
      return false;
    }
  }

  /** The tracker of this page knows more than the device keeps; without one, the id is all there is. */
  function withdraw(): void {
    const kept = recall();
    const { consent } = window.footfall || {};
    consent?.(false);
    keep();
    const { site } = script.dataset;
    if (consent || !site || !kept) return;
    post(new URL("../api/v1/consent", script.src), JSON.stringify({ site, visitor: kept.id, given: false }), () => {});
  }

  input.onchange = () => {
    try {
      if (input.checked) withdraw();
      optOut(input.checked);
      show();
    } catch {
      show(words.blocked);
    }
  };
  button.onclick = () => {
    withdraw();
    show(words.withdrawn);
  };
  addEventListener("storage", () => show());
  script.after(box);
  show();
}
