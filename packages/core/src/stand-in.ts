/**
 * A proxy that answers for `source` with what `get` says. Where a member that cannot change is among those that `get`
 * answers for in another way (a frozen object, a fixed `next`), an object with the same prototype is its target: a proxy
 * of `source` itself would have to answer with exactly that member, and throws where it does not.
 */
export function standIn<T extends object>(
  source: T,
  get: (source: T, key: PropertyKey) => unknown,
): T {
  if (!hasFixedMember(source)) return new Proxy(source, { get: (_, key) => get(source, key) });
  // `instanceof` asks for the prototype; all else is asked of `source`.
  return new Proxy(Object.create(Reflect.getPrototypeOf(source)) as T, {
    get: (_, key) => get(source, key),
    has: (_, key) => Reflect.has(source, key),
    set: (_, key, value) => Reflect.set(source, key, value, source),
    deleteProperty: (_, key) => Reflect.deleteProperty(source, key),
    ownKeys: () => Reflect.ownKeys(source),
    getOwnPropertyDescriptor(_, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(source, key);
      // The target has no such member, so that the proxy may not call it fixed.
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}

function hasFixedMember(source: object): boolean {
  return Reflect.ownKeys(source).some(
    (key) => Reflect.getOwnPropertyDescriptor(source, key)?.configurable === false,
  );
}
