import { binaryPart, isBufferJson } from './binary-part.ts';
import { collectionKind } from './collection-kind.ts';

/** More members than any message has; a graph of objects that refer to each other has more paths than time allows. */
const MAX_MEMBERS = 100_000;
/** Of all strings together, where each is counted as often as it is written. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
/** Deeper nesting would overflow the stack of JSON.stringify. */
const MAX_DEPTH = 200;

const TOO_LARGE = '[too large]';

/** What is left to spend on one value. */
interface Budget {
  members: number;
  characters: number;
}

/**
 * `JSON.stringify` that answers for any value, in bounded time and size: a cycle becomes `"[circular]"`, a bigint its
 * digits, bytes a part of type `blob` in base64, other typed arrays a list, a Map an object (a list of pairs where a key is no text), a Set a list, an error its name, message and members, and a member whose getter or `toJSON` throws `"[unreadable]"`. A value JSON has no form for becomes `null`.
 * Of a value with more than 100,000 members (along all paths) or 16 Mi characters, every object is written once and
 * then named `"[repeated]"`, and what is still over is `"[too large]"`. Never throws.
 */
export function safeJson(value: unknown): string {
  try {
    if (isPlain(value, 0, newBudget())) return jsonText(value);
  } catch {
    // Only hostile values come here, so that plain ones cost next to nothing extra.
  }
  try {
    return jsonText(new ReadableCopy().of(value, []));
  } catch {
    return JSON.stringify(TOO_LARGE);
  }
}

function newBudget(): Budget {
  return { members: MAX_MEMBERS, characters: MAX_CHARACTERS };
}

/** Undefined, functions and symbols have no JSON text, whatever the type of JSON.stringify says. */
function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  return text ?? 'null';
}

/** Whether JSON.stringify can be left alone with `value`. It looks at members, not at characters, so it is cheap. */
function isPlain(value: unknown, depth: number, budget: Budget): boolean {
  if (typeof value === 'string') return (budget.characters -= value.length) >= 0;
  if (typeof value === 'function') return !('toJSON' in value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    // Before the loop: an array may be a length and nothing else.
    if ((budget.members -= value.length) < 0) return false;
    if ('toJSON' in value) return false;
    for (const item of value) if (!isPlain(item, depth + 1, budget)) return false;
    return true;
  }
  if (ArrayBuffer.isView(value)) return false;
  const { toJSON } = value as { toJSON?: unknown };
  // What another toJSON answers can be anything.
  if (toJSON !== undefined) return toJSON === Date.prototype.toJSON;
  if (collectionKind(value) !== undefined) return false;
  if ((value as { type?: unknown }).type === 'Buffer' && isBufferJson(value)) return false;
  const keys = Object.keys(value);
  if ((budget.members -= keys.length) < 0) return false;
  for (const key of keys) {
    if ((budget.characters -= key.length) < 0) return false;
    if (!isPlain((value as Record<string, unknown>)[key], depth + 1, budget)) return false;
  }
  return true;
}

/** Makes a copy that JSON.stringify cannot fail on. */
class ReadableCopy {
  readonly #budget = newBudget();
  readonly #seen = new Set<object>();

  /** `ancestors` are the objects around `value`. */
  of(value: unknown, ancestors: readonly object[]): unknown {
    if (typeof value === 'bigint') return this.#text(value.toString());
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'function') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return '[circular]';
    if (this.#seen.has(value)) return '[repeated]';
    if (ancestors.length >= MAX_DEPTH) return '[too deep]';
    this.#seen.add(value);
    const around = [...ancestors, value];
    try {
      const binary = binaryPart(value, this.#budget.characters);
      if (binary !== undefined) return this.#object(binary, around);
      if (ArrayBuffer.isView(value))
        return value.byteLength > this.#budget.members
          ? TOO_LARGE
          : this.#list(Array.from(value as unknown as ArrayLike<unknown>), around);
      const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
      if (typeof toJson === 'function') return this.of(toJson.call(value), around);
      return Array.isArray(value)
        ? this.#list(value, around)
        : (this.#collection(value, around) ?? this.#object(value, around));
    } catch {
      return '[unreadable]';
    }
  }

  #text(text: string): string {
    if (text.length > this.#budget.characters) return TOO_LARGE;
    this.#budget.characters -= text.length;
    return text;
  }

  #list(list: readonly unknown[], around: readonly object[]): unknown[] {
    const copy: unknown[] = [];
    for (let index = 0; index < list.length; index++) {
      if (this.#budget.members-- <= 0) {
        copy.push(TOO_LARGE);
        break;
      }
      copy.push(this.of(member(list, index), around));
    }
    return copy;
  }

  #collection(value: object, around: readonly object[]): unknown {
    switch (collectionKind(value)) {
      case 'Map': {
        const pairs = this.#first(Map.prototype.entries.call(value));
        return pairs.every(([key]) => typeof key === 'string')
          ? this.#object(Object.fromEntries(pairs), around)
          : this.#list(pairs, around);
      }
      case 'Set':
        return this.#list(this.#first(Set.prototype.values.call(value)), around);
      case 'Error':
        // Its own members are a code, a status and the like; the stack is noise.
        return this.#object(
          { name: member(value, 'name'), message: member(value, 'message'), ...value },
          around,
        );
      default:
        return undefined;
    }
  }

  /** As many as may be written, and one more to show that there are others. */
  #first<T>(items: Iterable<T>): T[] {
    const first: T[] = [];
    for (const item of items) {
      first.push(item);
      if (first.length > this.#budget.members) break;
    }
    return first;
  }

  #object(object: object, around: readonly object[]): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(object)) {
      if (this.#budget.members-- <= 0 || key.length > this.#budget.characters) {
        entries.push([TOO_LARGE, TOO_LARGE]);
        break;
      }
      this.#budget.characters -= key.length;
      entries.push([key, this.of(member(object, key), around)]);
    }
    return Object.fromEntries(entries);
  }
}

function member(value: object, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}
