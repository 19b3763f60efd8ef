import { FailureLog } from '@llm-otel/core';
import type { SpanAttributeNames } from './generated/attribute-types.ts';
import { genAiAttributeDefinitions } from './generated/attribute-facts.ts';
import { genAiSpanDefinitions } from './generated/spans.ts';

const failures = new FailureLog();

/** The attributes that the conventions list for one or several kinds of span. The compiler cannot guard plain JavaScript. */
export class KnownAttributes {
  readonly #names: ReadonlySet<string>;
  readonly #prefixes: readonly string[];
  /** Those that are recorded only where content is on. */
  readonly #content: ReadonlySet<string>;
  readonly #contentPrefixes: readonly string[];
  readonly #what: string;

  constructor(...spans: readonly (keyof SpanAttributeNames)[]) {
    const names = spans.flatMap((span) => Object.keys(genAiSpanDefinitions[span].attributes));
    this.#names = new Set(names);
    this.#prefixes = [...this.#names].filter(isTemplate).map((name) => `${name}.`);
    this.#content = new Set(
      spans.flatMap((span) =>
        Object.entries(genAiSpanDefinitions[span].attributes)
          .filter(([name, { level }]) => level === 'opt_in' && isSensitive(name))
          .map(([name]) => name),
      ),
    );
    this.#contentPrefixes = [...this.#content].filter(isTemplate).map((name) => `${name}.`);
    this.#what = spans[0] ?? '';
  }

  has(name: string): boolean {
    return this.#names.has(name) || this.#prefixes.some((prefix) => name.startsWith(prefix));
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
      if (!content && this.#isContent(name)) continue;
      if (this.has(name)) set(name, value);
      else this.#reportUnknown(name);
    }
  }

  #isContent(name: string): boolean {
    return this.#content.has(name) || this.#contentPrefixes.some((start) => name.startsWith(start));
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
