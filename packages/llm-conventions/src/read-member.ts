/** `value[key]` of anything, undefined where there is no such member or reading it throws. */
export function readMember(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** A non-empty string, or undefined. */
export function readString(value: unknown, key: string): string | undefined {
  const member = readMember(value, key);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** The members of an array, none where it is none. */
export function readList(value: unknown, key: string): readonly unknown[] {
  const member = readMember(value, key);
  return Array.isArray(member) ? (member as unknown[]) : [];
}

/** `instanceof Error` that answers for any value. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    // A proxy may refuse to tell its prototype.
    return false;
  }
}
