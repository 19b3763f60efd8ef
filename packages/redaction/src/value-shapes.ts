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
