import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import { isRedacted } from './detectors/placeholder-value.ts';
import type { Span } from './engine/span.ts';
import type { TimeBudget } from './engine/time-budget.ts';
import { JsonCursor } from './json-cursor.ts';
import { decodedString, wrappedText } from './json-string.ts';
import { joined } from './keys/joined-path.ts';
import { isPersonal, type KeyDecision, type KeyRules } from './keys/key-rules.ts';
import { isPersonalValue } from './keys/personal-names.ts';
import { isSecretValue } from './keys/secret-value.ts';
import type { SecretArgument } from './keys/command-options.ts';
import { MOST_ITEMS, secretItems } from './secret-items.ts';
import { isNamedBeside, LONGEST_NAME, NAME_MEMBER, VALUE_MEMBER } from './named-pair.ts';
import { RisingSpans } from './rising-spans.ts';

const DEEPEST = 64;
const QUOTE = 34;

/** The part of a text redactor that is needed here. */
export interface LeafRedactor {
  redact(text: string, path: string, depth: number): string;
  replace(kind: string, value: string): string;
  isAllowed(value: string): boolean;
}

export interface JsonContext {
  /** What a scan of the raw text found. */
  readonly spans: readonly Span[];
  readonly keys: KeyRules;
  /** The key the whole text stands under. */
  readonly path: string;
  readonly depth: number;
  readonly redactor: LeafRedactor;
  readonly budget?: TimeBudget | undefined;
}

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
    const done = this.#value('none', this.#context.path, 0);
    this.skipSpaces();
    return done && this.at === this.text.length;
  }

  #value(decision: KeyDecision, path: string, depth: number): boolean {
    this.#context.budget?.step();
    this.skipSpaces();
    const start = this.at;
    const first = this.text.charCodeAt(start);
    if (decision === 'allow' || decision === 'block') {
      // Whatever is found inside is left as it is, or goes with the whole.
      const wasMuted = this.#muted;
      this.#muted = true;
      const isRead = this.#value('none', path, depth);
      this.#muted = wasMuted;
      if (isRead && decision === 'block' && !wasMuted && !this.#isAllowed(start, this.at))
        this.#quoted(SENSITIVE_KEY, start, this.at);
      return isRead;
    }
    if (first === QUOTE) return this.#string(decision, path);
    if (first === 123 || first === 91) return this.#structure(decision, path, depth);
    return this.#literal(decision);
  }

  #structure(decision: KeyDecision, path: string, depth: number): boolean {
    const open = this.text.charCodeAt(this.at);
    if (depth >= DEEPEST) return false;
    const close = open === 123 ? 125 : 93;
    this.at++;
    this.skipSpaces();
    if (this.take(close)) return true;
    const pair: Pair = { name: '', decision: 'none', from: -1, to: -1 };
    const items: Item[] = [];
    const isInList = this.#isInList;
    for (;;) {
      // A list under a secret name is a list of secrets; a map has names of its own.
      const member = open === 123 ? this.#name(path) : { decision, path };
      if (member === undefined) return false;
      this.skipSpaces();
      const from = this.at;
      this.#isInList = open === 91;
      if (!this.#value(member.decision, member.path, depth + 1)) return false;
      if (open === 123) this.#notePair(pair, member.path, from);
      else if (decision === 'none' && items.length <= MOST_ITEMS) items.push({ from, to: this.at });
      this.skipSpaces();
      if (this.take(close)) return open === 123 ? this.#pair(pair) : this.#list(items, isInList);
      if (!this.take(44)) return false;
    }
  }

  /** `{"key": "password", "value": "…"}`: the one names the other. */
  #notePair(pair: Pair, name: string, from: number): void {
    const { keys, path } = this.#context;
    if (VALUE_MEMBER.test(name)) Object.assign(pair, wrappedText(this.text, from, this.at));
    if (!NAME_MEMBER.test(name)) return;
    const other = this.#decoded(from, this.at);
    if (other === undefined || other.length > LONGEST_NAME) return;
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

  #name(path: string): { readonly decision: KeyDecision; readonly path: string } | undefined {
    this.skipSpaces();
    const start = this.at;
    if (!this.#string('none', path)) return undefined;
    const name = this.#decoded(start, this.at);
    this.skipSpaces();
    if (name === undefined || !this.take(58)) return undefined;
    const { keys } = this.#context;
    const full = keys.usesPaths ? joined(path, name) : name;
    return { decision: keys.decide(full), path: full };
  }

  /** A string, of which only the inside may change. */
  #string(decision: KeyDecision, path: string): boolean {
    const start = this.at;
    if (!this.takeString()) return false;
    const end = this.at;
    if (this.#muted) return true;
    const inside = this.#spans.in(start + 1, end - 1);
    const hasEscapes = this.#hasEscapes(start, end);
    if (decision === 'none' && inside.length === 0 && !hasEscapes) return true;

    const value = this.#decoded(start, end);
    if (value === undefined) return false;
    if (decision !== 'none') {
      if (this.#isSecret(decision, value)) {
        this.#quoted(isPersonal(decision) ? decision : SENSITIVE_KEY, start, end);
        return true;
      }
    }
    const { redactor, depth } = this.#context;
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

  #isSecret(decision: KeyDecision, value: string): boolean {
    if (value === '' || isRedacted(value) || this.#context.redactor.isAllowed(value)) return false;
    if (isPersonal(decision)) return isPersonalValue(decision, value);
    return isSecretValue(decision, value, 0, value.length);
  }

  #literal(decision: KeyDecision): boolean {
    const start = this.at;
    if (!this.takeLiteral()) return false;
    if (this.#muted) return true;
    if (this.#isAllowed(start, this.at)) return true;
    const isNumber = this.text.charCodeAt(start) < 58;
    const isTouched = this.#spans.in(start, this.at).length > 0;
    if (isNumber && decision === 'secret') this.#quoted(SENSITIVE_KEY, start, this.at);
    else if (
      isNumber &&
      isPersonal(decision) &&
      isPersonalValue(decision, this.text.slice(start, this.at))
    )
      this.#quoted(decision, start, this.at);
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
