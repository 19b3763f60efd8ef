import {
  context,
  type Context,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { endSpan, startSpan } from './guarded-span.ts';
import { recordError } from './record-error.ts';
import { isTracingOff, NO_SPAN } from './tracing-off.ts';

export interface WithSpanOptions extends SpanOptions {
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

/**
 * Runs `work` inside a new active span that ends when `work` returns, throws or settles.
 * What `work` returns or throws reaches the caller as it is. A tracer or processor that throws is kept away
 * from the application: the failure is logged once through `diag`, and the work goes on.
 */
export function withSpan<T>(
  tracer: Tracer,
  name: string,
  given: WithSpanOptions | undefined,
  work: (span: Span) => T,
): T {
  const options = given ?? {};
  if (options.parent === undefined && isTracingOff(tracer)) return work(NO_SPAN);

  const parent = options.parent ?? context.active();
  const span = startSpan(tracer, name, options, parent);
  let result: T;
  try {
    result = context.with(trace.setSpan(parent, span), work, undefined, span);
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
  if (isPromise(result)) return endingWith(result, span);
  endSpan(span);
  return result;
}

function endFailed(span: Span, error: unknown): void {
  recordError(span, error);
  endSpan(span);
}

/** `promise`, with `span` ended when it settles. */
function endingWith<T extends Promise<unknown>>(promise: T, span: Span): T {
  const chained = promise.then(
    (value) => {
      endSpan(span);
      return value;
    },
    (error: unknown) => {
      endFailed(span, error);
      throw error;
    },
  );
  if (chained.constructor === promise.constructor) return chained as T;
  // A promise with methods of its own, whose `then` gives a plain one: the caller gets the one with the methods.
  // It also gets the rejection there; here it must not count as unhandled a second time.
  chained.catch(() => undefined);
  return promise;
}

// Only real promises: a lazy thenable (such as a query builder) would be started by asking it.
function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
