import type { HrTime, SpanContext, TraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { TRACE_BYTES } from './estimate-bytes.ts';

/** No tick of the {@link Ticker}. */
export const NEVER = -1;

/**
 * A trace that is not decided yet: its spans, and what the rules ask for, kept up to date span by span. There are
 * tens of thousands of these, and each ended span finds its own one cold in memory: so times are whole numbers, which
 * the engine keeps in the object itself, and what every span touches comes first.
 */
export class TraceRecord {
  spans: ReadableSpan[] = [];
  bytes: number = TRACE_BYTES;
  error: boolean = false;
  /** One bit for each rule whose condition on a span some span has fulfilled. */
  fulfilled: number = 0;
  /** Earliest start and latest end in milliseconds, 32 bits of them: only their difference means something. */
  start: number = 0;
  end: number = 0;
  tokens: number = 0;
  costMicroUsd: number = 0;
  readonly traceId: string;
  /** Of the first span: all spans of a trace share it. */
  readonly traceState: TraceState | undefined;
  readonly firstTick: number;
  lastTick: number;
  /** When the local root ended; {@link NEVER} before. */
  rootTick: number = NEVER;
  /** The caller is another service, and it has sampled the trace. */
  sampledByCaller: boolean = false;
  decided: boolean = false;

  constructor({ traceId, traceState }: SpanContext, tick: number) {
    this.traceId = traceId;
    this.traceState = traceState;
    this.firstTick = tick;
    this.lastTick = tick;
  }

  /** Widens the trace's time by that of a span. */
  cover(startTime: HrTime, endTime: HrTime): void {
    const start = wrappedMillis(startTime);
    const end = wrappedMillis(endTime);
    const isFirst = this.spans.length === 1;
    if (isFirst || ((start - this.start) | 0) < 0) this.start = start;
    if (isFirst || ((end - this.end) | 0) > 0) this.end = end;
  }

  durationMillis(): number {
    return (this.end - this.start) | 0;
  }
}

/** Differences come out right as long as they are shorter than 24 days. */
function wrappedMillis([seconds, nanos]: HrTime): number {
  return (seconds * 1e3 + nanos / 1e6) | 0;
}
