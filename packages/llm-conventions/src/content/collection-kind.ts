/** Values that JSON.stringify writes as `{}` though there is something in them. */
export type CollectionKind = 'Map' | 'Set' | 'Error' | 'ArrayBuffer';

/** Undefined for a plain object, which nearly all are. Works for values of another realm. */
export function collectionKind(value: object): CollectionKind | undefined {
  const prototype: unknown = Reflect.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === Array.prototype || prototype === null)
    return undefined;
  switch (Object.prototype.toString.call(value)) {
    case '[object Map]':
      return 'Map';
    case '[object Set]':
      return 'Set';
    case '[object Error]':
      return 'Error';
    case '[object ArrayBuffer]':
      return 'ArrayBuffer';
    default:
      return undefined;
  }
}
