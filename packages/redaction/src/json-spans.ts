import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import type { Span } from './engine/span.ts';
import type { JsonContext } from './json-context.ts';
import { JsonCursor } from './json-cursor.ts';
import { decodedName, decodedString, wrappedText } from './json-string.ts';
import { type Inner, innerBelow } from './keys/inner-values.ts';
import { joined } from './keys/joined-path.ts';
import type { KeyDecision } from './keys/key-rules.ts';
import { kindOfNumber, kindOfText } from './keys/named-leaf.ts';
import type { SecretArgument } from './keys/command-options.ts';
import { MOST_ITEMS, secretItems } from './secret-items.ts';
import { isNamedBeside, nameIn, NAME_MEMBER, VALUE_MEMBER } from './named-pair.ts';
import { JsonNames, wholeName } from './json-names.ts';
import { RisingSpans } from './rising-spans.ts';

const DEEPEST = 64;
const QUOTE = 34;
/** Longest list that is taken for the path to a field. */
const LONGEST_PATH = 256;

/**
 * What to replace in a text that is JSON, so that it stays JSON: keys are judged by name, texts with escapes are
 * decoded and redacted, and a number becomes a quoted placeholder. Everything else keeps its characters: parsing and
 * writing anew would round long numbers. Returns `undefined` when the text is not JSON.
 */
export function jsonSpans(text: string, context: JsonContext): Span[] | undefined {
  const walk = new JsonWalk(text, context);
  return walk.document() ? walk.out : undefined;
}

interface Pair {
  name: string;
  decision: KeyDecision;
  /** Where the value stands. */
  from: number;
  to: number;
}

/** What a member is called, and what its name and those around it say. */
interface Member {
  readonly decision: KeyDecision;
  readonly path: string;
  /** What the name of a map or a list around says about the value, which is called `key` in it. */
  readonly inner?: Inner | undefined;
  readonly key: string;
}

/** Where an item of a list stands. */
interface Item {
  readonly from: number;
  readonly to: number;
}

class JsonWalk extends JsonCursor {
  readonly out: Span[] = [];
  readonly #context: JsonContext;
  readonly #spans: RisingSpans;
  #nextBackslash = -1;
  /** True for the items of a list. */
  #isInList = false;
  /** True inside a value that is left alone or goes as a whole. */
  #muted = false;

  constructor(text: string, context: JsonContext) {
    super(text);
    this.#context = context;
    this.#spans = new RisingSpans(context.spans);
  }

  document(): boolean {
    const done = this.#value({ decision: 'none', path: this.#context.path, key: '' }, 0);
    this.skipSpaces();
    return done && this.at === this.text.length;
  }

  #value(member: Member, depth: number): boolean {
    const { decision, path } = member;
    this.#context.budget?.step();
    this.skipSpaces();
    const start = this.at;
    const first = this.text.charCodeAt(start);
    if (decision === 'allow' || decision === 'block') {
      // Whatever is found inside is left as it is, or goes with the whole.
      const wasMuted = this.#muted;
      this.#muted = true;
      const isRead = this.#value({ decision: 'none', path, key: '' }, depth);
      this.#muted = wasMuted;
      if (isRead && decision === 'block' && !wasMuted && !this.#isAllowed(start, this.at))
        this.#quoted(SENSITIVE_KEY, start, this.at);
      return isRead;
    }
    if (first === QUOTE) return this.#string(member);
    if (first === 123 || first === 91) return this.#structure(member, depth);
    return this.#literal(member);
  }

