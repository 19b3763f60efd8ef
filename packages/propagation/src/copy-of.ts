/**
 * A shallow copy of `value` with `members` in it, still of its class: a plain spread of an entity has none of its
 * methods.
 */
export function copyOf<Value extends object>(value: Value, members: object = {}): Value {
  const copy = { ...value, ...members };
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? copy
    : (Object.create(prototype as object, Object.getOwnPropertyDescriptors(copy)) as Value);
}
