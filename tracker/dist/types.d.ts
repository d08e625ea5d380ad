/** What a site's pages may pass to the tracker, and get back. */
/** Money in decimal text or as a number, with its ISO 4217 code. */
export interface Revenue {
    amount: string | number;
    currency: string;
}
/** What became of an event; `status` is missing when nothing was sent or no answer came. */
export interface Outcome {
    status?: number;
}
export interface EventOptions {
    props?: Record<string, string | number | boolean>;
    revenue?: Revenue;
    /** `false`: the event alone does not keep a visit from being a bounce. */
    interactive?: boolean;
    /** Called when the first try ended or the event is not sent; not for a view debounced away. */
    callback?: (outcome: Outcome) => void;
}
/** The function pages call; the served script installs it as `window.footfall`. */
export interface Track {
    (name: string, options?: EventOptions): void;
    /** Remembers on this device that its owner does not want to be counted, or forgets it again. */
    optOut(isOut?: boolean): void;
    /** Only where the site's visitors are identified by consent. */
    consent?(isGranted: boolean): void;
}
