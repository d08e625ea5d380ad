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
/** What a site says of its user; at most 50, texts of at most 2,000 bytes. */
export type Traits = Record<string, string | number | boolean | null>;
/** The function pages call; the served script installs it as `window.footfall`. */
export interface Track {
    (name: string, options?: EventOptions): void;
    /** Remembers on this device that its owner does not want to be counted, or forgets it again. */
    optOut(isOut?: boolean): void;
    /** Only where the site remembers those who agree; `text` names the words agreed to. */
    consent?(isGranted: boolean, text?: string): void;
    /** Only where the site says who its visitors are. */
    identify?(user: string | number, traits?: Traits): void;
    /** Ends what `identify` began, when the user signs out. */
    reset?(): void;
}
declare global {
    interface Window {
        /** The installed tracker; before that, the calls that wait for it. */
        footfall?: Partial<Track> & {
            q?: [string, EventOptions?][];
        };
    }
}
