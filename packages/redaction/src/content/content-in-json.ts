import { JsonCursor } from '../json-cursor.ts';
import { decodedString } from '../json-string.ts';
import { type Beside, besideIn } from './nested-content.ts';

const DEEPEST = 64;
/** How often a text is read that looks like JSON and is none, in parts of its length. */
const MOST_READ = 8;
const [QUOTE, COMMA, COLON] = [34, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [91, 93, 123, 125];

/** What stands in place of a member, or `undefined` where it stays. `value` is decoded when it is a text. */
export type JudgeMember = (
  around: readonly string[],
  name: string,
  beside: Beside,
  value: string,
) => string | undefined;

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Member {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The text with what `judge` puts in place of members of the JSON in it: the whole text, what stands in a line of a log, the
 * events of a stream, JSON in the strings of JSON. One that was cut off is read to its end.
 */
export function replaceInJson(
  text: string,
  around: readonly string[],
  judge: JudgeMember,
  depth: number = 0,
): string {
  const reader = new JsonReader(text, [...around], judge, depth);
  return reader.replaced();
}

class JsonReader extends JsonCursor {
  readonly #around: string[];
  readonly #judge: JudgeMember;
  readonly #depth: number;
  readonly #edits: Edit[] = [];
  #read = 0;

  constructor(text: string, around: string[], judge: JudgeMember, depth: number) {
    super(text);
    this.#around = around;
    this.#judge = judge;
    this.#depth = depth;
  }

  replaced(): string {
    const { length } = this.text;
    const depth = this.#around.length;
    for (let from = this.#nextStart(0); from < length; from = this.#nextStart(from)) {
      this.at = from;
      const edits = this.#edits.length;
      if (this.#value(this.#depth)) {
        from = this.at;
        continue;
      }
      this.#edits.length = edits;
      this.#around.length = depth;
      this.#read += this.at - from;
      if (this.#read > MOST_READ * length) throw new Error('too much that only looks like JSON');
      from++;
    }
    return this.#applied();
  }

  #nextStart(from: number): number {
    const { length } = this.text;
    for (let at = from; at < length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === OPEN_MAP || code === OPEN_LIST) return at;
      // A JSON text that is a string: it may hold one.
      if (code === QUOTE && at === 0) return at;
    }
    return length;
  }

  /** True behind a value, also behind one that the end of the text cuts off. */
  #value(depth: number): boolean {
    this.skipSpaces();
    if (this.#isEnd()) return true;
    if (depth > DEEPEST) throw new Error('JSON nested too deep');
    const code = this.text.charCodeAt(this.at);
    if (code === QUOTE) return this.#string(depth);
    if (code === OPEN_MAP) return this.#map(depth + 1);
    if (code === OPEN_LIST) return this.#list(depth + 1);
    return this.takeLiteral();
  }

  #list(depth: number): boolean {
    this.at++;
    for (;;) {
      this.skipSpaces();
      if (this.take(CLOSE_LIST) || this.#isEnd()) return true;
      if (!this.#value(depth)) return false;
      this.skipSpaces();
      if (!this.take(COMMA) && !this.#isEnd() && this.text.charCodeAt(this.at) !== CLOSE_LIST)
        return false;
    }
  }

  #map(depth: number): boolean {
    this.at++;
    const members: Member[] = [];
    const edits = this.#edits.length;
    for (;;) {
      this.skipSpaces();
      if (this.take(CLOSE_MAP) || this.#isEnd()) break;
      const start = this.at;
      if (this.text.charCodeAt(start) !== QUOTE) return false;
      this.#skipString();
      if (this.#isEnd()) break;
      const name = decodedString(this.text, start, this.at) ?? '';
      this.skipSpaces();
      if (!this.take(COLON)) return this.#isEnd();
      this.skipSpaces();
      const from = this.at;
      this.#around.push(name);
      if (!this.#value(depth)) return false;
      this.#around.pop();
      members.push({ name, from, to: this.at });
      this.skipSpaces();
      if (!this.take(COMMA) && !this.#isEnd() && this.text.charCodeAt(this.at) !== CLOSE_MAP)
        return false;
    }
    this.#judgeAll(members, edits);
    return true;
  }

  /** What a member is may be told by one behind it, so they are judged together. */
  #judgeAll(members: readonly Member[], firstEdit: number): void {
    const inner = this.#edits.splice(firstEdit);
    const places = new Map(members.map((member) => [member.name, member]));
    const decoded = ({ from, to }: Member): string | undefined =>
      decodedString(this.text, from, to);
    const textAt = (name: string): string | undefined => decoded(places.get(name)!);
    const beside = besideIn(places.keys(), textAt, true);
    let next = 0;
    for (const member of members) {
      const { name, from, to } = member;
      const value = decoded(member) ?? this.text.slice(from, to);
      const put = this.#judge(this.#around, name, beside, value);
      if (put !== undefined) this.#edits.push({ from, to, text: JSON.stringify(put) });
      // What was found inside of it goes with the whole.
      for (; next < inner.length && inner[next]!.from < to; next++)
        if (put === undefined) this.#edits.push(inner[next]!);
    }
  }

  #string(depth: number): boolean {
    const from = this.at;
    this.#skipString();
    const value = decodedString(this.text, from, this.at);
    if (value === undefined || !value.includes('{')) return true;
    const replaced = replaceInJson(value, this.#around, this.#judge, depth + 1);
    if (replaced !== value) this.#edits.push({ from, to: this.at, text: JSON.stringify(replaced) });
    return true;
  }

  #skipString(): void {
    if (!this.takeString()) this.at = this.text.length;
  }

  #isEnd(): boolean {
    return this.at >= this.text.length;
  }

  #applied(): string {
    if (this.#edits.length === 0) return this.text;
    let out = '';
    let done = 0;
    for (const { from, to, text } of this.#edits) {
      out += this.text.slice(done, from) + text;
      done = to;
    }
    return out + this.text.slice(done);
  }
}
