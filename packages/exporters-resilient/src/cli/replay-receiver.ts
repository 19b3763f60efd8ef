import { type Signal, systemClock } from '@llm-otel/core';
import { failureCode } from '../delivery/failure-code.ts';
import type { Outcome } from '../delivery/sender.ts';
import { nodeTransport } from '../node/index.ts';
import { printableAddress } from '../otlp/failure-hint.ts';
import { resolveOtlp } from '../otlp/otlp-options.ts';
import { OtlpSender } from '../otlp/otlp-sender.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import type { StoredRequest } from '../spool/spool.ts';

/** What became of a request. */
export interface Replayed {
  /** Items that arrived. */
  readonly delivered: number;
  /** What of it the receiver will never take, and why. */
  readonly refused: readonly { readonly request: StoredRequest; readonly reason: string }[];
  /** Why it makes no sense to go on: every other request would get the same answer. The request stays. */
  readonly stopped?: Stopped | undefined;
}

export interface Stopped {
  readonly reason: string;
  /** What the receiver said. */
  readonly message: string;
}

/** Says something about this request and not about all: the others are tried. */
const OF_THIS_REQUEST: ReadonlySet<string> = new Set(['http_400', 'http_413', 'http_422']);
// A receiver that cannot be reached for so long will not come back while somebody waits at a terminal.
const PATIENCE_MILLIS = 15_000;
const ATTEMPT_MILLIS = 10_000;
const LONGEST_WAIT_MILLIS = 2000;

/** The receiver that somebody at a terminal named. */
export class ReplayReceiver {
  /** Of the signal, as it can be printed: keys in a query stay out of logs of CI. */
  readonly url: string;
  readonly #signal: Signal;
  readonly #sender: OtlpSender;
  readonly #transport = nodeTransport();
  readonly #interrupted: AbortSignal;

  /** Throws {@link InvalidOptionError} for an endpoint or a header that cannot be used. */
  constructor(
    signal: Signal,
    endpoint: string,
    headers: Readonly<Record<string, string>>,
    interrupted: AbortSignal,
  ) {
    const options = resolveOtlp({
      url: urlOf(endpoint, signal),
      headers,
      compression: 'gzip',
      transport: this.#transport,
    });
    this.url = printableAddress(options.url);
    this.#signal = signal;
    this.#sender = new OtlpSender({ ...options, clock: systemClock });
    this.#interrupted = interrupted;
  }

  /** Sends a request, in parts where it is too large. Never rejects. */
  async send({ body, items, sensitivity, format }: StoredRequest): Promise<Replayed> {
    const whole = RequestPayload.owned(this.#signal, { body, items }, { sensitivity });
    const refused: Replayed['refused'][number][] = [];
    let delivered = 0;
    const refuse = (part: RequestPayload, reason: string): void => {
      const request = { body: part.body, items: part.items, sensitivity, format };
      refused.push({ request, reason });
    };
    for (const parts = [whole]; parts.length > 0;) {
      const part = parts.shift()!;
      const outcome = await this.#outcomeOf(part);
      const smaller = outcome.kind === 'too_large' ? this.#sender.split(part) : undefined;
      if (outcome.kind === 'delivered') {
        const { rejected = 0 } = outcome;
        delivered += part.items - Math.min(rejected, part.items);
        // Which ones it refused is not said: all of it is kept.
        if (rejected > 0) refuse(part, 'partial_success');
      } else if (smaller !== undefined) parts.unshift(...smaller);
      else if (OF_THIS_REQUEST.has(outcome.reason)) refuse(part, outcome.reason);
      else {
        const said = outcome.kind === 'refused' ? outcome.message : undefined;
        const message = (outcome.kind === 'retry' ? outcome.detail : said) ?? '';
        return { delivered, refused, stopped: { reason: outcome.reason, message } };
      }
    }
    return { delivered, refused };
  }

  close(): void {
    this.#transport.close?.();
  }

  /** Failures that may pass are tried again for a while. */
  async #outcomeOf(part: RequestPayload): Promise<Outcome> {
    const since = performance.now();
    for (let wait = 250; ; wait *= 2) {
      const outcome = await this.#attempt(part);
      if (outcome.kind !== 'retry') return outcome;
      // A redirect or a web page may be a mistake that passes, but whoever waits for it at a terminal can do better.
      if (outcome.reason.startsWith('http_3') || outcome.reason === 'not_otlp') return outcome;
      const pause = Math.max(Math.min(wait, LONGEST_WAIT_MILLIS), outcome.afterMillis ?? 0);
      const isTooLong = performance.now() + pause - since > PATIENCE_MILLIS;
      if (isTooLong || this.#interrupted.aborted) return outcome;
      await this.#sleep(pause);
      if (this.#interrupted.aborted) return outcome;
    }
  }

  async #attempt(part: RequestPayload): Promise<Outcome> {
    const signal = AbortSignal.any([this.#interrupted, AbortSignal.timeout(ATTEMPT_MILLIS)]);
    try {
      return await this.#sender.send(part, signal);
    } catch (error) {
      return { kind: 'retry', reason: failureCode(error) };
    }
  }

  #sleep(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#interrupted.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}

/** The path goes in front of a query. What is no URL is refused by whoever gets it. */
function urlOf(endpoint: string, signal: Signal): string {
  if (!URL.canParse(endpoint)) return endpoint;
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url.href;
}
