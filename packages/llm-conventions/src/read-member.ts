/** `value[key]` of anything, undefined where there is no such member or reading it throws. */
export function readMember(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Record<string | number, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `value[key]` where it is a non-empty string. */
export function readString(value: unknown, key: string): string | undefined {
  return toText(readMember(value, key));
}

/** `value` where it is a non-empty string. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `value[key]`, or the member of the same name in snake case: REST and Python write `system_instruction`. */
export function readCased(value: unknown, key: string): unknown {
  return readMember(value, key) ?? readMember(value, snakeOf(key));
}

// Keys stand in this code, so that there are few. A chunk of a stream has none of most of them.
const snakes = new Map<string, string>();

function snakeOf(key: string): string {
  let snake = snakes.get(key);
  if (snake === undefined) {
    snake = key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    snakes.set(key, snake);
  }
  return snake;
}

/** The members of an array, none where it is none. */
export function readList(value: unknown, key: string): readonly unknown[] {
  return toList(readMember(value, key));
}

// No request has as many; an array may be a length and nothing else.
const MAX_ITEMS = 100_000;

/** The items of an array, none where `value` is none. An item that cannot be read is undefined. */
export function toList(value: unknown): readonly unknown[] {
  try {
    if (!Array.isArray(value)) return [];
    const list = value as readonly unknown[];
    const length = Math.min(list.length, MAX_ITEMS);
    const items: unknown[] = [];
    for (let index = 0; index < length; index++) items.push(readMember(list, index));
    return items;
  } catch {
    // A proxy that was revoked.
    return [];
  }
}

/** The names of an object's own members, none where they cannot be told. */
export function keysOf(value: unknown): readonly string[] {
  try {
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

/** A position in a list. Anything else counts as `otherwise`. */
export function readIndex(value: unknown, key: string, otherwise = 0): number {
  const member = readMember(value, key);
  return typeof member === 'number' && Number.isSafeInteger(member) ? member : otherwise;
}

/** Bytes, of any realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && 'BYTES_PER_ELEMENT' in value && value.BYTES_PER_ELEMENT === 1;
}

/**
 * Converts each of `items` apart: one that cannot be converted, because it refers to itself or throws when it is read,
 * is left out and takes none of the others with it.
 */
export function convertEach<T>(
  items: readonly unknown[],
  convert: (item: unknown, index: number) => readonly T[],
): T[] {
  return items.flatMap((item, index) => {
    try {
      return convert(item, index);
    } catch {
      return [];
    }
  });
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

/** A finite number, or undefined. */
export function readNumber(value: unknown, key: string): number | undefined {
  const member = readMember(value, key);
  return typeof member === 'number' && Number.isFinite(member) ? member : undefined;
}
