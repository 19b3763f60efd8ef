import { FailureLog } from '@llm-otel/core';
import { readMember } from '../read-member.ts';
import type { CallObserver } from './observe-method.ts';
import { overrideMember } from './override-member.ts';

const failures = new FailureLog();

/** What a helper does with one signal. */
interface HelperCalls {
  /** Ends the call that is under way, as one that is left. */
  leave: (() => void) | undefined;
  isLeft: boolean;
}

/** By the signal that a helper gives to each request it makes: that is all a request knows of its helper. */
const callsBySignal = new WeakMap<object, HelperCalls>();

/** A call that `signal` aborts has begun. `leave` ends it, where a helper of the client makes it and is left. */
export function callOfSignal(signal: unknown, leave: () => void): void {
  if (typeof signal !== 'object' || signal === null) return;
  const calls = callsOf(signal);
  calls.leave = leave;
  if (calls.isLeft) leave();
}

/**
 * Observes a method that makes calls with others and answers with what can be iterated, such as `client.messages.stream()`. Such a
 * helper ends its request with an abort when its reader leaves; that a reader has left is no error, and is told before.
 */
export const observeStreamHelper: CallObserver = (run) => {
  const helper = run();
  failures.guard('observing a stream helper', () => watch(helper));
  return helper;
};

function watch(helper: unknown): void {
  if (typeof helper !== 'object' || helper === null) return;
  const open: unknown = Reflect.get(helper, Symbol.asyncIterator);
  if (typeof open !== 'function') return;
  overrideMember(helper, Symbol.asyncIterator, () => {
    const iterator = Reflect.apply(open, helper, []) as AsyncIterator<unknown>;
    failures.guard('observing a stream helper', () => watchIterator(iterator, signalOf(helper)));
    return iterator;
  });
}

function watchIterator(iterator: AsyncIterator<unknown>, ofHelper: unknown): void {
  const leave = iterator.return?.bind(iterator);
  if (leave === undefined) return;
  let signal = ofHelper;
  overrideMember(iterator, 'return', (...args: unknown[]): unknown => {
    left(signal);
    return leave(...args);
  });
  if (ofHelper !== undefined) return;
  // A loop with tools: each of its answers is a helper, and goes with it.
  const next = iterator.next.bind(iterator);
  overrideMember(iterator, 'next', (...args: []): unknown => {
    const answer = next(...args);
    // Stand-ins of tests may answer with whatever.
    Promise.resolve(answer).then(
      (step: unknown) => (signal = signalOf(readMember(step, 'value'))),
      () => undefined,
    );
    return answer;
  });
}

function left(signal: unknown): void {
  if (typeof signal !== 'object' || signal === null) return;
  const calls = callsOf(signal);
  calls.isLeft = true;
  failures.guard('leaving a stream helper', () => calls.leave?.());
}

function callsOf(signal: object): HelperCalls {
  const known = callsBySignal.get(signal);
  if (known !== undefined) return known;
  const calls = { leave: undefined, isLeft: false };
  callsBySignal.set(signal, calls);
  return calls;
}

function signalOf(helper: unknown): unknown {
  return readMember(readMember(helper, 'controller'), 'signal');
}
