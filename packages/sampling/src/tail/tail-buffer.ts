import {
  type Clock,
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type StageReport,
} from '@llm-otel/core';
import { Deadlines } from './deadlines.ts';
import { type Decision, decisionOf, isKept, ruleIndexOf } from './decision.ts';
import { DecisionCache } from './decision-cache.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { isLocalRoot, KeptSpans } from './kept-spans.ts';
import type { TailLimits } from './limits.ts';
import type { TailRules } from './tail-rules.ts';
import { TraceRecord } from './trace-record.ts';

const SAMPLED_FLAG = 1;
// Counted for a span whose members cannot be read.
const UNREADABLE_BYTES = 2000;
const EVICTION_CANDIDATES = 16;

/** Holds the spans of each trace until it is decided about. Every span goes on once, or is reported once. */
export class TailBuffer implements SpanReceiver {
  readonly #rules: TailRules;
  readonly #limits: TailLimits;
  readonly #next: SpanReceiver;
  readonly #report: StageReport;
  readonly #clock: Clock;
  // In order of their first span.
  readonly #traces = new Map<string, TraceRecord>();
  readonly #decisions: DecisionCache;
  readonly #deadlines: Deadlines<TraceRecord>;
  readonly #kept: KeptSpans;
  readonly #failures = new FailureLog();
  #bytes = 0;
  #spans = 0;

  constructor(
    rules: TailRules,
    limits: TailLimits,
    clock: Clock,
    next: SpanReceiver,
    report: StageReport,
  ) {
    this.#rules = rules;
    this.#limits = limits;
    this.#clock = clock;
    this.#next = next;
    this.#report = report;
    this.#decisions = new DecisionCache(limits.maxDecisions);
    this.#deadlines = new Deadlines(clock, (record, now) => this.#onDue(record, now));
    this.#kept = new KeptSpans(rules);
  }

  onEnd(span: ReadableSpan): void {
    const { traceId } = span.spanContext();
    let record = this.#traces.get(traceId);
    if (record === undefined) {
      const decision = this.#decisions.get(traceId);
      if (decision !== undefined) return this.#pass([span], decision);
      record = this.#open(traceId);
    }
    const certain = this.#add(record, span);
    if (certain >= 0) this.#decide(record, certain);
    else if (this.#isFull(record)) this.#decide(record);
    if (this.#bytes > this.#limits.maxBytes || this.#traces.size > this.#limits.maxTraces) {
      this.#makeRoom();
    }
  }

  heldSpans(): number {
    return this.#spans;
  }

  /** Estimated bytes of all held spans. */
  heldBytes(): number {
    return this.#bytes;
  }

  drain(): void {
    // A copy: passing a span on may end another one.
    const undecided = Array.from(this.#traces.values());
    for (const record of undecided) this.#decide(record);
    this.#deadlines.clear();
  }

  close(): void {
    this.#deadlines.clear();
  }

  #open(traceId: string): TraceRecord {
    const record = new TraceRecord(traceId, this.#clock.monotonicMillis());
    this.#traces.set(traceId, record);
    this.#deadlines.set(record, this.#dueAt(record));
    return record;
  }

  /** Takes the span in. Returns the index of a rule that is certain to decide, or -1. */
  #add(record: TraceRecord, span: ReadableSpan): number {
    record.spans.push(span);
    this.#spans++;
    record.lastSeen = Math.max(record.firstSeen, this.#deadlines.recently);
    let bytes = UNREADABLE_BYTES;
    let certain = -1;
    try {
      bytes = estimateBytes(span);
      if (this.#rules.add(record, span)) certain = this.#rules.certainMatch(record);
      if (isLocalRoot(span)) this.#addLocalRoot(record, span);
    } catch (error) {
      // Attributes with a getter that throws. The span is held and decided about like any other.
      this.#failures.report('reading a span for tail sampling', error);
    }
    record.bytes += bytes;
    this.#bytes += bytes;
    return certain;
  }

  #addLocalRoot(record: TraceRecord, span: ReadableSpan): void {
    const now = this.#clock.monotonicMillis();
    if (span.parentSpanContext !== undefined) {
      record.sampledByCaller ||= (span.parentSpanContext.traceFlags & SAMPLED_FLAG) !== 0;
    }
    // A trace may come through here more than once; the first root that ends starts the wait.
    if (record.rootEndedAt !== Infinity) return;
    record.rootEndedAt = now;
    this.#deadlines.set(record, this.#dueAt(record));
  }

  #isFull({ spans, bytes }: TraceRecord): boolean {
    return spans.length >= this.#limits.maxSpansPerTrace || bytes > this.#limits.maxBytesPerTrace;
  }

  #dueAt({ firstSeen, lastSeen, rootEndedAt }: TraceRecord): number {
    const { decisionDelayMillis, deadlineMillis, idleMillis } = this.#limits;
    return Math.min(
      rootEndedAt + decisionDelayMillis,
      firstSeen + deadlineMillis,
      lastSeen + idleMillis,
    );
  }

  #onDue(record: TraceRecord, now: number): void {
    const due = this.#dueAt(record);
    // A span has ended in the meantime.
    if (due > now) this.#deadlines.set(record, due);
    else this.#decide(record);
  }

  /** @param certain - index of the rule that decides whatever else happens */
  #decide(record: TraceRecord, certain: number = -1): void {
    if (this.#traces.get(record.traceId) !== record) return;
    const decision = decisionOf(this.#rules, record, certain);
    this.#traces.delete(record.traceId);
    this.#decisions.set(record.traceId, decision);
    this.#bytes -= record.bytes;
    this.#spans -= record.spans.length;
    record.tick = -1;
    const { spans } = record;
    record.spans = [];
    this.#pass(spans, decision);
  }

  #pass(spans: readonly ReadableSpan[], decision: Decision): void {
    if (isKept(decision)) {
      for (const span of spans) this.#next.onEnd(this.#view(span, decision));
    } else {
      const rule = this.#rules.all[ruleIndexOf(decision)];
      this.#report.sampledOut(rule?.name ?? '', spans.length);
    }
  }

  #view(span: ReadableSpan, decision: Decision): ReadableSpan {
    return (
      this.#failures.guard('marking a kept span', () => this.#kept.view(span, decision)) ?? span
    );
  }

  /** Decides early about the heaviest of the oldest traces, until there is room. */
  #makeRoom(): void {
    const { maxBytes, maxTraces } = this.#limits;
    const now = this.#clock.monotonicMillis();
    while (this.#bytes > maxBytes || this.#traces.size > maxTraces) {
      let worst: TraceRecord | undefined;
      let worstWeight = -1;
      let candidates = EVICTION_CANDIDATES;
      for (const record of this.#traces.values()) {
        const weight = record.bytes * (now - record.firstSeen + 1);
        if (weight > worstWeight) {
          worst = record;
          worstWeight = weight;
        }
        if (--candidates === 0) break;
      }
      if (worst === undefined) return;
      this.#decide(worst);
    }
  }
}
