import {
  type Clock,
  FailureLog,
  type ReadableSpan,
  type SpanReceiver,
  type StageReport,
} from '@llm-otel/core';
import type { PolicyHolder } from '../live-policy.ts';
import { type Cause, Decider } from './decider.ts';
import { DueTraces } from './due-traces.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { HeldTraces } from './held-traces.ts';
import { isLocalRoot, KeptSpans } from './kept-spans.ts';
import type { TailLimits } from './limits.ts';
import { RememberedVerdicts } from './remembered-verdicts.ts';
import { StressRelief } from './stress-relief.ts';
import type { TailRule } from './tail-rules.ts';
import type { TailStats } from './tail-stats.ts';
import { Ticker } from './ticker.ts';
import { keyOf } from './trace-key.ts';
import { NEVER, TraceRecord, UNSETTLED } from './trace-record.ts';
import { WallClock } from './wall-clock.ts';
import type { Verdict } from './verdict.ts';

const SAMPLED_FLAG = 1;
// Counted for a span whose members cannot be read.
const UNREADABLE_BYTES = 2000;

/** Is told each decision, for a simulation. */
export type DecisionListener = (traceId: string, verdict: Verdict) => void;

/** Holds the spans of each trace until it is decided about. Every span goes on once, or is reported once. */
export class TailBuffer implements SpanReceiver {
  readonly #policy: PolicyHolder;
  readonly #next: SpanReceiver;
  readonly #report: StageReport;
  readonly #onDecision: DecisionListener | undefined;
  readonly #held: HeldTraces;
  readonly #remembered: RememberedVerdicts;
  readonly #ticker: Ticker;
  readonly #stress: StressRelief;
  readonly #wallClock: WallClock;
  readonly #kept = new KeptSpans();
  readonly #decider: Decider;
  readonly #due: DueTraces;
  readonly #failures = new FailureLog();
  readonly #removeStats: () => void;

  constructor(
    policy: PolicyHolder,
    limits: TailLimits,
    clock: Clock,
    next: SpanReceiver,
    report: StageReport,
    onDecision?: DecisionListener,
  ) {
    this.#policy = policy;
    this.#next = next;
    this.#report = report;
    this.#onDecision = onDecision;
    this.#held = new HeldTraces(limits);
    this.#remembered = new RememberedVerdicts(limits.maxDecisions);
    this.#decider = new Decider(policy, limits.stressRatio, this.#remembered.known);
    this.#stress = new StressRelief(policy.relief, limits.stressRatio);
    this.#wallClock = new WallClock(clock);
    this.#ticker = new Ticker(clock, (tick) => this.#onTick(tick));
    this.#due = new DueTraces(this.#held, limits);
    this.#removeStats = policy.addTail(() => this.stats());
  }

