// What a log record may hold: text, numbers, truth values, null, bytes, lists and maps of them.
import { plainOf } from './plain-container.ts';

const MAX_DEPTH = 8;
const MAX_MEMBERS = 1000;
// Longer ones wait until everything else is there.
const SHORT_TEXT = 256;
const SHORT_LIST = 64;
const LONGEST_NAME = 200;

/** A value as both lines of OpenTelemetry take it. */
export type AnyValue =
  | string
  | number
  | boolean
  | Uint8Array
  | AnyValue[]
  | { [key: string]: AnyValue }
  | null
  | undefined;

/**
 * `value` as a body or attribute of a log record: a copy that later changes do not reach. Dates are ISO texts, errors
 * have type, message and stack, big integers are texts, sets are lists, and so are maps with keys that are no texts;
 * cycles, functions, getters, members that throw and what is past 8 levels become a mark in brackets. Of what is past
 * `maxBytes` of text, names included, or 1000 members, the longest texts and lists are cut. Never throws.
 */
export function anyValue(value: unknown, maxBytes: number): AnyValue {
  return new Copier(maxBytes).copy(value) as AnyValue;
}

type Container = Record<string | number, unknown>;
type Long = string | Uint8Array;

/** The objects that one stands in. */
interface Above {
  readonly value: object;
  readonly depth: number;
  readonly above: Above | undefined;
}

interface Filling {
  readonly copy: Container;
  readonly from: Container;
  /** Of a list there are none. */
  readonly keys: readonly string[] | undefined;
  readonly count: number;
  readonly above: Above;
}

/** Copies what is short first, so that a long text or list costs nobody else a place. */
class Copier {
  #bytes: number;
  #members = MAX_MEMBERS;
  readonly #longTexts: { readonly copy: Container; readonly key: string | number; long: Long }[] =
    [];
  readonly #longLists: Filling[] = [];

  constructor(maxBytes: number) {
    this.#bytes = maxBytes;
  }

  copy(value: unknown): unknown {
    const root: Container = {};
    this.#put(root, 'value', value, undefined);
    // Filling them may find more of them.
    for (let at = 0; at < this.#longLists.length; at++) {
      const waiting = this.#longLists.length - at;
      this.#fill(this.#longLists[at] as Filling, Math.ceil(this.#members / waiting));
    }
    let waiting = this.#longTexts.length;
    this.#longTexts.sort((one, other) => one.long.length - other.long.length);
    for (const { copy, key, long } of this.#longTexts) {
      const share = Math.floor(this.#bytes / waiting--);
      copy[key] = typeof long === 'string' ? this.#text(long, share) : this.#binary(long, share);
    }
    return root['value'];
  }

  #put(copy: Container, key: string | number, value: unknown, above: Above | undefined): void {
    const isLong = typeof value === 'string' && value.length > SHORT_TEXT;
    const copied = isLong ? '' : this.#copied(copy, key, value, above);
    // A key called __proto__ is a key here.
    if (key === '__proto__') {
      const entry = { value: copied, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(copy, key, entry);
    } else copy[key] = copied;
    if (isLong) this.#longTexts.push({ copy, key, long: value });
  }

  #copied(copy: Container, key: string | number, value: unknown, above: Above | undefined) {
    switch (typeof value) {
      case 'string':
        return this.#text(value, this.#bytes);
      case 'number':
      case 'boolean':
        return value;
      case 'bigint':
      case 'symbol':
        return this.#text(String(value), this.#bytes);
      case 'undefined':
        return null;
      case 'function':
        return '[Function]';
      default:
        return value === null ? null : this.#object(copy, key, value as object, above);
    }
  }

  #object(copy: Container, key: string | number, value: object, above: Above | undefined): unknown {
    for (let at = above; at !== undefined; at = at.above) {
      if (at.value === value) return '[Circular]';
    }
    const depth = (above?.depth ?? 0) + 1;
    if (depth > MAX_DEPTH) return '[Deep]';
    try {
      const plain = plainOf(value, MAX_MEMBERS);
      if (typeof plain === 'string') return this.#text(plain, this.#bytes);
      if (plain instanceof Uint8Array) {
        this.#longTexts.push({ copy, key, long: plain });
        return null;
      }
      const from = plain as Container;
      const keys = Array.isArray(plain) ? undefined : Object.keys(plain);
      const filling: Filling = {
        copy: (keys === undefined ? [] : {}) as Container,
        from,
        keys,
        count: keys?.length ?? (plain as unknown[]).length,
        above: { value, depth, above },
      };
      if (filling.count > SHORT_LIST) this.#longLists.push(filling);
      else this.#fill(filling, this.#members);
      return filling.copy;
    } catch {
      return '[Throws]';
    }
  }

  /** All members have their place before the first of them is looked into. */
  #fill({ copy, from, keys, count, above }: Filling, most: number): void {
    let fitting = Math.min(count, most);
    const names = keys === undefined ? undefined : this.#names(keys, fitting);
    fitting = names?.length ?? fitting;
    this.#members -= fitting;
    for (let at = 0; at < fitting; at++) {
      const member = readMember(from, keys?.[at] ?? at);
      // As JSON does it: what is undefined is not there.
      if (member === undefined && names !== undefined) continue;
      this.#put(copy, names?.[at] ?? at, member, above);
    }
    if (fitting === count) return;
    if (names === undefined) copy[fitting] = '[More]';
    else copy['[More]'] = true;
  }

  /** As many as there is room for. */
  #names(keys: readonly string[], most: number): readonly string[] {
    const names: string[] = [];
    for (let at = 0; at < most; at++) {
      const key = keys[at] as string;
      if (Math.min(key.length, LONGEST_NAME) > this.#bytes) break;
      names.push(this.#text(key, LONGEST_NAME));
    }
    return names;
  }

  /** Characters are counted as a byte each: the bound is there to stop megabytes. */
  #text(text: string, most: number): string {
    const kept = text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
    this.#bytes -= Math.min(text.length, most);
    return kept;
  }

  #binary(bytes: Uint8Array, most: number): unknown {
    if (bytes.length > most) return `[${bytes.length} bytes]`;
    this.#bytes -= bytes.length;
    return new Uint8Array(bytes);
  }
}

/** A getter is not called: what it does is not for a log to do. */
function readMember(from: Container, key: string | number): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(from, key);
    return property?.get === undefined ? (property?.value as unknown) : '[Getter]';
  } catch {
    return '[Throws]';
  }
}
