import type { Container, Editor } from '../editor.ts';
import type { Entry, JsonDocument } from './parse-json.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Collects changes of a JSON text. What does not change keeps its characters: numbers, spaces, order, escapes. */
export class JsonEdits implements Editor {
  readonly #document: JsonDocument;
  readonly #edits: Edit[] = [];
  readonly #removed = new Set<Entry>();

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  hidden(map: Container): readonly Readonly<Record<string, unknown>>[] {
    return this.#document.hidden.get(map) ?? [];
  }

  set(container: Container, key: string | number, value: unknown): void {
    const { from, to } = this.#entry(container, key);
    this.#edits.push({ from, to, text: JSON.stringify(value) });
  }

  rename(map: Container, key: string, name: string): void {
    const { keyFrom, keyTo } = this.#entry(map, key);
    this.#edits.push({ from: keyFrom, to: keyTo, text: JSON.stringify(name) });
  }

  remove(container: Container, key: string | number): void {
    this.#removed.add(this.#entry(container, key));
  }

  /** The characters of a value. */
  textOf(container: Container, key: string | number): string {
    const { from, to } = this.#entry(container, key);
    return this.#document.text.slice(from, to);
  }

  /** The text with all changes; the same one without any. */
  apply(): string {
    const { text, entries } = this.#document;
    const cuts = this.#removed.size === 0 ? [] : [...entries.values()].flatMap(this.#cuts);
    const edits = [...this.#edits, ...cuts].toSorted((a, b) => a.from - b.from || b.to - a.to);
    let out = '';
    let done = 0;
    for (const { from, to, text: replacement } of edits) {
      // Inside something that went as a whole.
      if (from < done) continue;
      out += text.slice(done, from) + replacement;
      done = to;
    }
    return out + text.slice(done);
  }

  /** What is cut out for the removed ones of some neighbours, so that a comma stands between all that stay. */
  readonly #cuts = (neighbours: readonly Entry[]): Edit[] => {
    const cuts: Edit[] = [];
    const lastKept = neighbours.findLastIndex((entry) => !this.#removed.has(entry));
    for (const [index, entry] of neighbours.entries()) {
      if (!this.#removed.has(entry) || index > lastKept) continue;
      cuts.push({ from: entry.keyFrom, to: neighbours[index + 1]!.keyFrom, text: '' });
    }
    if (lastKept < neighbours.length - 1) {
      const from = neighbours[lastKept]?.to ?? neighbours[0]!.keyFrom;
      cuts.push({ from, to: neighbours.at(-1)!.to, text: '' });
    }
    return cuts;
  };

  #entry(container: Container, key: string | number): Entry {
    return typeof key === 'number'
      ? this.#document.entries.get(container)![key]!
      : this.#document.members.get(container)!.get(key)!;
  }
}
