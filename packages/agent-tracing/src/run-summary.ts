import {
  ATTR_LLM_OTEL_BUDGET_EXCEEDED,
  ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD,
  ATTR_LLM_OTEL_ROLLUP_PARTIAL,
  ATTR_LLM_OTEL_ROLLUP_USAGE_INPUT_TOKENS,
  ATTR_LLM_OTEL_ROLLUP_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_RUN_LOOPS,
  ATTR_LLM_OTEL_RUN_RESUMED,
  ATTR_LLM_OTEL_RUN_STEPS,
  ATTR_LLM_OTEL_RUN_STOP_REASON,
} from '@llm-otel/llm-conventions';
import type { RunMeter } from './run-meter.ts';

export interface RunSummary {
  readonly stopReason: string;
  readonly meter: RunMeter;
  readonly steps: number;
  readonly loops: number;
  readonly resumed: number | undefined;
  /** Whether calls below the span are not over, because their streams have not been read for example. */
  readonly hasOpenCalls: boolean;
}

/**
 * What is known of a run at its end. Its totals are those of the calls below its span, without what an earlier part of a
 * resumed run used, and have names of our own, so that sums over `gen_ai.usage.*` stay right.
 */
export function setRunSummary(
  set: (name: string, value: unknown) => void,
  { stopReason, meter, steps, loops, resumed, hasOpenCalls }: RunSummary,
): void {
  set(ATTR_LLM_OTEL_RUN_STOP_REASON, stopReason);
  if (steps > 0) set(ATTR_LLM_OTEL_RUN_STEPS, steps);
  if (meter.hasTokens) {
    set(ATTR_LLM_OTEL_ROLLUP_USAGE_INPUT_TOKENS, meter.below.inputTokens);
    if (meter.hasOutputTokens)
      set(ATTR_LLM_OTEL_ROLLUP_USAGE_OUTPUT_TOKENS, meter.below.outputTokens);
  }
  if (meter.hasCost) set(ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD, Math.round(meter.below.microUsd));
  const partial = meter.partial(hasOpenCalls);
  if (partial.length > 0) set(ATTR_LLM_OTEL_ROLLUP_PARTIAL, partial);
  if (meter.exceeded.length > 0) set(ATTR_LLM_OTEL_BUDGET_EXCEEDED, [...meter.exceeded]);
  if (loops > 0) set(ATTR_LLM_OTEL_RUN_LOOPS, loops);
  set(ATTR_LLM_OTEL_RUN_RESUMED, resumed);
}
