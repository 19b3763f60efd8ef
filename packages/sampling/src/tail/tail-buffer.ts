import type { SpanContext } from '@opentelemetry/api';
import {
  type Clock,
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type StageReport,
} from '@llm-otel/core';
import type { PolicyHolder } from '../live-policy.ts';
import { decide, decideUnderStress } from './decide.ts';
import { DecisionCache } from './decision-cache.ts';
import { estimateBytes, TRACE_BYTES } from './estimate-bytes.ts';
import { isLocalRoot, KeptSpans } from './kept-spans.ts';
import { IdleLooks } from './idle-looks.ts';
import type { TailLimits } from './limits.ts';
import { StressRelief } from './stress-relief.ts';
import { type DecisionCause, noDecisions, type TailStats } from './tail-stats.ts';
import { Ticker, ticksFor } from './ticker.ts';
import { NEVER, TraceRecord } from './trace-record.ts';
import { isProvisional, type Verdict, Verdicts } from './verdict.ts';

const SAMPLED_FLAG = 1;
// Counted for a span whose members cannot be read.
const UNREADABLE_BYTES = 2000;
const EVICTION_CANDIDATES = 16;

/** Is told each decision, for a simulation. */
export type DecisionListener = (traceId: string, verdict: Verdict) => void;

/** Holds the spans of each trace until it is decided about. Every span goes on once, or is reported once. */
export class TailBuffer implements SpanReceiver {
  readonly #policy: PolicyHolder;
  readonly #limits: TailLimits;
  readonly #next: SpanReceiver;
  readonly #report: StageReport;
  readonly #onDecision: DecisionListener | undefined;
  // In order of the moment since when they are held.
  readonly #traces = new Map<string, TraceRecord>();
  readonly #remembered: DecisionCache;
  readonly #verdicts = new Verdicts();
  readonly #ticker: Ticker;
  readonly #stress = new StressRelief();
  // Traces whose local root has ended, in that order. Some may be decided by now.
  readonly #ended: TraceRecord[] = [];
  readonly #kept = new KeptSpans();
  readonly #decisions = noDecisions();
  // In ticks.
  readonly #delay: number;
  readonly #deadline: number;
  readonly #idle: number;
  readonly #idleLooks: IdleLooks;
  readonly #failures = new FailureLog();
  readonly #removeStats: () => void;
  #bytes = 0;
  #spans = 0;

  constructor(
    policy: PolicyHolder,
    limits: TailLimits,
    clock: Clock,
    next: SpanReceiver,
    report: StageReport,
    onDecision?: DecisionListener,
  ) {
    this.#policy = policy;
    this.#limits = limits;
    this.#next = next;
    this.#report = report;
    this.#onDecision = onDecision;
    this.#remembered = new DecisionCache(limits.maxDecisions);
    this.#ticker = new Ticker(clock, (tick) => this.#onTick(tick));
    this.#delay = ticksFor(limits.decisionDelayMillis);
    this.#deadline = ticksFor(limits.deadlineMillis);
    this.#idle = ticksFor(limits.idleMillis);
    this.#idleLooks = new IdleLooks(this.#traces, this.#idle);
    this.#removeStats = policy.addTail(() => this.stats());
  }

