import { standIn } from '@llm-otel/core';
import { observedDisposal } from './observed-disposal.ts';
import { type AnyIterator, ObservedIterator } from './observed-iterator.ts';
import type { StreamObserver } from './observe-stream.ts';

type AnyIterable = AsyncIterable<unknown> & Partial<AnyIterator>;

/**
 * Stands for an async iterable: the same members, the same chunks, with its iteration observed. A proxy, so
 * that a client's own stream class keeps its methods and its `instanceof`, and the original stays as it is.
 */
export function observeIterable(source: AnyIterable, observer: StreamObserver): AnyIterable {
  // A generator is its own iterator: its next, return and throw are observed on the object itself.
  let own: ObservedIterator | undefined;
  const disposal = observedDisposal(source, observer);
  const proxy: AnyIterable = standIn(source, (target, key) => {
    if (key === Symbol.asyncIterator) {
      if (own !== undefined) return () => proxy;
      const open = target[Symbol.asyncIterator].bind(target);
      return () => new ObservedIterator(observer.ask(open), observer, proxy);
    }
    if (own !== undefined && (key === 'next' || key === 'return' || key === 'throw'))
      return own[key].bind(own);
    const dispose = disposal.get(key);
    if (dispose !== undefined) return dispose;
    const value: unknown = Reflect.get(target, key, target);
    // Methods may use private fields, which only the original has.
    return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
  });
  if (typeof source.next === 'function')
    own = new ObservedIterator(source as unknown as AnyIterator, observer, proxy);
  return proxy;
}
