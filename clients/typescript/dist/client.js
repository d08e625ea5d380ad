import { ClientError, NotSent, refusal, secondsToWait } from "./errors.js";
import { OPERATIONS } from "./operations.js";
const MOST_AT_ONCE = 1_000;
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const FIRST_PAUSE_SECONDS = 0.5;
const LONGEST_PAUSE_SECONDS = 30;
/** Asks a server for figures and sends it events. */
export class Footfall {
    #url;
    #headers;
    #fetch;
    constructor({ url, key, fetch: given }) {
        this.#url = url.replace(/\/+$/, "");
        this.#headers = key ? { authorization: `Bearer ${key}` } : {};
        this.#fetch = given ?? ((input, init) => fetch(input, init));
    }
    /** Send one operation; throws Refused for an error of the server, ClientError where no answer came. */
    async ask(name, ...[given]) {
        const { body, ...parameters } = (given ?? {});
        let answer;
        try {
            answer = await this.#request(name, parameters, body);
        }
        catch (error) {
            throw new ClientError("The server did not answer.", { cause: error });
        }
        if (!answer.ok)
            throw await refusal(answer);
        return (await answer.json());
    }
    /**
     * Send events, and again under the same ids while the server takes none, so that none is lost or stored twice.
     * Throws NotSent with those that remain, or Refused.
     */
    async send(site, events, options = {}) {
        const named = events.map((event) => ({ ...event, id: event.id ?? crypto.randomUUID() }));
        const whole = { accepted: 0, duplicates: [], dropped: [], errors: [] };
        for (let first = 0; first < named.length; first += MOST_AT_ONCE) {
            const receipt = await this.#sendBatch(site, named.slice(first), options);
            whole.accepted += receipt.accepted;
            whole.duplicates.push(...receipt.duplicates.map((index) => first + index));
            whole.dropped.push(...receipt.dropped.map((one) => ({ ...one, index: first + one.index })));
            whole.errors.push(...receipt.errors.map((one) => ({ ...one, index: first + one.index })));
        }
        return whole;
    }
    async #sendBatch(site, rest, options) {
        const { waits = false, patienceSeconds = 300 } = options;
        const body = { site, events: rest.slice(0, MOST_AT_ONCE) };
        let pause = FIRST_PAUSE_SECONDS;
        for (let waited = 0;; pause = Math.min(2 * pause, LONGEST_PAUSE_SECONDS)) {
            const outcome = await this.#request("send_events", waits ? { wait: "true" } : {}, body).catch((error) => new ClientError("The server did not answer.", { cause: error }));
            if (outcome instanceof Response) {
                if (outcome.status === 202)
                    return (await outcome.json());
                if (!TRY_AGAIN.has(outcome.status))
                    throw await refusal(outcome);
            }
            const told = outcome instanceof Response ? secondsToWait(outcome) : 0;
            // A little by chance, so that many senders do not come back in the same moment.
            const seconds = Math.max(told, (pause * (1 + Math.random())) / 2);
            if (waited + seconds > patienceSeconds) {
                throw new NotSent(rest, outcome instanceof Response ? await refusal(outcome) : outcome);
            }
            await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
            waited += seconds;
        }
    }
    #request(name, given, body) {
        const { method, path, query } = OPERATIONS[name];
        const address = new URL(this.#url + path.replace(/{(\w+)}/g, (_, key) => encodeURIComponent(String(given[key]))));
        for (const key of query) {
            for (const value of [given[key] ?? []].flat())
                address.searchParams.append(key, String(value));
        }
        if (body === undefined)
            return this.#fetch(address, { method, headers: this.#headers });
        const isFile = body instanceof Blob;
        const headers = { ...this.#headers, "content-type": isFile ? "application/octet-stream" : "application/json" };
        return this.#fetch(address, { method, headers, body: isFile ? body : JSON.stringify(body) });
    }
}
