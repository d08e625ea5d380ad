/** Base of all errors of the client. */
export class ClientError extends Error {
    name = "ClientError";
}
/** The server answered with an error. */
export class Refused extends ClientError {
    status;
    code;
    field;
    retryAfterSeconds;
    name = "Refused";
    constructor(status, message, 
    /** What kind of error, where the server told. */
    code = "", 
    /** What is to blame, where one part is. */
    field = "", 
    /** When to try again; 0 where that makes no sense. */
    retryAfterSeconds = 0) {
        super(message);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }
}
/** Some events could not be sent in time; each has its id, so send them again and none is stored twice. */
export class NotSent extends ClientError {
    events;
    name = "NotSent";
    constructor(events, cause) {
        super(`${events.length} events could not be sent in time: ${cause.message}`, { cause });
        this.events = events;
    }
}
/** The seconds a server asks to wait; 0 where it does not tell. */
export function secondsToWait(answer) {
    return Number(answer.headers.get("retry-after")) || 0;
}
/** The error that an answer tells, in any of the shapes the server has for it. */
export async function refusal(answer) {
    const told = await answer.json().catch(() => ({}));
    const error = told.error;
    const wait = secondsToWait(answer);
    if (typeof error === "string")
        return new Refused(answer.status, error, "", "", wait);
    const { message, code, field } = (error ?? {});
    return new Refused(answer.status, message ?? answer.statusText, code, field, wait);
}
