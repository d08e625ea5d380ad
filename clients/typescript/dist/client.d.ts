import { type Event, type OperationName, type Operations, type Receipt } from "./operations.js";
export interface Options {
    /** Public address of the server, such as `https://stats.example.com`. */
    url: string;
    /** An API key; without one only what is open to anybody answers. */
    key?: string;
    /** In place of the global `fetch`. */
    fetch?: typeof fetch;
}
export interface SendOptions {
    /** Return once the events can be queried. */
    waits?: boolean;
    /** How long to try again while the server takes none. */
    patienceSeconds?: number;
}
type Given<N extends OperationName> = Operations[N]["parameters"] & (Operations[N]["body"] extends undefined ? {
    body?: undefined;
} : {
    body: Operations[N]["body"];
});
/** Nothing has to be given where everything may be left out. */
type Arguments<N extends OperationName> = Record<never, never> extends Given<N> ? [given?: Given<N>] : [given: Given<N>];
/** Asks a server for figures and sends it events. */
export declare class Footfall {
    #private;
    constructor({ url, key, fetch: given }: Options);
    /** Send one operation; throws Refused for an error of the server, ClientError where no answer came. */
    ask<N extends OperationName>(name: N, ...[given]: Arguments<N>): Promise<Operations[N]["answer"]>;
    /**
     * Send events, and again under the same ids while the server takes none, so that none is lost or stored twice.
     * Throws NotSent with those that remain, or Refused.
     */
    send(site: string, events: readonly Event[], options?: SendOptions): Promise<Receipt>;
}
export {};
