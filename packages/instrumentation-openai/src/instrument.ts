import { createGenAi, type GenAi, type GenAiOptions } from '@llm-otel/llm-conventions';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import { diag } from '@opentelemetry/api';
import type { ResourceMethod } from './client-shape.ts';
import { observedMethods } from './observed-methods.ts';
import { isObserved, observeMethod } from './observe-method.ts';
import { serverOf } from './server-of-client.ts';

export interface OpenAiOptions extends GenAiOptions {
  /** Records with this one, made by `createGenAi`; the other options are then its. */
  readonly genAi?: GenAi | undefined;
  /**
   * Ends the span of a stream that is not over by then, with the error `timeout`; the stream itself goes on.
   * @defaultValue none: a stream that nobody reads is ended when it is garbage
   */
  readonly streamTimeoutMillis?: number | undefined;
}

const INSTRUMENTED = Symbol.for('llm-otel.instrumentation-openai');

/**
 * Observes the calls of a client of the `openai` package: one span for each, with tokens, cost, times and errors.
 * Returns the client it was given, which behaves as before. A client that is observed already stays as it is;
 * clients made of it by `withOptions` are observed, too. Works without any Node.js module.
 */
export function instrument<C extends object>(client: C, options: OpenAiOptions = {}): C {
  if (Object.hasOwn(client, INSTRUMENTED)) return client;
  const genAi = options.genAi ?? createGenAi(options);
  const settings = { ...options, genAi };
  const found = observedMethods.filter(({ path, start }) => {
    const resource = path.slice(0, -1).reduce<unknown>(readMember, client);
    const name = path.at(-1) ?? '';
    const method = readMember(resource, name);
    if (typeof resource !== 'object' || resource === null || typeof method !== 'function')
      return false;
    if (isObserved(method)) return true;
    const observed = observeMethod(method as ResourceMethod, (_resource, args) =>
      start(args, {
        genAi,
        server: serverOf(client),
        streamTimeoutMillis: options.streamTimeoutMillis,
      }),
    );
    return overrideMember(resource, name, observed);
  });
  if (found.length === 0) {
    diag.warn(
      'llm-otel: instrument() of instrumentation-openai was given something that is no client of the openai package: its calls are not observed',
    );
    return client;
  }
  overrideMember(client, INSTRUMENTED, true);
  instrumentClones(client, settings);
  return client;
}

/** `client.withOptions()` makes a client of its own. */
function instrumentClones(client: object, options: OpenAiOptions): void {
  const withOptions = readMember(client, 'withOptions');
  if (typeof withOptions !== 'function') return;
  overrideMember(client, 'withOptions', (...args: unknown[]): unknown => {
    const clone: unknown = Reflect.apply(withOptions, client, args);
    return typeof clone === 'object' && clone !== null ? instrument(clone, options) : clone;
  });
}
