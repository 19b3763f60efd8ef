import { context as contextApi, type Context } from '@opentelemetry/api';

/**
 * A function that runs `callback` in `context`, whoever calls it and when: a callback handed to a pool, a batcher or a
 * library that keeps a queue of its own. Arguments, `this` and the result pass through.
 * @param context - the active context where left out
 */
export function bindContext<Arguments extends readonly unknown[], Result, This = unknown>(
  callback: (this: This, ...args: Arguments) => Result,
  context: Context = contextApi.active(),
): (this: This, ...args: Arguments) => Result {
  return contextApi.bind(context, callback);
}
