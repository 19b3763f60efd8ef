import type { SpanContext } from '@opentelemetry/api';
import {
  type Clock,
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type StageReport,
} from '@llm-otel/core';
import { type Decision, decisionOf, isKept, ruleIndexOf } from './decision.ts';
import { DecisionCache } from './decision-cache.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { isLocalRoot, KeptSpans } from './kept-spans.ts';
import type { TailLimits } from './limits.ts';
import type { TailRules } from './tail-rules.ts';
import { Ticker, ticksFor } from './ticker.ts';
import { NEVER, TraceRecord } from './trace-record.ts';

const SAMPLED_FLAG = 1;
// Counted for a span whose members cannot be read.
const UNREADABLE_BYTES = 2000;
const EVICTION_CANDIDATES = 16;

const IDLE_CHECK_TICKS = 4;
const NO_SPANS: ReadableSpan[] = [];

/** Holds the spans of each trace until it is decided about. Every span goes on once, or is reported once. */
export class TailBuffer implements SpanReceiver {
  readonly #rules: TailRules;
  readonly #limits: TailLimits;
  readonly #next: SpanReceiver;
  readonly #report: StageReport;
  // In order of their first span.
  readonly #traces = new Map<string, TraceRecord>();
  readonly #decisions: DecisionCache;
  readonly #ticker: Ticker;
  // Traces whose local root has ended, in that order. Some may be decided by now.
  readonly #ended: TraceRecord[] = [];
  readonly #kept: KeptSpans;
  // In ticks.
  readonly #delay: number;
  readonly #deadline: number;
  readonly #idle: number;
  readonly #usesIdle: boolean;
  #lastIdleCheck = 0;
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
    this.#next = next;
    this.#report = report;
    this.#decisions = new DecisionCache(limits.maxDecisions);
    this.#ticker = new Ticker(clock, (tick) => this.#onTick(tick));
    this.#kept = new KeptSpans(rules);
    this.#delay = ticksFor(limits.decisionDelayMillis);
    this.#deadline = ticksFor(limits.deadlineMillis);
    this.#idle = ticksFor(limits.idleMillis);
    // Otherwise the deadline is always over first.
    this.#usesIdle = this.#idle < this.#deadline;
  }

  onEnd(span: ReadableSpan): void {
    const context = span.spanContext();
    const { traceId } = context;
    let record = this.#traces.get(traceId);
    if (record === undefined) {
      const decision = this.#decisions.get(traceId);
      if (decision !== undefined) return this.#pass([span], decision);
      record = this.#open(context);
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
    if (this.#traces.size > 0) return;
    this.#ended.length = 0;
    this.#ticker.stop();
  }

  close(): void {
    this.#ticker.stop();
  }

  #open(context: SpanContext): TraceRecord {
    const record = new TraceRecord(context, this.#ticker.tick);
    this.#traces.set(context.traceId, record);
    this.#bytes += record.bytes;
    this.#ticker.start();
    return record;
  }

  /** Takes the span in. Returns the index of a rule that is certain to decide, or -1. */
  #add(record: TraceRecord, span: ReadableSpan): number {
    record.spans.push(span);
    this.#spans++;
    if (this.#usesIdle) record.lastTick = this.#ticker.tick;
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
    if (span.parentSpanContext !== undefined) {
      record.sampledByCaller ||= (span.parentSpanContext.traceFlags & SAMPLED_FLAG) !== 0;
    }
    // A trace may come through here more than once; the first root that ends starts the wait.
    if (record.rootTick !== NEVER) return;
    record.rootTick = this.#ticker.now();
    this.#ended.push(record);
  }

  #isFull({ spans, bytes }: TraceRecord): boolean {
    return spans.length >= this.#limits.maxSpansPerTrace || bytes > this.#limits.maxBytesPerTrace;
  }

  /** Decides what is due. Both kinds of deadlines come in the order of their records, so only these are looked at. */
  #onTick(tick: number): boolean {
    const waiting = this.#ended.findIndex(({ rootTick }) => rootTick + this.#delay > tick);
    const due = this.#ended.splice(0, waiting === -1 ? this.#ended.length : waiting);
    for (const record of due) this.#decide(record);
    for (const record of this.#traces.values()) {
      if (record.firstTick + this.#deadline > tick) break;
      this.#decide(record);
    }
    if (this.#usesIdle && tick - this.#lastIdleCheck >= IDLE_CHECK_TICKS) this.#decideIdle(tick);
    return this.#traces.size > 0;
  }

  #decideIdle(tick: number): void {
    this.#lastIdleCheck = tick;
    for (const record of this.#traces.values()) {
      if (record.lastTick + this.#idle <= tick) this.#decide(record);
    }
  }

  /** @param certain - index of the rule that decides whatever else happens */
  #decide(record: TraceRecord, certain: number = -1): void {
    if (record.decided) return;
    record.decided = true;
    const decision = decisionOf(this.#rules, record, certain);
    this.#traces.delete(record.traceId);
    this.#decisions.set(record.traceId, decision);
    this.#bytes -= record.bytes;
    this.#spans -= record.spans.length;
    const { spans } = record;
    record.spans = NO_SPANS;
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
    const now = this.#ticker.tick;
    while (this.#bytes > maxBytes || this.#traces.size > maxTraces) {
      let worst: TraceRecord | undefined;
      let worstWeight = -1;
      let candidates = EVICTION_CANDIDATES;
      for (const record of this.#traces.values()) {
        const weight = record.bytes * (now - record.firstTick + 1);
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
