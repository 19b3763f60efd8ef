import { FailureLog } from '@llm-otel/core';
import type { SpanAttributeNames } from './generated/attribute-types.ts';
import { genAiAttributeDefinitions } from './generated/attribute-facts.ts';
import { genAiSpanDefinitions } from './generated/spans.ts';

const failures = new FailureLog();

/** The attributes that the conventions list for one or several kinds of span. The compiler cannot guard plain JavaScript. */
export class KnownAttributes {
  /** By name: whether it holds content, and so is recorded only where content is on. */
  readonly #names = new Map<string, boolean>();
  /** The same for names that begin so. */
  readonly #prefixes: readonly (readonly [string, boolean])[];
  readonly #what: string;

  constructor(...spans: readonly (keyof SpanAttributeNames)[]) {
    for (const span of spans)
      for (const [name, { level }] of Object.entries(genAiSpanDefinitions[span].attributes)) {
        const holdsContent = level === 'opt_in' && isSensitive(name);
        this.#names.set(name, holdsContent || this.#names.get(name) === true);
      }
    this.#prefixes = [...this.#names]
      .filter(([name]) => isTemplate(name))
      .map(([name, holdsContent]) => [`${name}.`, holdsContent]);
    this.#what = spans[0] ?? '';
  }

  has(name: string): boolean {
    return this.#holdsContent(name) !== undefined;
  }

  /**
   * Calls `set` for each member of `attributes` that has a value and is listed. Others are reported once and left out.
   * Without `content`, so is what holds content.
   */
  forEach(attributes: object, content: boolean, set: (name: string, value: unknown) => void): void {
    const values = attributes as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value === undefined || value === null) continue;
      const holdsContent = this.#holdsContent(name);
      if (holdsContent === undefined) this.#reportUnknown(name);
      else if (content || !holdsContent) set(name, value);
    }
  }

  /** Undefined where it is not listed. */
  #holdsContent(name: string): boolean | undefined {
    return this.#names.get(name) ?? this.#prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
  }

  #reportUnknown(name: string): void {
    failures.report(
      `setting the attribute ${name}`,
      new Error(`it is not listed for ${this.#what}; attributes of your own go through "extra"`),
    );
  }
}

function isSensitive(name: string): boolean {
  return genAiAttributeDefinitions[name]?.sensitive === true;
}

function isTemplate(name: string): boolean {
  return genAiAttributeDefinitions[name]?.type === 'template[string]';
}
