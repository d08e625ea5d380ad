/** Elements that name their event by class: `plausible-event-name=Sign+up plausible-event-plan=pro`. */

import type { EventOptions, Props } from "./plausible";

const REACH = 4; // the element itself and three above it
const NAMED = /(^|\s)plausible-event-name(=|--)\S/;
const PART = /^plausible-(event|revenue)-(.+?)(?:=|--)(.+)$/;

/** The elements an event came through, innermost first, as far as a tag reaches. */
export function within(event: Event): Element[] {
  return event.composedPath().slice(0, REACH) as Element[];
}

export function taggedOf(elements: Element[]): Element | undefined {
  return elements.find((element) => NAMED.test(element.getAttribute?.("class") || ""));
}

/** Name and options of the event a tagged element stands for; `+` stands for a blank. */
export function readTags(element: Element): [string, EventOptions & { props: Props }] {
  const event: Record<string, string> = {};
  const revenue: Record<string, string> = {};
  for (const word of element.classList) {
    const [, kind, key = "", value = ""] = PART.exec(word) || [];
    if (kind) (kind === "event" ? event : revenue)[key] = value.replace(/\+/g, " ");
  }
  const { name = "", ...props } = event;
  const { amount, currency } = revenue;
  return [name, { props, revenue: amount && currency ? { amount, currency } : undefined }];
}
