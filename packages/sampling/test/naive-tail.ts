// A tail sampler as one would write it down: everything is worked out anew from lists, nothing is bounded. The oracle of
// the model test.
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import type { SamplingCondition, SamplingPolicy } from '@llm-otel/sampling/policy';

const TICK = 250;

export interface NaiveLimits {
  readonly decisionDelayMillis: number;
  readonly deadlineMillis: number;
  readonly idleMillis: number;
  readonly maxSpansPerTrace: number;
}

interface NaiveTrace {
  readonly traceId: string;
  /** All spans since the trace was opened, and those of them that are held. */
  readonly seen: ReadableSpan[];
  held: ReadableSpan[];
  readonly openedAt: number;
  heldSince: number;
  lastAt: number;
  rootAt: number | undefined;
  /** That is the moment from which the delay counts. */
  waits: boolean;
  /** It is certain whether it is kept, but not yet which rule is the first. */
  settled: boolean;
  torn: boolean;
  last: Outcome | undefined;
  /** A rule has kept it that keeps everything. */
  whole: boolean;
}

export interface Outcome {
  readonly kept: boolean;
  readonly rule: string;
  readonly partial: boolean;
}

export class NaiveTail {
  /** By span id. */
  readonly outcomes: Map<string, Outcome> = new Map();
  now = 0;
  readonly #policy: SamplingPolicy;
  readonly #limits: NaiveLimits;
  #open: NaiveTrace[] = [];
  /** Dropped, or kept by a share or before its end: it may go on. */
  readonly #resting = new Map<string, NaiveTrace>();
  readonly #decided = new Map<string, Outcome>();

