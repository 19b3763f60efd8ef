import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';

/** A trace that is not decided yet: its spans, and what the rules ask for, kept up to date span by span. */
export class TraceRecord {
  readonly traceId: string;
  readonly firstSeen: number;
  spans: ReadableSpan[] = [];
  bytes: number = 0;
  lastSeen: number;
  /** When the local root ended, on the clock's monotonic time; `Infinity` before. */
  rootEndedAt: number = Infinity;
  /** The tick this trace will be looked at; others that it is listed under are out of date. */
  tick: number = -1;
  error: boolean = false;
  /** The caller is another service, and it has sampled the trace. */
  sampledByCaller: boolean = false;
  /** Earliest start and latest end, in milliseconds since the epoch. */
  start: number = Infinity;
  end: number = -Infinity;
  tokens: number = 0;
  costMicroUsd: number = 0;
  /** One bit for each rule whose condition on a span some span has fulfilled. */
  fulfilled: number = 0;

  constructor(traceId: string, now: number) {
    this.traceId = traceId;
    this.firstSeen = now;
    this.lastSeen = now;
  }
}

export function millisOf([seconds, nanos]: HrTime): number {
  return seconds * 1e3 + nanos / 1e6;
}
