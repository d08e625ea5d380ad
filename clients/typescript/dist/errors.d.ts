import type { Event } from "./operations.js";
/** Base of all errors of the client. */
export declare class ClientError extends Error {
    readonly name: string;
}
/** The server answered with an error. */
export declare class Refused extends ClientError {
    readonly status: number;
    /** What kind of error, where the server told. */
    readonly code: string;
    /** What is to blame, where one part is. */
    readonly field: string;
    /** When to try again; 0 where that makes no sense. */
    readonly retryAfterSeconds: number;
    readonly name = "Refused";
    constructor(status: number, message: string, 
    /** What kind of error, where the server told. */
    code?: string, 
    /** What is to blame, where one part is. */
    field?: string, 
    /** When to try again; 0 where that makes no sense. */
    retryAfterSeconds?: number);
}
/** Some events could not be sent in time; each has its id, so send them again and none is stored twice. */
export declare class NotSent extends ClientError {
    readonly events: readonly Event[];
    readonly name = "NotSent";
    constructor(events: readonly Event[], cause: Error);
}
/** The seconds a server asks to wait; 0 where it does not tell. */
export declare function secondsToWait(answer: Response): number;
/** The error that an answer tells, in any of the shapes the server has for it. */
export declare function refusal(answer: Response): Promise<Refused>;