  onEnd(span: ReadableSpan): void {
    const context = span.spanContext();
    const { traceId } = context;
    let record = this.#traces.get(traceId);
    const begins = record === undefined;
    if (record === undefined) {
      const verdict = this.#verdictOf(traceId);
      if (verdict !== undefined && !isProvisional(verdict)) return this.#pass([span], verdict);
      record = this.#open(context, verdict !== undefined);
    }
    const certain = this.#add(record, span);
    if (certain >= 0) this.#decide(record, 'certain', certain);
    else if (begins && this.#isStressed()) this.#decide(record, 'stress');
    else if (this.#isFull(record)) this.#decide(record, 'trace_limit');
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

  heldTraces(): number {
    return this.#traces.size;
  }

  /** Whether spans of the trace are held, or it is still being looked at. */
  isHolding(traceId: string): boolean {
    return this.#traces.has(traceId);
  }

  stats(): TailStats {
    return {
      bytes: this.#bytes,
      traces: this.#traces.size,
      spans: this.#spans,
      stressed: this.#stress.isOn,
      decisions: { ...this.#decisions },
    };
  }

  drain(): void {
    // A copy: passing a span on may end another one.
    const undecided = Array.from(this.#traces.values());
    for (const record of undecided) this.#decide(record, 'drained');
    if (this.#traces.size > 0) return;
    this.#ended.length = 0;
    this.#ticker.stop();
  }

  close(): void {
    this.#ticker.stop();
    this.#removeStats();
  }

  #verdictOf(traceId: string): Verdict | undefined {
    const id = this.#remembered.get(traceId);
    return id === undefined ? undefined : this.#verdicts.withId(id);
  }

  #open(context: SpanContext, isTorn: boolean): TraceRecord {
    const { tail } = this.#policy.compiled;
    const record = new TraceRecord(context, tail, this.#ticker.tick, isTorn);
    this.#traces.set(context.traceId, record);
    this.#bytes += record.bytes;
    this.#ticker.start();
    return record;
  }

  /** Takes the span in. Returns the index of a rule that is certain to decide, or -1. */
  #add(record: TraceRecord, span: ReadableSpan): number {
    record.spans.push(span);
    this.#spans++;
    record.lastTick = this.#ticker.tick;
    let bytes = UNREADABLE_BYTES;
    let certain = -1;
    try {
      bytes = estimateBytes(span);
      const isRoot = isLocalRoot(span);
      if (record.rules.add(record, span, isRoot)) certain = record.rules.certainMatch(record);
      if (isRoot) this.#addLocalRoot(record, span);
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

  #isStressed(): boolean {
    const { maxBytes, maxTraces } = this.#limits;
    const fill = Math.max(this.#bytes / maxBytes, this.#traces.size / maxTraces);
    return this.#stress.look(fill, this.#ticker.tick);
  }

  /** Decides what is due. Both kinds of deadlines come in the order of their records, so only these are looked at. */
  #onTick(tick: number): boolean {
    const waiting = this.#ended.findIndex(({ rootTick }) => rootTick + this.#delay > tick);
    const due = this.#ended.splice(0, waiting === -1 ? this.#ended.length : waiting);
    for (const record of due) this.#decide(record, 'root_ended');
    for (const record of this.#traces.values()) {
      if (record.heldSince + this.#deadline > tick) break;
      this.#decide(record, 'deadline');
    }
    this.#idleLooks.each((record) => {
      if (record.lastTick + this.#idle <= tick) this.#decide(record, 'idle');
    });
    return this.#traces.size > 0;
  }

  /** @param certain - index of the rule that decides whatever else happens */
  #decide(record: TraceRecord, cause: DecisionCause, certain: number = -1): void {
    if (record.decided) return;
    // Under stress each span of a dropped trace is looked at, which makes it no other trace.
    if (cause !== 'stress' || !record.isTorn) this.#decisions[cause]++;
    const { spans, lastVerdict } = record;
    // Nothing has come since it was decided last.
    if (lastVerdict !== undefined && spans.length === 0) return this.#close(record, lastVerdict);
    const verdict = this.#verdictNow(record, cause, certain);
    this.#onDecision?.(record.traceId, verdict);
    const staysOpen = isProvisional(verdict) && (cause === 'deadline' || cause === 'trace_limit');
    if (staysOpen) this.#letGo(record, verdict);
    else this.#close(record, verdict);
    this.#pass(spans, verdict);
  }

  #verdictNow(record: TraceRecord, cause: DecisionCause, certain: number): Verdict {
    const isOpen = certain < 0 && record.rootTick === NEVER;
    if (cause === 'stress') {
      return decideUnderStress(record, this.#limits.stressRatio, isOpen, this.#verdicts);
    }
    const { end } = record;
    // Until now, for this decision: the spans to come will say how long it really was.
    if (isOpen && cause !== 'idle' && cause !== 'drained') record.coverUntil(this.#ticker.tick);
    const index = certain >= 0 ? certain : record.rules.match(record);
    record.end = end;
    return decide(record, index, isOpen, this.#verdicts);
  }

  #close(record: TraceRecord, { id }: Verdict): void {
    record.decided = true;
    this.#traces.delete(record.traceId);
    this.#remembered.set(record.traceId, id);
    this.#bytes -= record.bytes;
    this.#spans -= record.spans.length;
    record.spans = [];
  }

  /** Lets go of the spans so far, and goes on looking at the trace, with the sums of all of it. */
  #letGo(record: TraceRecord, verdict: Verdict): void {
    this.#spans -= record.spans.length;
    this.#bytes -= record.bytes - TRACE_BYTES;
    record.spans = [];
    record.bytes = TRACE_BYTES;
    record.isTorn = true;
    record.lastVerdict = verdict;
    record.heldSince = this.#ticker.tick;
    this.#traces.delete(record.traceId);
    this.#traces.set(record.traceId, record);
  }

  #pass(spans: readonly ReadableSpan[], verdict: Verdict): void {
    if (verdict.kept) for (const span of spans) this.#next.onEnd(this.#view(span, verdict));
    else this.#report.sampledOut(verdict.rule, spans.length);
  }

  #view(span: ReadableSpan, verdict: Verdict): ReadableSpan {
    return (
      this.#failures.guard('marking a kept span', () => this.#kept.view(span, verdict)) ?? span
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
      this.#decide(worst, 'memory');
    }
  }
}