  onEnd(span: ReadableSpan): void {
    const context = span.spanContext();
    const { traceId } = context;
    let record = this.#held.all.get(traceId);
    const begins = record === undefined;
    let isLate = false;
    if (record === undefined) {
      const key = keyOf(traceId);
      record = this.#held.summaries.take(key);
      if (record === undefined) {
        const verdict = this.#remembered.of(key, span);
        if (verdict?.isFinal === true) return this.#pass([span], verdict);
        const { compiled, sampledCallers } = this.#policy;
        record = new TraceRecord(context, key, compiled.tail, this.#ticker.tick, verdict);
        record.sampledByCaller = sampledCallers.has(traceId);
      }
      isLate = record.rootTick !== NEVER && !isLocalRoot(span);
      this.#held.open(record, this.#ticker.tick);
      this.#ticker.start();
    }
    if (record.settled !== UNSETTLED) return this.#follow(record, span);
    const certain = this.#add(record, span);
    if (certain >= 0) this.#decide(record, 'certain', certain);
    else if (isLate) this.#decide(record, 'late');
    else if (begins && this.#stress.look(this.#held.fill, this.#ticker.tick))
      this.#decide(record, 'stress');
    else if (this.#held.isFull(record)) this.#decide(record, 'trace_limit');
    if (this.#held.isOver) this.#makeRoom();
  }

  heldSpans(): number {
    return this.#held.spans;
  }

  /** Estimated bytes of all held spans. */
  heldBytes(): number {
    return this.#held.bytes;
  }

  heldTraces(): number {
    return this.#held.all.size;
  }

  /** Whether spans of the trace are held, or it is still being looked at. */
  isHolding(traceId: string): boolean {
    return this.#held.all.has(traceId);
  }

  stats(): TailStats {
    const { bytes, all, spans, summaries } = this.#held;
    return {
      bytes,
      traces: all.size,
      spans,
      summaries: summaries.size,
      stressed: this.#stress.isOn,
      decisions: this.#decider.decisions,
    };
  }

  drain(): void {
    // A copy: passing a span on may end another one.
    const undecided = Array.from(this.#held.all.values());
    for (const record of undecided) this.#decide(record, 'drained');
    if (this.#held.all.size === 0) this.#ticker.stop();
  }

  close(): void {
    this.#ticker.stop();
    this.#held.summaries.clear();
    this.#stress.end();
    this.#removeStats();
  }

  /** Takes the span in. Returns the index of a rule that is certain to decide, or -1. */
  #add(record: TraceRecord, span: ReadableSpan): number {
    let bytes = UNREADABLE_BYTES;
    let certain = -1;
    try {
      bytes = estimateBytes(span);
      if (this.#read(record, span)) certain = record.rules.certainMatch(record);
    } catch (error) {
      this.#cannotRead(error);
    }
    this.#held.add(record, span, bytes);
    return certain;
  }

  /** Lets a span go the way of its trace, which is certain; the first rule that matches is the reason, to the end. */
  #follow(record: TraceRecord, span: ReadableSpan): void {
    try {
      if (this.#read(record, span)) this.#settle(record);
    } catch (error) {
      this.#cannotRead(error);
    }
    const verdict = record.lastVerdict as Verdict;
    if (record.rootTick !== NEVER) this.#closeSettled(record);
    this.#pass([span], verdict);
  }

  #settle(record: TraceRecord): void {
    const verdict = record.lastVerdict as Verdict;
    record.settled = record.rules.match(record);
    const { name, rule } = record.rules.all[record.settled] as TailRule;
    // What a share has kept before stays kept by it.
    if (name === verdict.rule || (verdict.kept && rule.keep === 'none')) return;
    record.lastVerdict = this.#remembered.known.of({ ...verdict, rule: name });
  }

  /** It is certain what becomes of the trace, and nothing of it is held. */
  #leaveSettled(record: TraceRecord, cause: Cause): void {
    const verdict = record.lastVerdict as Verdict;
    if (cause === 'deadline') return this.#held.letGo(record, verdict, this.#ticker.tick);
    if (!verdict.kept) return this.#closeSettled(record);
    // Its local root is still to say which rule is the first to match.
    this.#remembered.set(record, verdict, false);
    this.#held.rest(record, verdict);
    this.#count(record, verdict);
  }

  #closeSettled(record: TraceRecord): void {
    const verdict = record.lastVerdict as Verdict;
    this.#held.close(record);
    this.#remembered.set(record, verdict, record.rootTick !== NEVER);
    this.#count(record, verdict);
  }

  #count(record: TraceRecord, verdict: Verdict): void {
    if (verdict.kept) {
      if (record.countedFor === verdict.rule) return;
      record.countedFor = verdict.rule;
    }
    record.rules.count(verdict);
    this.#onDecision?.(record.traceId, verdict);
  }

  /** Takes the span into the figures. True where that may have made a decision certain, or another one. */
  #read(record: TraceRecord, span: ReadableSpan): boolean {
    record.lastTick = this.#ticker.tick;
    const isRoot = isLocalRoot(span);
    const { rules } = record;
    const ownBytes = rules.isKeyed ? record.ownBytes : 0;
    const hasNews = rules.add(record, span, isRoot, this.#wallClock);
    if (rules.isKeyed) this.#held.bytes += record.ownBytes - ownBytes;
    if (isRoot) this.#addLocalRoot(record, span);
    return hasNews;
  }

  /** Such as a getter that throws. The span is held and decided about like any other. */
  #cannotRead(error: unknown): void {
    this.#failures.report('reading a span for tail sampling', error);
  }

  #addLocalRoot(record: TraceRecord, span: ReadableSpan): void {
    const caller = span.parentSpanContext;
    if (caller === undefined) record.beganHere = true;
    else record.sampledByCaller ||= (caller.traceFlags & SAMPLED_FLAG) !== 0;
    // A trace may come through here more than once; the first root that ends starts the wait.
    if (this.#held.ended.has(record)) return;
    record.rootTick = this.#ticker.now();
    this.#held.ended.add(record);
  }

  #onTick(tick: number): boolean {
    this.#due.each(tick, (record, cause) => this.#decide(record, cause));
    return this.#held.all.size > 0;
  }

  /** @param certain - index of the rule that decides whatever else happens */
  #decide(record: TraceRecord, cause: Cause, certain: number = -1): void {
    if (record.decided) return;
    if (record.settled !== UNSETTLED) return this.#leaveSettled(record, cause);
    this.#decider.count(cause, record);
    const { spans, lastVerdict } = record;
    const { tick } = this.#ticker;
    const isEmpty = spans.length === 0;
    if (isEmpty && lastVerdict !== undefined) return this.#held.rest(record, lastVerdict);
    const hasEnded = record.rootTick !== NEVER;
    const settles = certain >= 0 && !hasEnded && !record.rules.isFirst(record, certain);
    const verdict = this.#decider.verdictOf(record, cause, certain, tick);
    this.#remembered.set(record, verdict, hasEnded);
    if (!verdict.isFinal) {
      const staysOpen = !hasEnded && (cause === 'deadline' || cause === 'trace_limit');
      if (staysOpen) this.#held.letGo(record, verdict, tick);
      else this.#held.rest(record, verdict);
    } else if (settles) {
      this.#held.letGo(record, verdict, tick);
      this.#settle(record);
    } else {
      this.#held.close(record);
    }
    if (!settles) this.#count(record, verdict);
    this.#pass(spans, verdict);
  }

  #pass(spans: readonly ReadableSpan[], verdict: Verdict): void {
    if (verdict.kept) for (const span of spans) this.#next.onEnd(this.#view(span, verdict));
    else this.#report.sampledOut(verdict.rule, spans.length);
  }

  #view(span: ReadableSpan, verdict: Verdict): ReadableSpan {
    return this.#failures.guard('marking a span', () => this.#kept.view(span, verdict)) ?? span;
  }

  /** Decides early about the heaviest of the oldest traces, until there is room. */
  #makeRoom(): void {
    while (this.#held.isOver) {
      const worst = this.#held.worst(this.#ticker.tick);
      if (worst === undefined) return;
      this.#decide(worst, 'memory');
    }
  }
}
