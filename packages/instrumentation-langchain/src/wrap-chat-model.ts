import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  overrideMember,
  type ResourceMethod,
  withWrappedCalls,
  WrappedCalls,
} from '@llm-otel/llm-conventions/client';
import { watchFirstChunk } from './first-chunk.ts';
import { makeStream, whenDropped } from './left-streams.ts';
import { ownerOf, wrapMember } from './wrap-member.ts';

const failures = new FailureLog();

/**
 * Lets the client library below a chat model know that its call is one of LangChain's, also where nothing else of
 * LangChain is around it.
 */
export function wrapChatModel(modelClass: unknown, isEnabled: () => boolean): void {
  const prototype: unknown =
    typeof modelClass === 'function' ? (modelClass.prototype as unknown) : undefined;
  const inside = (work: () => unknown): unknown =>
    isEnabled()
      ? context.with(withWrappedCalls(context.active(), new WrappedCalls()), work)
      : work();
  wrapMember(
    ownerOf(prototype, 'stream'),
    'stream',
    (stream) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        const make = (): unknown => Reflect.apply(stream, this, args);
        return isEnabled() ? makeStream(make) : make();
      },
  );
  wrapMember(
    prototype,
    '_generateUncached',
    (generate) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        return inside(() => Reflect.apply(generate, this, args));
      },
  );
  wrapMember(
    prototype,
    '_streamIterator',
    (stream) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        const iterator = Reflect.apply(stream, this, args) as AsyncGenerator;
        if (!isEnabled()) return iterator;
        const calls = new WrappedCalls();
        // A stream that nobody reads, or that is not read on.
        whenDropped(iterator, calls);
        const active = withWrappedCalls(context.active(), calls);
        let isBegun = false;
        for (const name of ['next', 'return', 'throw'] as const) {
          const step = iterator[name].bind(iterator) as ResourceMethod;
          overrideMember(iterator, name, (...given: unknown[]) => {
            const answer = context.with(active, () => Reflect.apply(step, iterator, given));
            if (name === 'next' && !isBegun) {
              isBegun = true;
              watchFirstChunk(calls, answer as Promise<IteratorResult<unknown>>);
            }
            // Who stops reading tells nobody else: LangChain's callbacks hear nothing more.
            if (name === 'return') failures.guard('leaving a stream', () => calls.leaveAll());
            return answer;
          });
        }
        return iterator;
      },
  );
}
