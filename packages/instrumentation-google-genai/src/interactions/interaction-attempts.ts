import { FailureLog } from '@llm-otel/core';
import {
  CallRetries,
  isObserved,
  markObserved,
  observeRetries,
  overrideMember,
  readMember,
  readNumber,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';

const failures = new FailureLog();

/** The last attempt of a call, where it has failed; the headers of its answer, where there was one. */
const failed = new WeakMap<CallRetries, { readonly headers?: unknown }>();

/**
 * Watches the client of `interactions` and its like try again: an event on the span of the call for each attempt behind one that has failed. A
 * request that goes on where a server has stopped follows one that went well, and is none. Needs a context manager.
 */
export function observeInteractionAttempts(resource: unknown): void {
  // Up to 2.3 it is a client as that of OpenAI.
  const earlier = readMember(resource, '_client');
  if (typeof earlier === 'object' && earlier !== null) observeRetries(earlier);
  override(resource, 'getClient', (getClient, self, args) => {
    const client: unknown = Reflect.apply(getClient, self, args);
    failures.guard('observing the attempts of a client', () => observeRequests(client));
    return client;
  });
}

function observeRequests(client: unknown): void {
  override(readMember(client, '_httpClient'), 'request', (request, self, args) => {
    const retries = CallRetries.active();
    if (retries === undefined) return Reflect.apply(request, self, args);
    const before = failed.get(retries);
    failed.delete(retries);
    if (before !== undefined)
      failures.guard('observing a retry', () => retries.again(before.headers));
    const answer: unknown = Reflect.apply(request, self, args);
    void Promise.resolve(answer).then(
      (response) => {
        retries.answered(response);
        if ((readNumber(response, 'status') ?? 0) >= 400)
          failed.set(retries, { headers: readMember(response, 'headers') });
      },
      () => failed.set(retries, {}),
    );
    return answer;
  });
}

type Method = (...args: readonly unknown[]) => unknown;

function override(
  owner: unknown,
  name: string,
  call: (method: Method, self: unknown, args: readonly unknown[]) => unknown,
): void {
  const method = readMember(owner, name);
  if (typeof method !== 'function' || isObserved(method)) return;
  const observed = function (this: unknown, ...args: unknown[]): unknown {
    return call(method as Method, this, args);
  };
  markObserved(observed, method as ResourceMethod);
  overrideMember(owner as object, name, observed);
}
