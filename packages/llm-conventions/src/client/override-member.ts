/**
 * Puts `value` in the place of a member that an object has or inherits. An own member keeps how it is listed; one that
 * was inherited does not show up where keys are listed or the object is printed. False where the object is frozen, which
 * is then left alone.
 */
export function overrideMember(object: object, name: PropertyKey, value: unknown): boolean {
  return Reflect.defineProperty(object, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: Object.prototype.propertyIsEnumerable.call(object, name),
  });
}
