import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { observeApiPromise, overrideMember } from '@llm-otel/llm-conventions/client';
import type { ResourceMethod } from './client-shape.ts';
import type { StartedCall } from './started-call.ts';

const failures = new FailureLog();
const ORIGINAL = Symbol('original');

/** Whether a method is observed already. */
export function isObserved(method: unknown): boolean {
  return originalOf(method) !== undefined;
}

/** The client's own method behind an observed one. */
export function originalOf(method: unknown): ResourceMethod | undefined {
  return typeof method === 'function' && ORIGINAL in method
    ? (method[ORIGINAL] as ResourceMethod)
    : undefined;
}

/**
 * `method`, with each call of it observed. What it returns and throws is what the client returns and throws; where a
 * call cannot be observed, or `start` answers that it is not to be, it runs as if nobody did.
 */
export function observeMethod(
  method: ResourceMethod,
  start: (resource: unknown, args: readonly unknown[]) => StartedCall | undefined,
): ResourceMethod {
  const observedMethod = function observed(this: unknown, ...args: unknown[]): unknown {
    const call = failures.guard('starting the span of an OpenAI call', () => start(this, args));
    if (call === undefined) return Reflect.apply(method, this, args);
    let answer: unknown;
    try {
      answer = context.with(call.context, () => Reflect.apply(method, this, args));
    } catch (error) {
      told(() => call.fail(error));
      throw error;
    }
    const observer = {
      parsed: (body: unknown) => told(() => call.parsed(body)),
      responded: () => told(() => call.end()),
      failed: (error: unknown) => told(() => call.fail(error)),
      dropped: () => told(() => call.end()),
    };
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
  };
  overrideMember(observedMethod, ORIGINAL, method);
  overrideMember(observedMethod, 'name', method.name);
  overrideMember(observedMethod, 'length', method.length);
  return observedMethod;
}

function told(tell: () => void): void {
  failures.guard('observing an OpenAI call', tell);
}
