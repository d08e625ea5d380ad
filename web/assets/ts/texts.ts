// What scripts say, in the language of the page: <meta name="texts"> carries the texts by their key, a plural with its forms.
type Texts = Record<string, string | Record<string, string>>;

const language = document.documentElement.lang || undefined;
const texts: Texts = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="texts"]')?.content || "{}");
const plural = new Intl.PluralRules(language);
const whole = new Intl.NumberFormat(language);
const brief = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(language, { timeStyle: "medium" });

/** The text of this key, its values filled in; `count` also chooses the form of a plural. */
export function said(key: string, values: Record<string, string | number> = {}, otherwise = key): string {
  const found = texts[key] ?? otherwise;
  const form = typeof found === "string" ? found : (found[plural.select(Number(values.count))] ?? otherwise);
  return form.replace(/\{(\w+)\}/g, (_, name: string) => written(values[name] ?? ""));
}

export const number = (value: number): string => whole.format(value);

export const timeOfDay = (at: Date): string => clock.format(at);

/** With one digit after the decimal sign, where there is one. */
export const short = (value: number): string => brief.format(value);

function written(value: string | number): string {
  return typeof value === "number" ? number(value) : value;
}
