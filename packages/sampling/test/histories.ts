// Histories of traces that differ in their ids alone, and what is kept of them stands for.
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import * as fc from 'fast-check';
import { readOtMember } from '../src/ot-member.ts';
import { policyOf } from './tail-harness.ts';

/** An eighth of all ids each. */
export const EIGHT: readonly string[] = Array.from(
  { length: 8 },
  (_, at) => `0af7651916cd43dd84${(at * 2).toString(16)}8${'0'.repeat(11)}${at + 1}`,
);

/** How many spans a kept one stands for; NaN where nobody knows. */
export function weightOf(kept: ReadableSpan): number {
  const { threshold } = readOtMember(kept.spanContext().traceState);
  if (threshold === undefined) return Number.NaN;
  return 1 / (1 - Number.parseInt(threshold.text.padEnd(14, '0'), 16) / 2 ** 56);
}

/** Of what was kept, by the id of the span, which all traces share. */
export function weightsBySpan(kept: readonly ReadableSpan[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const one of kept) {
    const { spanId } = one.spanContext();
    sums.set(spanId, (sums.get(spanId) ?? 0) + weightOf(one));
  }
  return sums;
}

export const callOf = (tokens: number): Attributes => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.usage.input_tokens': tokens,
});

const eighths = fc.integer({ min: 0, max: 8 }).map((at) => ({ ratio: at / 8 }));
const when = fc.constantFrom(
  undefined,
  { error: true },
  { error: false },
  { name: 'health' },
  { minDurationMillis: 2500 },
  { minTokens: 100 },
  { minSpans: 3 },
  { minSpans: 6 },
  { name: 'chat', error: true },
);
const rule = fc.record({
  when,
  keep: fc.oneof(fc.constantFrom('all' as const, 'none' as const), eighths),
});
export const policies: fc.Arbitrary<SamplingPolicy> = fc
  .array(rule, { minLength: 1, maxLength: 5 })
  .map((rules) => policyOf(...rules.map((one, at) => ({ name: `rule ${at}`, ...one }))));
export interface EndedSpan {
  readonly name: string;
  readonly error: boolean;
  readonly tokens: number;
  readonly end: number;
}
export type Step = EndedSpan | { readonly advance: number } | { readonly drain: boolean };
/** What happens to all of them: a span ends, time passes, or a flush. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      name: fc.constantFrom('chat', 'health', 'tool'),
      error: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
      tokens: fc.constantFrom(0, 60),
      end: fc.constantFrom(1, 2600),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom(250, 1000, 4000).map((advance) => ({ advance })) },
  { weight: 1, arbitrary: fc.constant({ drain: true }) },
);
