/** A function is one only where it says what it is as JSON. */
export function isObject(value: unknown): value is object {
  if (typeof value === 'function') return 'toJSON' in value;
  return typeof value === 'object' && value !== null;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/** Sets a member as data: an assignment to `__proto__` would change the object instead. */
export function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The text that a value is, alone or as OTLP writes it in JSON: `{ stringValue: '…' }`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isMap(value)) return undefined;
  const { stringValue } = value;
  return typeof stringValue === 'string' ? stringValue : undefined;
}
