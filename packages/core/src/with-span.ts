import {
  context,
  type Context,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';

const STATUS_ERROR = 2;

/**
 * A low-cardinality word for `error.type`: the error's own code (`ECONNRESET`, `rate_limit_exceeded`), else
 * its class name, else `_OTHER`. Never the message.
 */
export function errorTypeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    const code = readMember(error, 'code');
    if (typeof code === 'string' && code !== '') return code;
    const name = readMember(error, 'name');
    if (error instanceof Error && typeof name === 'string' && name !== '') return name;
  }
  return '_OTHER';
}

/** Sets the status, `error.type` and an exception event. The message may hold content: redaction comes later. */
export function recordError(
  span: Span,
  error: unknown,
  errorType: string = errorTypeOf(error),
): void {
  const message = error instanceof Error ? String(readMember(error, 'message')) : undefined;
  span.setAttribute('error.type', errorType);
  span.setStatus(message === undefined ? { code: STATUS_ERROR } : { code: STATUS_ERROR, message });
  if (error instanceof Error) span.recordException(error);
}

export interface WithSpanOptions extends SpanOptions {
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

/**
 * Runs `work` inside a new active span that ends when `work` returns, throws or settles.
 * What `work` returns or throws reaches the caller as it is.
 */
export function withSpan<T>(
  tracer: Tracer,
  name: string,
  options: WithSpanOptions,
  work: (span: Span) => T,
): T {
  const parent = options.parent ?? context.active();
  const span = tracer.startSpan(name, options, parent);
  const failed = (error: unknown): never => {
    recordError(span, error);
    span.end();
    throw error;
  };
  let result: T;
  try {
    result = context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    return failed(error);
  }
  if (!isPromise(result)) {
    span.end();
    return result;
  }
  return result.then((value) => {
    span.end();
    return value;
  }, failed) as T;
}

// Only real promises: a lazy thenable (such as an API client's) would start a second request.
function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

/** A member of any object, even where its getter throws. */
function readMember(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
