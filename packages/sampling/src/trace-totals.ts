import {
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type SpanStage,
  spanView,
} from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_TRACE_COST_MICRO_USD,
  ATTR_LLM_OTEL_TRACE_TOKENS,
} from '@llm-otel/llm-conventions';
import { costMicroUsdOf, isModelCall, tokensOf } from './model-call-usage.ts';
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
  tokens: number;
  costMicroUsd: number;
}

/**
 * Writes the tokens and the cost of all model calls of a trace on its local root, as `llm_otel.trace.tokens` and
 * `llm_otel.trace.cost.micro_usd`, for those who decide by single spans: a Collector cannot add up a trace. Holds no
 * span, a hundred bytes for each trace with model calls. A call that ends after the local root is not counted.
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
    return spanView(span, {
      attributes: {
        ...span.attributes,
        [ATTR_LLM_OTEL_TRACE_TOKENS]: Math.round(totals.tokens),
        [ATTR_LLM_OTEL_TRACE_COST_MICRO_USD]: Math.round(totals.costMicroUsd),
      },
    });
  }

  #add(traceId: string, { attributes }: ReadableSpan): void {
    let totals = this.#totals.get(traceId);
    if (totals === undefined) {
      totals = { tokens: 0, costMicroUsd: 0 };
      this.#totals.set(traceId, totals);
      if (this.#totals.size > this.#maxTraces) {
        const [oldest] = this.#totals.keys();
        if (oldest !== undefined) this.#totals.delete(oldest);
      }
    }
    totals.tokens += tokensOf(attributes);
    totals.costMicroUsd += costMicroUsdOf(attributes);
  }
}
