import type { Attributes } from '@opentelemetry/api';
import {
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type SpanStage,
  spanView,
} from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_TRACE_COST_MICRO_USD,
  ATTR_LLM_OTEL_TRACE_PARTIAL,
  ATTR_LLM_OTEL_TRACE_TOKENS,
  CostSum,
  exactCostOfSpan,
} from '@llm-otel/llm-conventions';
import { isModelCall, tokensOf, usedTokens } from './model-call-usage.ts';
import { isLocalRoot } from './tail/kept-spans.ts';

export interface TraceTotalsOptions {
  /**
   * Most traces with model calls whose local root has not ended. With more, the one that began first is forgotten,
   * and its root goes on without totals.
   * @defaultValue 10000
   */
  readonly maxTraces?: number | undefined;
}

interface Totals {
  /** Undefined as long as no call said what it used. */
  tokens: number | undefined;
  cost: CostSum | undefined;
  /** Calls that used some and did not say how many, and calls without a cost. */
  hasUnknownTokens: boolean;
  hasUnknownCost: boolean;
}

/**
 * Writes the tokens and the cost of all model calls of a trace on its local root, as `llm_otel.trace.tokens` and
 * `llm_otel.trace.cost.micro_usd`, for those who decide by single spans: a Collector cannot add up a trace. What no call told is left out, and
 * `llm_otel.trace.partial` names the sums that lack calls. Holds no span, two hundred bytes for each trace with model calls. A call that
 * ends after the local root is not counted.
 */
export function traceTotals({ maxTraces = 10_000 }: TraceTotalsOptions = {}): SpanStage {
  return (next) => new TraceTotals(next, maxTraces);
}

class TraceTotals implements SpanReceiver {
  readonly #next: SpanReceiver;
  readonly #maxTraces: number;
  // In order of their first call.
  readonly #totals = new Map<string, Totals>();
  readonly #failures = new FailureLog();

  constructor(next: SpanReceiver, maxTraces: number) {
    this.#next = next;
    this.#maxTraces = maxTraces;
  }

  onEnd(span: ReadableSpan): void {
    this.#next.onEnd(this.#failures.guard('adding up a trace', () => this.#take(span)) ?? span);
  }

  close(): void {
    this.#totals.clear();
  }

  #take(span: ReadableSpan): ReadableSpan {
    const { traceId } = span.spanContext();
    if (isModelCall(span.attributes)) this.#add(traceId, span);
    if (!isLocalRoot(span)) return span;
    const totals = this.#totals.get(traceId);
    if (totals === undefined) return span;
    this.#totals.delete(traceId);
    const { tokens, cost, hasUnknownTokens, hasUnknownCost } = totals;
    const attributes: Attributes = { ...span.attributes };
    if (tokens !== undefined) attributes[ATTR_LLM_OTEL_TRACE_TOKENS] = Math.round(tokens);
    if (cost !== undefined)
      attributes[ATTR_LLM_OTEL_TRACE_COST_MICRO_USD] = Math.round(cost.microUsd);
    const partial: string[] = [];
    if (tokens !== undefined && hasUnknownTokens) partial.push('tokens');
    if (cost !== undefined && hasUnknownCost) partial.push('cost');
    if (partial.length > 0) attributes[ATTR_LLM_OTEL_TRACE_PARTIAL] = partial;
    return spanView(span, { attributes });
  }

  #add(traceId: string, span: ReadableSpan): void {
    let totals = this.#totals.get(traceId);
    if (totals === undefined) {
      totals = {
        tokens: undefined,
        cost: undefined,
        hasUnknownTokens: false,
        hasUnknownCost: false,
      };
      this.#totals.set(traceId, totals);
      if (this.#totals.size > this.#maxTraces) {
        const [oldest] = this.#totals.keys();
        if (oldest !== undefined) this.#totals.delete(oldest);
      }
    }
    const tokens = tokensOf(span.attributes);
    if (tokens !== undefined) totals.tokens = (totals.tokens ?? 0) + tokens;
    const cost = exactCostOfSpan(span);
    if (cost !== undefined) (totals.cost ??= new CostSum()).add(cost);
    if (!usedTokens(span)) return;
    if (tokens === undefined) totals.hasUnknownTokens = true;
    if (cost === undefined) totals.hasUnknownCost = true;
  }
}
