import type { Span } from './engine/span.ts';
import type { TimeBudget } from './engine/time-budget.ts';
import type { KeyRules } from './keys/key-rules.ts';

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
