import type { ReadableSpan } from '@llm-otel/core';
import type { TailLimits } from './limits.ts';
import { NEVER, type TraceRecord } from './trace-record.ts';
import { TraceSummaries } from './trace-summaries.ts';
import type { Verdict } from './verdict.ts';

const EVICTION_CANDIDATES = 16;

/** The traces that a tail sampler holds, and the summaries of those that it may hold again, counted and bounded. */
export class HeldTraces {
  /** In order of the moment since when they are held. */
  readonly all: ReadonlyMap<string, TraceRecord>;
  /** Those whose local root has ended, in that order. */
  readonly ended: Set<TraceRecord> = new Set();
  readonly summaries: TraceSummaries;
  /** Estimated, of what is held; without the summaries. */
  bytes = 0;
  spans = 0;
  readonly #traces = new Map<string, TraceRecord>();
  readonly #limits: TailLimits;

  constructor(limits: TailLimits) {
    this.#limits = limits;
    this.all = this.#traces;
    this.summaries = new TraceSummaries(limits);
  }

  open(record: TraceRecord, tick: number): void {
    record.decided = false;
    record.heldSince = tick;
    record.lastTick = tick;
    this.#traces.set(record.traceId, record);
    this.bytes += record.bytes;
  }

  add(record: TraceRecord, span: ReadableSpan, bytes: number): void {
    record.spans.push(span);
    record.bytes += bytes;
    this.spans++;
    this.bytes += bytes;
  }

  isFull({ spans, bytes }: TraceRecord): boolean {
    return spans.length >= this.#limits.maxSpansPerTrace || bytes > this.#limits.maxBytesPerTrace;
  }

  /** Gives up all that is known of the trace. */
  close(record: TraceRecord): void {
    record.decided = true;
    this.#traces.delete(record.traceId);
    this.ended.delete(record);
    this.bytes -= record.bytes;
    this.spans -= record.spans.length;
    record.spans = [];
  }

  /** Lets go of the trace, but not of its sums: it may go on after a pause, a flush, or with another local root. */
  rest(record: TraceRecord, verdict: Verdict): void {
    const hasEnded = record.rootTick !== NEVER;
    this.close(record);
    // A kept one is done with then, but for the spans that are late; of a dropped one, what comes is held again.
    if (!verdict.kept) record.rootTick = NEVER;
    empty(record, verdict);
    this.summaries.put(record, hasEnded);
  }

  /** Lets go of the spans so far, and goes on looking at the trace, with the sums of all of it. */
  letGo(record: TraceRecord, verdict: Verdict, tick: number): void {
    this.spans -= record.spans.length;
    this.bytes -= record.bytes - record.ownBytes;
    empty(record, verdict);
    record.heldSince = tick;
    this.#traces.delete(record.traceId);
    this.#traces.set(record.traceId, record);
  }

  /** Whether more is held than there is room for: `fill` above 1, asked at each span and so without a division. */
  get isOver(): boolean {
    const { maxBytes, maxTraces } = this.#limits;
    return this.bytes + this.summaries.bytes > maxBytes || this.#traces.size > maxTraces;
  }

  /** How much of the room is used, from 0 to 1 and a little more. */
  get fill(): number {
    const { maxBytes, maxTraces } = this.#limits;
    return Math.max((this.bytes + this.summaries.bytes) / maxBytes, this.#traces.size / maxTraces);
  }

  /** The heaviest of the oldest. */
  worst(tick: number): TraceRecord | undefined {
    let worst: TraceRecord | undefined;
    let worstWeight = -1;
    let candidates = EVICTION_CANDIDATES;
    for (const record of this.#traces.values()) {
      const weight = record.bytes * (tick - record.firstTick + 1);
      if (weight > worstWeight) {
        worst = record;
        worstWeight = weight;
      }
      if (--candidates === 0) break;
    }
    return worst;
  }
}

function empty(record: TraceRecord, verdict: Verdict): void {
  record.spans = [];
  record.bytes = record.ownBytes;
  record.isTorn ||= !verdict.kept;
  record.lastVerdict = verdict;
}
