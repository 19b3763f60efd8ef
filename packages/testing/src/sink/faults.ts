import { validateHeaderValue } from 'node:http';
import type { OtlpSignal } from '../otlp/decode-request.ts';

interface FaultOptions {
  /** For how many requests. @defaultValue until `recover()` */
  readonly times?: number | undefined;
  /** Only for requests of this signal. @defaultValue all signals */
  readonly signal?: OtlpSignal | undefined;
}

export interface AnswerFault extends FaultOptions {
  /** HTTP status. With 200 to 299 the items count as received, otherwise not. */
  readonly status: number;
  /** `Retry-After` header: seconds, a date, or any text to send as it is. */
  readonly retryAfter?: number | Date | string | undefined;
  /** Body instead of OTLP's own. */
  readonly body?: string | Uint8Array | undefined;
  /** Says that the last `rejected` spans, metrics or log records were not taken; the others are. */
  readonly partialSuccess?:
    | { readonly rejected: number; readonly message?: string | undefined }
    | undefined;
}

export interface LostReplyFault extends FaultOptions {
  /**
   * Whether the items are received although the client never hears so: a client that tries again
   * then sends duplicates. @defaultValue false
   */
  readonly received?: boolean | undefined;
}

export type Fault =
  | ({ readonly kind: 'answer' } & AnswerFault)
  | ({ readonly kind: 'hang' } & LostReplyFault)
  | ({ readonly kind: 'reset' } & LostReplyFault);

/** Faults in the order they were asked for, each for its number of requests; an endless one comes last. */
export class FaultQueue {
  #limited: { readonly fault: Fault; left: number }[] = [];
  #endless: Fault[] = [];

  /**
   * An endless fault replaces the earlier one for the same signal.
   * @throws Error for a status or a header that HTTP does not have: here, and not when the request comes
   */
  add(fault: Fault): void {
    if (fault.kind === 'answer') checkAnswer(fault);
    if (fault.times !== undefined) this.#limited.push({ fault, left: fault.times });
    else this.#endless = [fault, ...this.#endless.filter((other) => other.signal !== fault.signal)];
  }

  /** The fault for the next request of `signal`, if there is one. */
  next(signal: OtlpSignal): Fault | undefined {
    const applies = (fault: Fault): boolean =>
      fault.signal === undefined || fault.signal === signal;
    const limited = this.#limited.find(({ fault, left }) => left > 0 && applies(fault));
    if (limited === undefined) return this.#endless.find(applies);
    limited.left -= 1;
    if (limited.left === 0) this.#limited = this.#limited.filter((entry) => entry !== limited);
    return limited.fault;
  }

  clear(): void {
    this.#limited = [];
    this.#endless = [];
  }
}

function checkAnswer({ status, retryAfter }: AnswerFault): void {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new RangeError(`status is ${status}: use a whole number from 200 to 599`);
  if (retryAfter !== undefined) validateHeaderValue('retry-after', retryAfterText(retryAfter));
}

/** The value of a `Retry-After` header. */
export function retryAfterText(value: number | Date | string): string {
  return value instanceof Date ? value.toUTCString() : String(value);
}
