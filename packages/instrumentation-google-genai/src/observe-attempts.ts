import { FailureLog } from '@llm-otel/core';
import {
  CallRetries,
  isObserved,
  markObserved,
  overrideMember,
  readMember,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';
import type { GoogleResource } from './google-client.ts';

const failures = new FailureLog();
/** `apiCall(url, init, retryOptions, timeout, abortSignal, fetch)` */
const [RETRY_OPTIONS, FETCH] = [2, 5];

type Fetch = (...args: readonly unknown[]) => unknown;

/**
 * Watches a client try again: an event on the span of the call for each attempt behind the first. Nothing is different for a
 * call that is not to be tried again, nor in releases before 2.23, which take no function to fetch with. Needs a context manager.
 */
export function observeAttempts(resource: GoogleResource): void {
  const client = readMember(resource, 'apiClient');
  const apiCall = readMember(client, 'apiCall');
  if (typeof apiCall !== 'function' || isObserved(apiCall)) return;
  const observed = function (this: unknown, ...args: unknown[]): unknown {
    const retries = args.length > FETCH && args[RETRY_OPTIONS] ? CallRetries.active() : undefined;
    if (retries !== undefined) args[FETCH] = counting(args[FETCH], retries);
    return Reflect.apply(apiCall, this, args);
  };
  markObserved(observed, apiCall as ResourceMethod);
  overrideMember(client as object, 'apiCall', observed);
}

function counting(given: unknown, retries: CallRetries): Fetch {
  let attempts = 0;
  let headers: unknown;
  return (...args) => {
    if (attempts++ > 0) failures.guard('observing a retry', () => retries.again(headers));
    headers = undefined;
    // The one of the moment, as the client takes it.
    const fetchNow = (given ?? globalThis.fetch) as Fetch;
    const answer = fetchNow(...args);
    void Promise.resolve(answer).then(
      (response) => {
        headers = readMember(response, 'headers');
        retries.answered(response);
      },
      () => undefined,
    );
    return answer;
  };
}