  #structure({ decision, path, inner, key }: Member, depth: number): boolean {
    const open = this.text.charCodeAt(this.at);
    if (depth >= DEEPEST) return false;
    const close = open === 123 ? 125 : 93;
    this.at++;
    this.skipSpaces();
    if (this.take(close)) return true;
    const pair: Pair = { name: '', decision: 'none', from: -1, to: -1 };
    const items: Item[] = [];
    const names = open === 123 ? new JsonNames() : undefined;
    const isInList = this.#isInList;
    const below = inner && innerBelow(inner, key);
    for (;;) {
      // A list under a secret name is a list of secrets; a map has names of its own.
      const member =
        names !== undefined ? this.#name(path, below, names) : { decision, path, inner, key };
      if (member === undefined) return false;
      this.skipSpaces();
      const from = this.at;
      this.#isInList = open === 91;
      if (!this.#value(member, depth + 1)) return false;
      if (open === 123) this.#notePair(pair, member.path, from);
      else if (decision === 'none' && items.length <= MOST_ITEMS) items.push({ from, to: this.at });
      this.skipSpaces();
      if (this.take(close)) {
        if (names === undefined) return this.#list(items, isInList);
        names.tellApart();
        return this.#pair(pair);
      }
      if (!this.take(44)) return false;
    }
  }

