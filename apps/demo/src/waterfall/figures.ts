import {
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
} from '@llm-otel/llm-conventions';
import type { TraceSpan } from './trace-tree.ts';

/** What a span says about its model call. Absent figures stay absent. */
export interface Figures {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly costMicroUsd?: number | undefined;
  readonly firstChunkSeconds?: number | undefined;
}

export function figuresOf({ attributes }: TraceSpan): Figures {
  const number = (name: string): number | undefined => {
    const value = attributes[name];
    return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
  };
  return {
    inputTokens: number(ATTR_GEN_AI_USAGE_INPUT_TOKENS),
    outputTokens: number(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS),
    costMicroUsd: number(ATTR_LLM_OTEL_COST_MICRO_USD),
    firstChunkSeconds: number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK),
  };
}

/** Sums over all spans. A figure that no span has is absent. */
export function sumFigures(spans: readonly TraceSpan[]): Figures {
  const figures = spans.map(figuresOf);
  const sum = (key: 'inputTokens' | 'outputTokens' | 'costMicroUsd'): number | undefined => {
    const known = figures.map((figure) => figure[key]).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
  };
  return {
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    costMicroUsd: sum('costMicroUsd'),
  };
}

/** `412 ms`, `2.31 s`, `1 m 05 s`: at most seven characters. */
export function formatNanos(nanos: bigint): string {
  const millis = Number(nanos) / 1e6;
  if (millis < 9.95) return `${millis.toFixed(1)} ms`;
  if (millis < 999.5) return `${millis.toFixed(0)} ms`;
  if (millis < 59_950) return `${(millis / 1000).toFixed(2)} s`;
  const seconds = Math.round(millis / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')}`;
}

/** `1,204→310`; empty when the span has no token counts. */
export function formatTokens({ inputTokens, outputTokens }: Figures): string {
  if (inputTokens === undefined && outputTokens === undefined) return '';
  return `${short(inputTokens)}→${short(outputTokens)}`;
}

/** `$0.0041`; empty when the price is unknown. */
export function formatCost({ costMicroUsd }: Figures): string {
  if (costMicroUsd === undefined) return '';
  return costMicroUsd < 100
    ? `$${(costMicroUsd / 1e6).toFixed(6)}`
    : `$${(costMicroUsd / 1e6).toFixed(4)}`;
}

function short(count: number | undefined): string {
  if (count === undefined) return '?';
  return count < 10_000 ? String(count) : `${(count / 1000).toFixed(1)}k`;
}
