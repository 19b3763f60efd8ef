import type { Clock } from '@llm-otel/core';
import type { Span } from './engine/span.ts';
import { boundedPattern } from './policy/check-pattern.ts';
import type { RedactionPattern } from './policy/redaction-policy.ts';

/** Characters searched before the clock is looked at. */
const STRETCH = 16_384;
/** Longest time the patterns of a policy may take for one value, unless the policy says otherwise. */
const PATTERN_BUDGET_MILLIS = 50;

/** What is used of a regular expression. Those of RE2 fit. */
export interface SearchPattern {
  lastIndex: number;
  exec(text: string): { readonly index: number; readonly 0: string } | null;
}

/** Makes regular expressions: `RegExp` itself, or those of an engine that is linear for every pattern. */
export type PatternEngine = (source: string, flags: string) => SearchPattern;

export interface CustomPatternsOptions {
  readonly clock: Clock;
  readonly budgetMillis?: number | undefined;
  /** @defaultValue `RegExp`, with open repetitions bounded */
  readonly engine?: PatternEngine | undefined;
}

/** The patterns took longer than they may. The value is replaced as a whole. */
class PatternBudgetError extends Error {
  override readonly name = 'PatternBudgetError';
}

interface CompiledPattern {
  readonly kind: string;
  readonly search: SearchPattern;
  readonly exact: SearchPattern;
}

/** Searches texts for the patterns of a policy, after our own detectors. */
export class CustomPatterns {
  readonly #patterns: readonly CompiledPattern[];
  readonly #clock: Clock;

  readonly #budgetMillis: number;
  #spentMillis = 0;

  constructor(
    patterns: readonly RedactionPattern[],
    { clock, engine, budgetMillis = PATTERN_BUDGET_MILLIS }: CustomPatternsOptions,
  ) {
    this.#clock = clock;
    this.#budgetMillis = budgetMillis;
    const make: PatternEngine = engine ?? ((source, flags) => new RegExp(source, flags));
    this.#patterns = patterns.map(({ name, pattern, ignoreCase }) => {
      const source = engine === undefined ? boundedPattern(pattern) : pattern;
      const flags = ignoreCase === true ? 'iu' : 'u';
      return {
        kind: name,
        search: make(source, `g${flags}`),
        exact: make(source, `y${flags}`),
      };
    });
  }

  /** A new value: what was spent on the one before does not count. */
  start(): void {
    this.#spentMillis = 0;
  }

  /** @throws PatternBudgetError when the value takes too long, all of its texts together */
  find(text: string): Span[] {
    const spans: Span[] = [];
    let spent = 0;
    const started = this.#clock.monotonicMillis();
    for (const pattern of this.#patterns) {
      for (let from = 0; from < text.length;) {
        from = findInStretch(text, from, pattern, spans);
        // Also behind the last stretch: whoever is slow there is slow.
        spent = this.#clock.monotonicMillis() - started;
        if (this.#spentMillis + spent > this.#budgetMillis)
          throw new PatternBudgetError('the patterns of the policy took too long for one value');
      }
    }
    this.#spentMillis += spent;
    return spans;
  }
}

/** Searches one stretch from `start` on. Returns where the next one starts. */
function findInStretch(
  text: string,
  start: number,
  { kind, search, exact }: CompiledPattern,
  spans: Span[],
): number {
  const end = Math.min(text.length, start + STRETCH);
  // A slice with the same start: what a pattern says about the text before a match stays true.
  const stretch = end === text.length ? text : text.slice(0, end);
  search.lastIndex = start;
  for (let match = search.exec(stretch); match !== null; match = search.exec(stretch)) {
    let to = match.index + match[0].length;
    if (to === end && end < text.length) {
      // It may go on behind the stretch, or have been let in by its end.
      exact.lastIndex = match.index;
      const whole = exact.exec(text);
      if (whole === null) continue;
      to = match.index + whole[0].length;
    }
    if (to === match.index) search.lastIndex++;
    else spans.push({ kind, from: match.index, to });
    if (to > end) return to;
  }
  // A match that starts in the stretch and ends behind it would be missed: take the last characters again.
  return end === text.length ? end : Math.max(start + 1, end - OVERLAP);
}

const OVERLAP = 1024;
