import type { Container } from '../editor.ts';

/** Where a member of a map, or an item of a list, stands in the text. */
export interface Entry {
  /** Of the name with its quotes; that of the value in a list. */
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly from: number;
  to: number;
}

/** A JSON text with the places of everything in it. */
export interface JsonDocument {
  readonly text: string;
  /** A list with the one value of the text, so that it has a place as well. */
  readonly root: readonly [unknown];
  /** The entries of each map and list, in order. */
  readonly entries: ReadonlyMap<Container, readonly Entry[]>;
  /** The entry of each member that is not hidden by a later one of its name. */
  readonly members: ReadonlyMap<Container, ReadonlyMap<string, Entry>>;
  /** The hidden members of a map, each in a map of its own. */
  readonly hidden: ReadonlyMap<Container, readonly Readonly<Record<string, unknown>>[]>;
}

const DEEPEST = 500;
const BYTE_ORDER_MARK = 0xfeff;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [91, 93, 123, 125];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

/** Reads a map or a list; `undefined` when the text is no JSON, or something else. */
export function parseJson(text: string): JsonDocument | undefined {
  const parser = new JsonParser(text);
  return parser.document() ? parser : undefined;
}

class NotJsonError extends Error {}

class JsonParser implements JsonDocument {
  readonly text: string;
  readonly root: [unknown] = [undefined];
  readonly entries = new Map<Container, Entry[]>();
  readonly members = new Map<Container, Map<string, Entry>>();
  readonly hidden = new Map<Container, Record<string, unknown>[]>();
  #at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): boolean {
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) this.#at++;
    this.#skipSpaces();
    const from = this.#at;
    const first = this.text.charCodeAt(from);
    if (first !== OPEN_MAP && first !== OPEN_LIST) return false;
    try {
      this.root[0] = this.#value(0);
    } catch (error) {
      if (error instanceof NotJsonError || error instanceof SyntaxError) return false;
      throw error;
    }
    this.entries.set(this.root, [{ keyFrom: from, keyTo: from, from, to: this.#at }]);
    this.#skipSpaces();
    return this.#at === this.text.length;
  }

  #value(depth: number): unknown {
    const first = this.text.charCodeAt(this.#at);
    if (first === QUOTE) return this.#string();
    if (first === OPEN_MAP || first === OPEN_LIST) {
      if (depth >= DEEPEST) throw new NotJsonError();
      this.#at++;
      return first === OPEN_MAP ? this.#map(depth + 1) : this.#list(depth + 1);
    }
    NUMBER.lastIndex = this.#at;
    if (NUMBER.test(this.text)) {
      const number = Number(this.text.slice(this.#at, NUMBER.lastIndex));
      this.#at = NUMBER.lastIndex;
      return number;
    }
    const literal = LITERALS.find(([word]) => this.text.startsWith(word, this.#at));
    if (literal === undefined) throw new NotJsonError();
    this.#at += literal[0].length;
    return literal[1];
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    const entries: Entry[] = [];
    this.entries.set(list, entries);
    this.#parts(CLOSE_LIST, () => {
      const from = this.#at;
      list.push(this.#value(depth));
      entries.push({ keyFrom: from, keyTo: from, from, to: this.#at });
    });
    return list;
  }

  #map(depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    const entries: Entry[] = [];
    const members = new Map<string, Entry>();
    this.entries.set(map, entries);
    this.members.set(map, members);
    this.#parts(CLOSE_MAP, () => {
      const keyFrom = this.#at;
      if (this.text.charCodeAt(keyFrom) !== QUOTE) throw new NotJsonError();
      const key = this.#string();
      const keyTo = this.#at;
      this.#skipSpaces();
      this.#take(COLON);
      this.#skipSpaces();
      const from = this.#at;
      const value = this.#value(depth);
      const entry = { keyFrom, keyTo, from, to: this.#at };
      const earlier = members.get(key);
      if (earlier !== undefined) this.#hide(map, key, earlier);
      // An assignment to `__proto__` would change the map instead.
      Object.defineProperty(map, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      members.set(key, entry);
      entries.push(entry);
    });
    return map;
  }

  #hide(map: Record<string, unknown>, key: string, entry: Entry): void {
    const alone = Object.fromEntries([[key, map[key]]]);
    this.members.set(alone, new Map([[key, entry]]));
    const known = this.hidden.get(map);
    if (known === undefined) this.hidden.set(map, [alone]);
    else known.push(alone);
  }

  #parts(close: number, part: () => void): void {
    this.#skipSpaces();
    if (this.text.charCodeAt(this.#at) === close) {
      this.#at++;
      return;
    }
    for (;;) {
      part();
      this.#skipSpaces();
      if (this.text.charCodeAt(this.#at) === close) break;
      this.#take(COMMA);
      this.#skipSpaces();
    }
    this.#at++;
  }

  #string(): string {
    const from = this.#at;
    let hasEscapes = false;
    for (let at = from + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === BACKSLASH) {
        hasEscapes = true;
        at++;
      } else if (code === QUOTE) {
        this.#at = at + 1;
        return hasEscapes
          ? (JSON.parse(escapedControls(this.text.slice(from, at + 1))) as string)
          : this.text.slice(from + 1, at);
      }
    }
    throw new NotJsonError();
  }

  #take(code: number): void {
    if (this.text.charCodeAt(this.#at) !== code) throw new NotJsonError();
    this.#at++;
  }

  #skipSpaces(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }
}

/** Tabs and line breaks that stand in a string as they are: not allowed, and written all the same. */
function escapedControls(literal: string): string {
  return literal.replaceAll(
    /\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
