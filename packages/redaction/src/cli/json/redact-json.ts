import type { Redactor } from '../../redactor.ts';
import { applyRedacted, redactBelow } from '../redact-part.ts';
import type { Container } from '../editor.ts';
import { isOtlp, redactOtlp } from '../otlp/redact-otlp.ts';
import { JsonEdits } from './json-edits.ts';
import type { JsonDocument } from './parse-json.ts';

/** A redactor looks at twice as many values at once. */
const MOST_VALUES = 50_000;
/** Shorter texts cannot hold as many. */
const SHORTEST_WITH_MOST = 2 * MOST_VALUES;
const WHERE = 'JSON';
const CARD_NUMBER = /^\d{14,16}$/;

/** A JSON text with everything that was found replaced, and every other character as it was. */
export function redactJson(
  document: JsonDocument,
  redactor: Redactor,
  at: (where: string) => void,
): string {
  return new JsonRedaction(document, redactor, at).run();
}

class JsonRedaction {
  readonly #document: JsonDocument;
  readonly #redactor: Redactor;
  readonly #at: (where: string) => void;
  readonly #edits: JsonEdits;

  constructor(document: JsonDocument, redactor: Redactor, at: (where: string) => void) {
    this.#document = document;
    this.#redactor = redactor;
    this.#at = at;
    this.#edits = new JsonEdits(document);
  }

  run(): string {
    this.#visit(this.#document.root, 0);
    for (const members of this.#document.hidden.values())
      for (const member of members) this.#part(member, []);
    return this.#edits.apply();
  }

  #visit(container: Container, key: number): void {
    const value = (container as readonly unknown[])[key];
    if (isOtlp(value)) redactOtlp(value, this.#redactor, this.#edits, this.#at);
    else if (Array.isArray(value)) for (const index of value.keys()) this.#visit(value, index);
    else if (typeof value === 'object' && value !== null) this.#part(value as Container, []);
    else this.#scalar(container, key, value);
  }

  /** A map or a list, in parts where it is too large to be looked at in one. */
  #part(value: Container, path: readonly string[]): void {
    this.#at(WHERE);
    if (!this.#isLarge(value)) this.#whole(value, path);
    else
      for (const [key, member] of Object.entries(value)) {
        const index = Array.isArray(value) ? Number(key) : key;
        const inside = Array.isArray(value) ? path : [...path, key];
        if (this.#isLarge(member as Container)) this.#part(member as Container, inside);
        else {
          const after = redactBelow(inside, member, this.#redactor);
          if (!Object.is(after, member)) this.#edits.set(value, index, after);
        }
      }
    this.#cardNumbers(value, path);
  }

  #whole(value: Container, path: readonly string[]): void {
    const after = redactBelow(path, value, this.#redactor);
    applyRedacted(value, after as Container, path, {
      redactor: this.#redactor,
      editor: this.#edits,
      at: this.#at,
      where: WHERE,
    });
  }

  #scalar(container: Container, key: number, value: unknown): void {
    this.#at(WHERE);
    const after = this.#redactor.redactDeep(value);
    if (!Object.is(after, value)) this.#edits.set(container, key, after);
  }

  /** The redactor leaves numbers alone that are numbers; in a file they are text. */
  #cardNumbers(value: Container, path: readonly string[]): void {
    for (const [key, member] of Object.entries(value)) {
      const inside = Array.isArray(value) ? path : [...path, key];
      const index = Array.isArray(value) ? Number(key) : key;
      if (typeof member === 'object' && member !== null && !this.#isLarge(member as Container))
        this.#cardNumbers(member as Container, inside);
      if (typeof member !== 'number') continue;
      const text = this.#edits.textOf(value, index);
      if (!CARD_NUMBER.test(text)) continue;
      const after = redactBelow(inside, text, this.#redactor);
      if (after !== text) this.#edits.set(value, index, after);
    }
  }

  #isLarge(value: Container): boolean {
    if (this.#document.text.length < SHORTEST_WITH_MOST) return false;
    if (typeof value !== 'object' || value === null) return false;
    let count = 0;
    const pending: unknown[] = [value];
    while (pending.length > 0 && count <= MOST_VALUES) {
      const next = pending.pop();
      if (typeof next !== 'object' || next === null) continue;
      const inside = Object.values(next);
      count += inside.length;
      for (const item of inside) if (typeof item === 'object' && item !== null) pending.push(item);
    }
    return count > MOST_VALUES;
  }
}
