import { type Context, context, createContextKey, type Span } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_LLM_OTEL_RETRY_AFTER_SECONDS,
} from '../generated/attributes.ts';
import { EVENT_LLM_OTEL_REQUEST_RETRY } from '../generated/events.ts';
import { ContextWith } from '../context-with.ts';
import { describeError } from '../error-facts.ts';
import { readMember } from '../read-member.ts';
import { setIfKnown } from '../set-if-known.ts';
import { markObserved, type ResourceMethod, isObserved } from './observed-function.ts';
import { overrideMember } from './override-member.ts';

const RETRIES = createContextKey('llm-otel retries of a client call');
const failures = new FailureLog();

/** The attempts of one call. The client makes them in the context of the call, which is how they are told apart. */
export class CallRetries {
  /** Known when the client has taken the call, which is before its first answer. */
  span: Span | undefined;
  #count: number;
  #status: unknown;

  /** `count`: how often the request was sent again before. */
  constructor(count = 0) {
    this.#count = count;
  }

  /** Those of the call that is under way. */
  static active(): CallRetries | undefined {
    const retries = context.active().getValue(RETRIES);
    return retries instanceof CallRetries ? retries : undefined;
  }

  within(parent: Context): Context {
    return new ContextWith(parent, RETRIES, () => this);
  }

  answered(response: unknown): void {
    this.#status = readMember(response, 'status');
  }

  /** An attempt has failed, and the client is about to wait for the next one. */
  again(headers: unknown): void {
    const status = this.#status;
    this.#status = undefined;
    this.#count++;
    if (this.span?.isRecording() !== true) return;
    const { statusCode, retryAfterSeconds } = describeError({ status, headers });
    const event: Record<string, number> = { [ATTR_HTTP_REQUEST_RESEND_COUNT]: this.#count };
    if (statusCode !== undefined) event[ATTR_HTTP_RESPONSE_STATUS_CODE] = statusCode;
    if (retryAfterSeconds !== undefined)
      event[ATTR_LLM_OTEL_RETRY_AFTER_SECONDS] = retryAfterSeconds;
    this.span.addEvent(EVENT_LLM_OTEL_REQUEST_RETRY, event);
    setIfKnown(this.span, ATTR_HTTP_REQUEST_RESEND_COUNT, this.#count);
  }
}

/**
 * Watches a client, or the class of it, try again: an event on the span of the call for each attempt behind the first.
 * The two methods are asked after an answer that is an error and before the next attempt; nothing is different for a
 * call that goes well. Needs a context manager.
 */
export function observeRetries(client: object): void {
  observe(client, 'shouldRetry', (retries, [response]) => retries.answered(response));
  observe(client, 'retryRequest', (retries, args) => retries.again(args.find(isHeaders)));
}

function observe(
  client: object,
  name: string,
  tell: (retries: CallRetries, args: readonly unknown[]) => void,
): void {
  const method: unknown = (client as Record<string, unknown>)[name];
  if (typeof method !== 'function' || isObserved(method)) return;
  const observed = function (this: unknown, ...args: unknown[]): unknown {
    const retries = CallRetries.active();
    if (retries !== undefined) failures.guard('observing a retry', () => tell(retries, args));
    return Reflect.apply(method, this, args);
  };
  markObserved(observed, method as ResourceMethod);
  overrideMember(client, name, observed);
}

function isHeaders(value: unknown): boolean {
  return typeof readMember(value, 'get') === 'function';
}
