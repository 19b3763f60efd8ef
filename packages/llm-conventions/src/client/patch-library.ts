import { readMember } from '../read-member.ts';
import { observeRetries } from './call-retries.ts';
import { isObserved, originalOf, type ResourceMethod } from './observed-function.ts';
import { type CallObserver, observeMethod } from './observe-method.ts';
import { overrideMember } from './override-member.ts';

const RETRY_METHODS = ['shouldRetry', 'retryRequest'];

/**
 * Observes the methods on the classes of a library, so that every client is observed, those that were made before as
 * well. `client` is the library's client class: the classes of its resources are its static members, with the names of
 * the resources: `OpenAI.Chat.Completions.prototype.create` for `chat.completions.create`.
 */
export function patchClasses<M extends { readonly path: readonly string[] }>(
  client: unknown,
  methods: readonly M[],
  observe: (method: M) => CallObserver,
): void {
  for (const method of methods) {
    const prototype = resourcePrototype(client, method.path);
    const name = method.path.at(-1) ?? '';
    const own = readMember(prototype, name);
    if (prototype === undefined || typeof own !== 'function' || isObserved(own)) continue;
    overrideMember(prototype, name, observeMethod(own as ResourceMethod, observe(method)));
  }
  for (const owner of retryOwners(client)) observeRetries(owner);
}

/** Puts the library's own methods back. */
export function unpatchClasses(
  client: unknown,
  methods: readonly { readonly path: readonly string[] }[],
): void {
  for (const { path } of methods) restore(resourcePrototype(client, path), path.at(-1) ?? '');
  for (const owner of retryOwners(client)) for (const name of RETRY_METHODS) restore(owner, name);
}

function restore(prototype: object | undefined, name: string): void {
  const original = originalOf(readMember(prototype, name));
  if (prototype !== undefined && original !== undefined) overrideMember(prototype, name, original);
}

function resourcePrototype(client: unknown, path: readonly string[]): object | undefined {
  const resource = path
    .slice(0, -1)
    .map((name) => name[0]?.toUpperCase() + name.slice(1))
    .reduce<unknown>(readStatic, client);
  return prototypeOf(resource);
}

/** The prototype that has the method which sends a request again: that of the client's class or of one it extends. */
function retryOwners(client: unknown): readonly object[] {
  let owner = prototypeOf(client);
  while (owner !== undefined && !Object.hasOwn(owner, 'retryRequest'))
    owner = (Object.getPrototypeOf(owner) as object | null) ?? undefined;
  return owner === undefined ? [] : [owner];
}

function prototypeOf(value: unknown): object | undefined {
  const prototype = readStatic(value, 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

/** A member of an object or of a class. */
export function readStatic(value: unknown, name: string): unknown {
  return typeof value === 'function'
    ? (value as unknown as Record<string, unknown>)[name]
    : readMember(value, name);
}
