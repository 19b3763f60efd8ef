import { FailureLog } from '@llm-otel/core';
import {
  type CallObserver,
  isObserved,
  markObserved,
  observeMethod,
  originalOf,
  overrideMember,
  readMember,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';
import type { ObservedMethod } from '../observed-methods.ts';

const failures = new FailureLog();

/**
 * Observes resources that `owner`, a client or the prototype of its class, has getters for: each when the application asks for it. What has no such
 * getter is left alone.
 */
export function observeLazily(
  owner: object,
  methods: readonly ObservedMethod[],
  observe: (method: ObservedMethod) => CallObserver,
): void {
  for (const name of resourcesOf(methods)) {
    const descriptor = getterOf(owner, name);
    const getter = readMember(descriptor, 'get') as ResourceMethod | undefined;
    if (getter === undefined || isObserved(getter)) continue;
    const ofResource = methods.filter(({ path }) => path[0] === name);
    const get = function (this: unknown): unknown {
      const resource = Reflect.apply(getter, this, []);
      failures.guard('observing a resource of a client', () => {
        for (const method of ofResource) observeIn(resource, method, observe);
      });
      return resource;
    };
    markObserved(get, getter);
    Reflect.defineProperty(owner, name, { ...descriptor, get, configurable: true });
  }
}

/** Puts the getters of a class back. */
export function leaveLazily(owner: object, methods: readonly ObservedMethod[]): void {
  for (const name of resourcesOf(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    const get = originalOf(readMember(descriptor, 'get'));
    if (get !== undefined) Reflect.defineProperty(owner, name, { ...descriptor, get });
  }
}

function observeIn(
  resource: unknown,
  method: ObservedMethod,
  observe: (method: ObservedMethod) => CallObserver,
): void {
  const [, name] = method.path;
  const own = readMember(resource, name);
  if (typeof own !== 'function' || isObserved(own)) return;
  overrideMember(resource as object, name, observeMethod(own as ResourceMethod, observe(method)));
}

function resourcesOf(methods: readonly ObservedMethod[]): ReadonlySet<string> {
  return new Set(methods.map(({ path: [resource] }) => resource));
}

function getterOf(owner: object, name: string): PropertyDescriptor | undefined {
  for (
    let level: object | null = owner;
    level !== null;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(level, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}
