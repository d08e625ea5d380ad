/**
 * The tracker as a module, for sites that bundle their scripts. It is the same code as the served script; here the page
 * gives the options, because no server has seen it.
 */
import type { EventOptions, Traits } from "./types";
export type { EventOptions, Outcome, Revenue, Traits } from "./types";
export interface InitOptions {
    /** The site's public id, as in its snippet. */
    site: string;
    /** Where Footfall runs, such as `https://stats.example.com`. */
    host: string;
    /** Default: true. */
    outboundLinks?: boolean;
    /** Default: true. */
    fileDownloads?: boolean;
    formSubmissions?: boolean;
    track404Pages?: boolean;
    hashBasedRouting?: boolean;
    trackLocalhost?: boolean;
    /** Default: true. Global Privacy Control is always respected. */
    respectDnt?: boolean;
    /** Whether `consent` may keep an id on the device; the site on the server must be in consented mode as well. */
    consented?: boolean;
    /** Whether `identify` may say who the visitor is; includes `consented`. The site must be in identified mode as well. */
    identified?: boolean;
}
/** Starts the tracker and sends the first view. Later calls, and calls outside a browser, do nothing. */
export declare function init(options: InitOptions): void;
/** Sends a custom event. */
export declare function track(name: string, options?: EventOptions): void;
/** Sends a view of the current address; navigation is noticed without it. */
export declare function pageview(): void;
/**
 * Where `consented` or `identified` is set: keeps an id on the device for 13 months at most, or deletes it. `text` names the
 * words agreed to, for the record.
 */
export declare function consent(isGranted: boolean, text?: string): void;
/** Where `identified` is set: the visitor is this user of yours. Called before `init`, it holds for the first view too. */
export declare function identify(user: string | number, traits?: Traits): void;
/** Where `identified` is set: the user has signed out. */
export declare function reset(): void;
/** Remembers on this device that its owner does not want to be counted, or forgets it again. */
export declare function optOut(isOut?: boolean): void;
