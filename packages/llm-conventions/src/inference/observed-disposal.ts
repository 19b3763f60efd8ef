import type { StreamObserver } from './observe-stream.ts';

type Dispose = () => unknown;

/**
 * The `Symbol.asyncDispose` and `Symbol.dispose` of a source that has them, observed: who disposes of a stream has left it.
 * No bound functions: V8 does not take one for a method that `await using` may call.
 */
export function observedDisposal(
  source: object,
  observer: StreamObserver,
): ReadonlyMap<PropertyKey, Dispose> {
  const disposal = new Map<PropertyKey, Dispose>();
  for (const key of DISPOSE_SYMBOLS) {
    const dispose: unknown = Reflect.get(source, key);
    if (typeof dispose !== 'function') continue;
    disposal.set(key, () => observer.leave(() => Reflect.apply(dispose, source, []) as unknown));
  }
  return disposal;
}

/** Not in every runtime. */
const DISPOSE_SYMBOLS: readonly symbol[] = [Symbol.asyncDispose, Symbol.dispose].filter(
  (symbol: symbol | undefined) => symbol !== undefined,
);
