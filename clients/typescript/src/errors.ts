import type { Event } from "./operations.js";

/** Base of all errors of the client. */
export class ClientError extends Error {
  override readonly name: string = "ClientError";
}

/** The server answered with an error. */
export class Refused extends ClientError {
  override readonly name = "Refused";

  constructor(
    readonly status: number,
    message: string,
    /** What kind of error, where the server told. */
    readonly code = "",
    /** What is to blame, where one part is. */
    readonly field = "",
    /** When to try again; 0 where that makes no sense. */
    readonly retryAfterSeconds = 0,
  ) {
    super(message);
  }
}

/** Some events could not be sent in time; each has its id, so send them again and none is stored twice. */
export class NotSent extends ClientError {
  override readonly name = "NotSent";

  constructor(
    readonly events: readonly Event[],
    cause: Error,
  ) {
    super(`${events.length} events could not be sent in time: ${cause.message}`, { cause });
  }
}

/** The seconds a server asks to wait; 0 where it does not tell. */
export function secondsToWait(answer: Response): number {
  return Number(answer.headers.get("retry-after")) || 0;
}

/** The error that an answer tells, in any of the shapes the server has for it. */
export async function refusal(answer: Response): Promise<Refused> {
  const told: unknown = await answer.json().catch(() => ({}));
  const error = (told as { error?: unknown }).error;
  const wait = secondsToWait(answer);
  if (typeof error === "string") return new Refused(answer.status, error, "", "", wait);
  const { message, code, field } = (error ?? {}) as { message?: string; code?: string; field?: string };
  return new Refused(answer.status, message ?? answer.statusText, code, field, wait);
}
