import { diag } from '@opentelemetry/api';
import { readMember } from '../read-member.ts';
import { observeRetries } from './call-retries.ts';
import { isObserved, type ResourceMethod } from './observed-function.ts';
import { type CallObserver, observeMethod } from './observe-method.ts';
import { overrideMember } from './override-member.ts';

/** What is done to a client. */
export interface ClientInstrumentation<M extends { readonly path: readonly string[] }> {
  /** The package that does it, as `instrumentation-openai`. */
  readonly name: string;
  /** The package the client is of. */
  readonly library: string;
  /** Where each method is on the client: the resource's members, then the method. */
  readonly methods: readonly M[];
  /** How the calls of a method are observed. */
  readonly observe: (client: object, method: M) => CallObserver;
}

/**
 * Observes the methods of a client in place and returns it. One that is observed already stays as it is; clients made of
 * it by `withOptions` are observed, too. What is no such client is told once through `diag` and left alone.
 */
export function instrumentClient<C extends object, M extends { readonly path: readonly string[] }>(
  client: C,
  instrumentation: ClientInstrumentation<M>,
): C {
  const { name, library, methods, observe } = instrumentation;
  const marker = Symbol.for(`llm-otel.${name}`);
  if (Object.hasOwn(client, marker)) return client;
  const found = methods.filter((method) => {
    const resource = method.path.slice(0, -1).reduce<unknown>(readMember, client);
    const member = method.path.at(-1) ?? '';
    const own = readMember(resource, member);
    if (typeof resource !== 'object' || resource === null || typeof own !== 'function')
      return false;
    if (isObserved(own)) return true;
    return overrideMember(
      resource,
      member,
      observeMethod(own as ResourceMethod, observe(client, method)),
    );
  });
  if (found.length === 0) {
    diag.warn(
      `llm-otel: instrument() of ${name} was given something that is no client of the ${library} package: its calls are not observed`,
    );
    return client;
  }
  overrideMember(client, marker, true);
  observeRetries(client);
  instrumentClones(client, instrumentation);
  return client;
}

/** `client.withOptions()` makes a client of its own. */
function instrumentClones<M extends { readonly path: readonly string[] }>(
  client: object,
  instrumentation: ClientInstrumentation<M>,
): void {
  const withOptions = readMember(client, 'withOptions');
  if (typeof withOptions !== 'function') return;
  overrideMember(client, 'withOptions', (...args: unknown[]): unknown => {
    const clone: unknown = Reflect.apply(withOptions, client, args);
    return typeof clone === 'object' && clone !== null
      ? instrumentClient(clone, instrumentation)
      : clone;
  });
}