  constructor(policy: SamplingPolicy, limits: NaiveLimits) {
    this.#policy = {
      version: 1,
      rules: [...policy.rules, { name: 'no_rule_matched', keep: 'all' }],
    };
    this.#limits = limits;
  }

  end(span: ReadableSpan): void {
    const { traceId } = span.spanContext();
    const decided = this.#decided.get(traceId);
    let trace = this.#open.find((one) => one.traceId === traceId);
    const begins = trace === undefined;
    if (trace === undefined) {
      if (decided !== undefined) return this.#give([span], decided);
      trace = this.#resting.get(traceId) ?? {
        traceId,
        seen: [],
        held: [],
        openedAt: this.now,
        heldSince: this.now,
        lastAt: this.now,
        rootAt: undefined,
        waits: false,
        settled: false,
        torn: false,
        last: undefined,
        whole: false,
      };
      trace.heldSince = this.now;
      this.#resting.delete(traceId);
      this.#open.push(trace);
    }
    const isLate = begins && trace.rootAt !== undefined && !isRoot(span);
    trace.seen.push(span);
    trace.held.push(span);
    trace.lastAt = this.now;
    if (isRoot(span) && !trace.waits) {
      trace.rootAt = this.now;
      trace.waits = true;
    }
    if (trace.settled) return this.#follow(trace);
    const certain = this.#certain(trace);
    if (certain !== undefined) this.#decide(trace, 'certain', certain);
    else if (isLate) this.#decide(trace, 'late');
    else if (trace.held.length >= this.#limits.maxSpansPerTrace) this.#decide(trace, 'limit');
  }

  /** A quarter of a second passes. */
  tick(): void {
    this.now += TICK;
    const { decisionDelayMillis, deadlineMillis, idleMillis } = this.#limits;
    const due = (since: number, wait: number): boolean =>
      this.now >= since + (Math.ceil(wait / TICK) + 1) * TICK;
    for (const trace of this.#open) {
      if (trace.rootAt !== undefined && due(trace.rootAt, decisionDelayMillis)) {
        this.#decide(trace, 'root');
        continue;
      }
      if (due(trace.heldSince, deadlineMillis)) this.#decide(trace, 'deadline');
      if (this.#open.includes(trace) && due(trace.lastAt, idleMillis)) {
        this.#decide(trace, 'idle');
      }
    }
  }

  drain(): void {
    for (const trace of this.#open) this.#decide(trace, 'drain');
  }

  #decide(trace: NaiveTrace, cause: string, certain?: number): void {
    if (trace.settled) return this.#leaveSettled(trace, cause);
    const before = trace.last;
    if (trace.held.length === 0 && before !== undefined) return this.#rest(trace, before);
    const isOpen = certain === undefined && trace.rootAt === undefined;
    const untilNow = isOpen && (cause === 'deadline' || cause === 'limit');
    const at = this.#firstMatch(trace, untilNow);
    const rule = this.#policy.rules[at];
    if (rule === undefined) throw new Error('the last rule matches everything');
    const share = rule.keep === 'all' ? 1 : rule.keep === 'none' ? 0 : ratioOf(rule.keep);
    const sampledByCaller =
      typeof rule.keep === 'object' &&
      trace.seen.some(
        ({ parentSpanContext: parent }) => parent?.isRemote === true && parent.traceFlags === 1,
      );
    const isKeptByRule = randomnessOf(trace.traceId) >= 1 - share || sampledByCaller;
    const wasKept = before?.kept === true;
    const kept = isKeptByRule || wasKept;
    const outcome = {
      kept,
      rule: wasKept && !isKeptByRule ? before.rule : rule.name,
      partial: isOpen || (kept && (trace.torn || (wasKept && before.partial))),
    };
    this.#give(trace.held, outcome);
    trace.held = [];
    trace.last = outcome;
    if (!kept) trace.torn = true;
    if (share === 1) trace.whole = true;
    const staysFirst = this.#staysFirst(trace, certain ?? at);
    const stays = certain !== undefined || staysFirst;
    const isFinal = kept ? stays || (trace.whole && !isOpen) : stays && !isOpen;
    if (!isFinal && untilNow) trace.heldSince = this.now;
    else if (!isFinal) this.#rest(trace, outcome);
    else if (certain !== undefined && trace.rootAt === undefined && !staysFirst)
      trace.settled = true;
    else this.#close(trace, outcome);
  }

  /** Nothing of it is held, and only its root is still to say which rule is the first. */
  #leaveSettled(trace: NaiveTrace, cause: string): void {
    const outcome = trace.last as Outcome;
    if (cause === 'deadline') trace.heldSince = this.now;
    else if (outcome.kept) this.#rest(trace, outcome);
    else this.#close(trace, outcome);
  }

  /** What is certain stays, and the first rule that matches is the reason. */
  #follow(trace: NaiveTrace): void {
    const { name, keep } = this.#policy.rules[this.#firstMatch(trace, false)] ?? {
      name: '',
      keep: 'all',
    };
    const last = trace.last as Outcome;
    const outcome = last.kept && keep === 'none' ? last : { ...last, rule: name };
    trace.last = outcome;
    this.#give(trace.held, outcome);
    trace.held = [];
    if (trace.rootAt !== undefined) this.#close(trace, outcome);
  }

  #close(trace: NaiveTrace, outcome: Outcome): void {
    this.#open = this.#open.filter((one) => one !== trace);
    this.#decided.set(trace.traceId, outcome);
  }

  /** Nothing of it is forgotten but that the local root of a dropped one has ended. */
  #rest(trace: NaiveTrace, { kept }: Outcome): void {
    this.#open = this.#open.filter((one) => one !== trace);
    if (!kept) trace.rootAt = undefined;
    trace.waits = false;
    this.#resting.set(trace.traceId, trace);
  }

  #give(spans: readonly ReadableSpan[], outcome: Outcome): void {
    for (const span of spans) this.outcomes.set(span.spanContext().spanId, outcome);
  }

  #firstMatch(trace: NaiveTrace, goesOn: boolean): number {
    return this.#policy.rules.findIndex(({ when }) => this.#matches(trace, when, goesOn));
  }

  #matches({ seen, openedAt }: NaiveTrace, when: SamplingCondition = {}, goesOn = false): boolean {
    const { error, name, minDurationMillis = 0, minTokens = 0, minSpans = 0 } = when;
    const first = seen[0] as ReadableSpan;
    const lasted = Math.max(0, this.now - openedAt - TICK);
    const ends = seen.map(({ endTime }) => millis(endTime));
    if (goesOn) ends.push(millis(first.endTime) + lasted);
    const duration =
      Math.max(...ends) - Math.min(...seen.map(({ startTime }) => millis(startTime)));
    const tokens = seen
      .map(({ attributes }) => Number(attributes['gen_ai.usage.input_tokens'] ?? 0))
      .reduce((sum, one) => sum + one, 0);
    return (
      (error === undefined ||
        error === seen.some(({ status }) => status.code === SpanStatusCode.ERROR)) &&
      (name === undefined || seen.some((span) => span.name === name)) &&
      (minDurationMillis === 0 || duration >= minDurationMillis) &&
      tokens >= minTokens &&
      seen.length >= minSpans
    );
  }

  /** Rules in front of this one ask for what cannot come any more, and it stays true. */
  #staysFirst(trace: NaiveTrace, index: number): boolean {
    const failed = trace.seen.some(({ status }) => status.code === SpanStatusCode.ERROR);
    const { rules } = this.#policy;
    return (
      rules.slice(0, index).every(({ when }) => when?.error === false && failed) &&
      rules[index]?.when?.error !== false
    );
  }

  /** A rule that is the first to match now and, as conditions only come true with time, for ever. */
  #certain(trace: NaiveTrace): number | undefined {
    const { rules } = this.#policy;
    const failed = trace.seen.some(({ status }) => status.code === SpanStatusCode.ERROR);
    const possible = rules
      .map(({ when, keep }, index) => ({ when, keep, index }))
      .filter(({ when }) => !(when?.error === false && failed));
    const at = possible.findIndex(
      ({ when }) => when?.error !== false && this.#matches(trace, when),
    );
    const reachable = possible.slice(0, at + 1);
    const [keep] = new Set(reachable.map((rule) => rule.keep));
    const same = reachable.every((rule) => rule.keep === keep && typeof rule.keep === 'string');
    return same ? possible[at]?.index : undefined;
  }
}

function isRoot({ parentSpanContext: parent }: ReadableSpan): boolean {
  return parent === undefined || parent.isRemote === true;
}

function ratioOf(keep: object): number {
  return (keep as { ratio: number }).ratio;
}

function millis([seconds, nanos]: readonly [number, number]): number {
  return seconds * 1000 + nanos / 1e6;
}

function randomnessOf(traceId: string): number {
  return Number(BigInt(`0x${traceId.slice(18)}`)) / 2 ** 56;
}
