import { context as contextApi, type Context } from '@opentelemetry/api';

/**
 * An iterable whose steps run in `context`. The body of an async generator otherwise runs in the context of whoever
 * asks for its next value: a stream that is made inside a span and read outside would lose the span.
 * @param context - the active context where left out
 */
export function bindAsyncIterable<Value, Return, Next>(
  iterable: AsyncIterable<Value, Return, Next>,
  context: Context = contextApi.active(),
): AsyncIterable<Value, Return, Next> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = contextApi.with(context, () => iterable[Symbol.asyncIterator]());
      const bound: AsyncIterator<Value, Return, Next> = {
        next: (...args) => contextApi.with(context, () => iterator.next(...args)),
      };
      // Members that an iterator lacks must stay away: `for await` and `yield*` look for them.
      if (iterator.return !== undefined) {
        bound.return = (value) =>
          contextApi.with(context, () =>
            (iterator.return as NonNullable<typeof iterator.return>)(value),
          );
      }
      if (iterator.throw !== undefined) {
        bound.throw = (error) =>
          contextApi.with(context, () =>
            (iterator.throw as NonNullable<typeof iterator.throw>)(error),
          );
      }
      return bound;
    },
  };
}