  /** `{"key": "password", "value": "…"}`: the one names the other. */
  #notePair(pair: Pair, name: string, from: number): void {
    const { keys, path } = this.#context;
    if (VALUE_MEMBER.test(name)) {
      const place = wrappedText(this.text, from, this.at);
      if (this.text.charCodeAt(place.from) === QUOTE || pair.from < 0) Object.assign(pair, place);
    }
    if (!NAME_MEMBER.test(name) || this.at - from > LONGEST_PATH) return;
    const other = nameIn(decodedName(this.text, from, this.at));
    if (other === undefined || (pair.decision !== 'none' && pair.name !== '')) return;
    pair.name = other;
    pair.decision = keys.decide(keys.usesPaths ? joined(path, other) : other);
  }

  #pair({ name, decision, from, to }: Pair): true {
    if (from < 0 || this.#muted || this.#isAllowed(from, to)) return true;
    if (!isNamedBeside(name, decision, this.#decoded(from, to))) return true;
    this.#instead(from, to, () => this.#quoted(SENSITIVE_KEY, from, to));
    return true;
  }

  /** A list of texts, in which one may say what the next one is. */
  #list(items: readonly Item[], isInList: boolean): true {
    if (this.#muted || items.length < 2 || items.length > MOST_ITEMS) return true;
    if (!items.every(({ from }) => this.text.charCodeAt(from) === QUOTE)) return true;
    const texts = items.map(({ from, to }) => this.#decoded(from, to));
    for (const found of secretItems(texts, this.#context.keys, isInList)) {
      const { from, to } = items[found.index]!;
      const value = texts[found.index]!;
      if (this.#context.redactor.isAllowed(value)) continue;
      this.#instead(from, to, () => this.#withoutPart(value, found, from, to));
    }
    return true;
  }

  #withoutPart(value: string, part: SecretArgument, from: number, to: number): void {
    const { redactor, path, depth } = this.#context;
    const placeholder = redactor.replace(SENSITIVE_KEY, value.slice(part.from, part.to));
    const left = value.slice(0, part.from) + placeholder + value.slice(part.to);
    // What stands around it may be of another kind: `ada@example.com:…`.
    const replacement = JSON.stringify(redactor.redact(left, path, depth + 1));
    this.out.push({ kind: SENSITIVE_KEY, from, to, replacement });
  }

  /** Replaces what was found in a part of the text that was read before. */
  #instead(from: number, to: number, replace: () => void): void {
    const first = this.out.findIndex((span) => span.from >= from);
    const behind = first < 0 ? [] : this.out.splice(first).filter((span) => span.from >= to);
    replace();
    this.out.push(...behind);
  }

  #name(path: string, below: Inner | undefined, names: JsonNames): Member | undefined {
    this.skipSpaces();
    const start = this.at;
    const known = this.out.length;
    if (!this.#string({ decision: 'none', path, key: '' })) return undefined;
    const name = this.#decoded(start, this.at);
    if (name === undefined) return undefined;
    if (this.out.length === known) names.kept(name);
    else {
      const found = this.out.splice(known);
      const { redactor } = this.#context;
      const whole = wholeName(this.text, start, this.at, found, (kind, value) =>
        redactor.replace(kind, value),
      );
      names.changed(whole);
      this.out.push(whole);
    }
    this.skipSpaces();
    if (!this.take(58)) return undefined;
    const { keys } = this.#context;
    const full = keys.usesPaths ? joined(path, name) : name;
    const decision = keys.decide(full);
    this.skipSpaces();
    const first = this.text.charCodeAt(this.at);
    const own = first === 123 || first === 91 ? keys.inside(full) : undefined;
    return own === undefined
      ? { decision, path: full, inner: below, key: name }
      : { decision, path: full, inner: own, key: '' };
  }

  /** A string, of which only the inside may change. */
  #string({ decision, path, inner, key }: Member): boolean {
    const start = this.at;
    if (!this.takeString()) return false;
    const end = this.at;
    if (this.#muted) return true;
    const inside = this.#spans.in(start + 1, end - 1);
    const hasEscapes = this.#hasEscapes(start, end);
    const isNamed = decision !== 'none' || inner !== undefined;
    if (!isNamed && inside.length === 0 && !hasEscapes) return true;

    const value = this.#decoded(start, end);
    if (value === undefined) return false;
    const { redactor, depth } = this.#context;
    const kind = isNamed ? kindOfText(value, decision, inner && { inner, key }) : undefined;
    if (kind !== undefined && !redactor.isAllowed(value)) {
      this.#quoted(kind, start, end);
      return true;
    }
    const redacted = redactor.redact(value, path, depth + 1);
    if (redacted !== value) {
      this.out.push({
        kind: '',
        from: start,
        to: end,
        replacement: JSON.stringify(redacted),
      });
      return true;
    }
    // Found because of what stands around this string, such as the key next to a key id.
    // One that reaches out of the string is a misreading of the quotes.
    for (const span of inside)
      if (!hasEscapes && span.from > start && span.to < end) this.out.push(span);
    return true;
  }

  #literal({ decision, inner, key }: Member): boolean {
    const start = this.at;
    if (!this.takeLiteral()) return false;
    if (this.#muted) return true;
    if (this.#isAllowed(start, this.at)) return true;
    const isNumber = this.text.charCodeAt(start) < 58;
    const isTouched = this.#spans.in(start, this.at).length > 0;
    const text = this.text.slice(start, this.at);
    const kind = isNumber ? kindOfNumber(text, decision, inner && { inner, key }) : undefined;
    if (kind !== undefined) this.#quoted(kind, start, this.at);
    else if (isNumber && isTouched) this.#number(start, this.at);
    return true;
  }

  #isAllowed(from: number, to: number): boolean {
    const { redactor } = this.#context;
    return redactor.isAllowed(this.#decoded(from, to) ?? this.text.slice(from, to));
  }

  /** On its own: what the scan found may reach out of it, and hide what is in it. */
  #number(from: number, to: number): void {
    const { redactor, depth, path } = this.#context;
    const value = this.text.slice(from, to);
    const redacted = redactor.redact(value, path, depth + 1);
    if (redacted === value) return;
    this.out.push({ kind: '', from, to, replacement: JSON.stringify(redacted) });
  }

  /** Replaces a whole value by a placeholder that is a string. */
  #quoted(kind: string, from: number, to: number): void {
    const value = this.#decoded(from, to) ?? this.text.slice(from, to);
    const replacement = JSON.stringify(this.#context.redactor.replace(kind, value));
    this.out.push({ kind, from, to, replacement });
  }

  #decoded(from: number, to: number): string | undefined {
    return decodedString(this.text, from, to);
  }

  /** Asked with rising positions: the next backslash is looked for once. */
  #hasEscapes(from: number, to: number): boolean {
    if (this.#nextBackslash < from) {
      const found = this.text.indexOf('\\', from);
      this.#nextBackslash = found < 0 ? this.text.length : found;
    }
    return this.#nextBackslash < to;
  }
}
