import {
  isObserved,
  markObserved,
  overrideMember,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';

/** Puts in the place of a method what `wrapper` makes of it, once. */
export function wrapMember(
  owner: unknown,
  name: string,
  wrapper: (method: ResourceMethod) => ResourceMethod,
): void {
  const method = memberOf(owner, name);
  if (method === undefined || isObserved(method)) return;
  const observed = wrapper(method);
  markObserved(observed, method);
  overrideMember(owner as object, name, observed);
}

export function memberOf(owner: unknown, name: string): ResourceMethod | undefined {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null)
    return undefined;
  const member: unknown = Reflect.get(owner, name);
  return typeof member === 'function' ? (member as ResourceMethod) : undefined;
}

/** Which of the classes an object inherits from has the method itself: the one that chains inherit it from, too. */
export function ownerOf(prototype: unknown, name: string): object | undefined {
  let owner: unknown = prototype;
  while (typeof owner === 'object' && owner !== null && !Object.hasOwn(owner, name))
    owner = Object.getPrototypeOf(owner);
  return typeof owner === 'object' && owner !== null ? owner : undefined;
}
