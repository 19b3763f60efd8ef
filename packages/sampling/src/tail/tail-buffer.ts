import {
  type Clock,
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type StageReport,
} from '@llm-otel/core';
import { Deadlines, TICK_MILLIS } from './deadlines.ts';
import { type Decision, decisionOf, isKept, ruleIndexOf } from './decision.ts';
import { DecisionCache } from './decision-cache.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { isLocalRoot, KeptSpans } from './kept-spans.ts';
import type { TailLimits } from './limits.ts';
import type { TailRules } from './tail-rules.ts';
import { NEVER, TraceRecord } from './trace-record.ts';

const SAMPLED_FLAG = 1;
// Counted for a span whose members cannot be read.
const UNREADABLE_BYTES = 2000;
const EVICTION_CANDIDATES = 16;

/** How long to wait, in ticks. */
interface Waits {
  readonly delay: number;
  readonly deadline: number;
  readonly idle: number;
}

function ticksOf(millis: number): number {
  return Math.ceil(millis / TICK_MILLIS) + 1;
}

/** Holds the spans of each trace until it is decided about. Every span goes on once, or is reported once. */
export class TailBuffer implements SpanReceiver {
  readonly #rules: TailRules;
  readonly #limits: TailLimits;
  readonly #next: SpanReceiver;
  readonly #report: StageReport;
  // In order of their first span.
  readonly #traces = new Map<string, TraceRecord>();
  readonly #decisions: DecisionCache;
  readonly #deadlines: Deadlines<TraceRecord>;
  readonly #kept: KeptSpans;
  readonly #waits: Waits;
  readonly #usesIdle: boolean;
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
    this.#deadlines = new Deadlines(clock, (record) => this.#onDue(record));
    this.#kept = new KeptSpans(rules);
    this.#waits = {
      delay: ticksOf(limits.decisionDelayMillis),
      deadline: ticksOf(limits.deadlineMillis),
      idle: ticksOf(limits.idleMillis),
    };
    this.#usesIdle = this.#waits.idle < this.#waits.deadline;
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
    const record = new TraceRecord(traceId, this.#deadlines.tick);
    this.#traces.set(traceId, record);
    this.#bytes += record.bytes;
    this.#deadlines.set(record, this.#dueTick(record));
    return record;
  }

  /** Takes the span in. Returns the index of a rule that is certain to decide, or -1. */
  #add(record: TraceRecord, span: ReadableSpan): number {
    record.spans.push(span);
    this.#spans++;
    if (this.#usesIdle) record.lastTick = this.#deadlines.tick;
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
    record.rootTick = this.#deadlines.tick;
    this.#deadlines.set(record, this.#dueTick(record));
  }

  #isFull({ spans, bytes }: TraceRecord): boolean {
    return spans.length >= this.#limits.maxSpansPerTrace || bytes > this.#limits.maxBytesPerTrace;
  }

  /** Never early: a part of a tick has passed at most when the first one is counted. */
  #dueTick({ firstTick, lastTick, rootTick }: TraceRecord): number {
    const { delay, deadline, idle } = this.#waits;
    const atLatest = Math.min(firstTick + deadline, lastTick + idle);
    return rootTick === NEVER ? atLatest : Math.min(rootTick + delay, atLatest);
  }

  #onDue(record: TraceRecord): void {
    const due = this.#dueTick(record);
    // A span has ended in the meantime.
    if (due > this.#deadlines.tick) this.#deadlines.set(record, due);
    else this.#decide(record);
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
    this.#deadlines.delete(record);
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
    const now = this.#deadlines.tick;
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
