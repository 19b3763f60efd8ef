import { context, type Span, trace } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { CallRetries } from './call-retries.ts';
import { type ApiPromiseObserver, observeApiPromise } from './observe-api-promise.ts';
import type { StartedCall } from './started-call.ts';

const failures = new FailureLog();

/**
 * Runs a call of the client with a span around it. What it returns and throws is what the client returns and throws;
 * where the call cannot be observed, or `start` answers that it is not to be, it runs as if nobody did.
 */
export function observeCall(run: () => unknown, start: () => StartedCall | undefined): unknown {
  const call = startGuarded(start);
  if (call === undefined) return run();
  const retries = new CallRetries();
  retries.span = ownSpanOf(call);
  let answer: unknown;
  try {
    answer = context.with(retries.within(call.context), run);
  } catch (error) {
    failGuarded(call, error);
    throw error;
  }
  return followAnswer(answer, call);
}

/** Starts the span of a call; undefined where that fails, which is logged once. */
export function startGuarded(start: () => StartedCall | undefined): StartedCall | undefined {
  try {
    return start();
  } catch (error) {
    failures.report('starting the span of a client call', error);
    return undefined;
  }
}

/** The span that was started for a call. Where telemetry is off, a call has that of the application around it. */
export function ownSpanOf(call: StartedCall): Span | undefined {
  return call.span === trace.getSpan(context.active()) ? undefined : call.span;
}

export function failGuarded(call: StartedCall, error: unknown): void {
  try {
    call.fail(error);
  } catch (failure) {
    report(failure);
  }
}

/** Watches for the answer, and gives back what the application is to get. */
export function followAnswer(answer: unknown, call: StartedCall): unknown {
  const observer = new AnswerObserver(call);
  if (observeApiPromise(answer, observer)) return answer;
  // Not the client's own promise, as when a test has put a method of its own there.
  if (!(answer instanceof Promise)) {
    observer.parsed(answer);
    return answer;
  }
  return answer.then(
    (body: unknown) => {
      observer.parsed(body);
      return body;
    },
    (error: unknown) => {
      observer.failed(error);
      throw error;
    },
  );
}

/** Tells a call what happens to its request. A call that throws has failed to be observed, and that is all. */
class AnswerObserver implements ApiPromiseObserver {
  readonly #call: StartedCall;

  constructor(call: StartedCall) {
    this.#call = call;
  }

  parsed(body: unknown): void {
    try {
      this.#call.parsed(body);
    } catch (error) {
      report(error);
    }
  }

  responded(): void {
    endGuarded(this.#call);
  }

  failed(error: unknown): void {
    failGuarded(this.#call, error);
  }

  dropped(): void {
    endGuarded(this.#call);
  }

  taken(props: unknown): unknown {
    try {
      return this.#call.taken?.(props) ?? props;
    } catch (error) {
      report(error);
      return props;
    }
  }
}

function endGuarded(call: StartedCall): void {
  try {
    call.end();
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  failures.report('observing a client call', error);
}
