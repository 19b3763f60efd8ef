import type { Exception, Span } from '@opentelemetry/api';
import { errorWord } from './error-word.ts';
import { FailureLog } from './failure-log.ts';

const STATUS_ERROR = 2;

const failures = new FailureLog();

/**
 * A low-cardinality word for `error.type`: the error's code (`ECONNRESET`, `rate_limit_exceeded`), else
 * its class name, else `_OTHER`. Never the message. Never throws.
 */
export function errorTypeOf(error: unknown): string {
  return errorCodeOf(error) ?? (isError(error) ? wordIn(error, 'name') : undefined) ?? '_OTHER';
}

/**
 * The error's own `code`. A `TypeError` of `fetch` says only that it failed: for one, the code of its cause, such as
 * `ECONNREFUSED`. `undefined` where there is none. Never throws.
 */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const own = wordIn(error, 'code');
  if (own !== undefined || !isError(error) || wordIn(error, 'name') !== 'TypeError') return own;
  const cause = readMember(error, 'cause');
  return typeof cause === 'object' && cause !== null ? wordIn(cause, 'code') : undefined;
}

/**
 * The error as it is given to `span.recordException`. SDKs take a code for its type, of `DOMException` too, where it is a
 * number from the time before errors had names: an abort would be of type `20`.
 */
export function exceptionOf(error: Error): Exception {
  if (typeof readMember(error, 'code') !== 'number') return error;
  const { name, message, stack } = error;
  return { name, message, ...(stack !== undefined && { stack }) };
}

/**
 * Sets the status, `error.type` and an exception event. The message may hold content: redaction comes later.
 * Never throws, whatever was thrown at it.
 */
export function recordError(
  span: Span,
  error: unknown,
  errorType: string = errorTypeOf(error),
): void {
  failures.guard('recording an error on a span', () => {
    const exception = isError(error) ? error : undefined;
    const message = exception === undefined ? undefined : readMember(exception, 'message');
    span.setAttribute('error.type', errorType);
    span.setStatus(
      typeof message === 'string' ? { code: STATUS_ERROR, message } : { code: STATUS_ERROR },
    );
    if (exception !== undefined) span.recordException(exceptionOf(exception));
  });
}

function wordIn(object: object, key: string): string | undefined {
  return errorWord(readMember(object, key));
}

function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    // A proxy may refuse to tell its prototype.
    return false;
  }
}

/** A member of any object, even where its getter throws. */
function readMember(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
