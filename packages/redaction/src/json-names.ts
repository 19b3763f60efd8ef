import type { Span } from './engine/span.ts';
import { FreeNames } from './free-names.ts';

/** A name that leaves as `replacement`, which is a string of JSON. */
export interface NameSpan {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  replacement: string;
}

/** What was found in a name, as one span. */
export function wholeName(
  text: string,
  from: number,
  to: number,
  found: readonly Span[],
  replace: (kind: string, value: string) => string,
): NameSpan {
  let replacement = '';
  let at = from;
  for (const span of found) {
    const instead = span.replacement ?? replace(span.kind, text.slice(span.from, span.to));
    replacement += text.slice(at, span.from) + instead;
    at = span.to;
  }
  return { kind: '', from, to, replacement: replacement + text.slice(at, to) };
}

/** The names of one object in a text that is JSON. */
export class JsonNames {
  readonly #kept = new Set<string>();
  readonly #changed: NameSpan[] = [];

  kept(name: string): void {
    this.#kept.add(name);
  }

  changed(span: NameSpan): void {
    this.#changed.push(span);
  }

  /** Gives each of the changed names one that no other has. */
  tellApart(): void {
    if (this.#changed.length === 0) return;
    const free = new FreeNames((name) => this.#kept.has(name));
    for (const span of this.#changed)
      span.replacement = JSON.stringify(free.nameFor(JSON.parse(span.replacement) as string));
  }
}
