import { FailureLog } from '@llm-otel/core';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import { CANCELLED, NOT_ANSWERED, type OpenCall, TIMED_OUT } from './open-calls.ts';
import type { AnyFunction } from './protocol-shape.ts';

/** The method that each request of an endpoint goes through: SDK 2 has one below its public `request`. */
const FUNNELS = ['_requestWithSchemaViaCodec', 'request'] as const;

interface Asking {
  open?: OpenCall;
}

const failures = new FailureLog();

/**
 * Lets a request end when the promise settles that the application waits for, and with its error: a deadline, an abort or
 * an answer of the wrong shape ends it without any message. Returns what to tell of each request that goes out.
 */
export function awaitRequests(endpoint: object): (open: OpenCall) => void {
  let asking: Asking | undefined;
  const name = FUNNELS.find((funnel) => typeof Reflect.get(endpoint, funnel) === 'function');
  const request = name === undefined ? undefined : (Reflect.get(endpoint, name) as AnyFunction);
  if (name === undefined || request === undefined) return () => undefined;

  overrideMember(endpoint, name, function observed(this: unknown, ...args: unknown[]): unknown {
    const outer = asking;
    const inner: Asking = {};
    asking = inner;
    let answer: unknown;
    try {
      answer = Reflect.apply(request, this, args);
    } finally {
      // The request goes out before the SDK returns, or it does not go out at all.
      asking = outer;
    }
    const { open } = inner;
    if (open === undefined || !(answer instanceof Promise)) return answer;
    open.awaited = true;
    return answer.then(
      (result: unknown) => {
        open.call.end();
        return result;
      },
      (error: unknown) => {
        failures.guard('ending an MCP request', () => fail(open, error, args));
        throw error;
      },
    );
  });
  return (open) => {
    if (asking !== undefined) asking.open ??= open;
  };
}

function fail(open: OpenCall, error: unknown, args: readonly unknown[]): void {
  const { call, refused } = open;
  open.forget();
  const message = readMember(error, 'message');
  const said = typeof message === 'string' && { message };
  if (refused === true) call.end();
  else if (isAborted(args)) call.fail({ ...CANCELLED, ...said });
  else if (isTimeout(error)) call.fail({ ...TIMED_OUT, ...said });
  else if (isClosed(error)) call.fail({ ...NOT_ANSWERED, ...said });
  else call.fail(error);
}

/** Options are the last argument, in both versions. */
function isAborted(args: readonly unknown[]): boolean {
  return readMember(readMember(args.at(-1), 'signal'), 'aborted') === true;
}

function isTimeout(error: unknown): boolean {
  const code = readMember(error, 'code');
  return code === -32_001 || code === 'REQUEST_TIMEOUT';
}

function isClosed(error: unknown): boolean {
  const code = readMember(error, 'code');
  return code === -32_000 || code === 'CONNECTION_CLOSED';
}
