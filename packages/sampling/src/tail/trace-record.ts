import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { type OtMember, readOtMember } from '../ot-member.ts';
import { TRACE_BYTES } from './estimate-bytes.ts';
import type { TailRules } from './tail-rules.ts';
import { TICK_MILLIS } from './ticker.ts';
import type { TraceKey } from './trace-key.ts';
import type { Verdict } from './verdict.ts';

const SAMPLED_FLAG = 1;
/** No tick of the {@link Ticker}. */
export const NEVER = -1;
// What the engine keeps as a whole number; longer traces count as so long.
const FURTHEST = 2 ** 31 - 1;
// What the keys of a trace take, in bytes; a character where it is not Latin 1.
const KEYS = 64;
const KEY = 24;
const CHARACTER = 2;
/** No index of a rule. */
export const UNSETTLED = -1;

/**
 * A trace that is not decided yet: its spans, and what the rules ask for, kept up to date span by span. There are
 * tens of thousands of these, and each ended span finds its own one cold in memory: so times are whole numbers, which
 * the engine keeps in the object itself, and what every span touches comes first.
 */
export class TraceRecord implements TraceKey {
  spans: ReadableSpan[] = [];
  bytes: number = TRACE_BYTES;
  /**
   * It is certain whether the trace is kept, but not by which rule: the index of the first that matches so far.
   * {@link UNSETTLED} before. Its spans are not held.
   */
  settled: number = UNSETTLED;
  lastTick: number;
  /** Those that were in force when the trace began, also where the policy has been exchanged since. */
  readonly rules: TailRules;
  /** Also those that were let go of. */
  spanCount: number = 0;
  /** One bit for each rule whose condition on a span some span has fulfilled. */
  fulfilled: number = 0;
  /** Earliest start and latest end in milliseconds since `baseSeconds`; no further from it than 24 days. */
  start: number = 0;
  end: number = 0;
  baseSeconds: number = 0;
  durationsReached: number = 0;
  error: boolean = false;
  /** When the local root ended; {@link NEVER} before. */
  rootTick: number = NEVER;
  tokens: number = 0;
  costMicroUsd: number = 0;
  /** Of `bytes`, what it takes without a span. */
  ownBytes: number = TRACE_BYTES;
  /** As `fulfilled`, for conditions on evaluations and on feedback. */
  evaluated: number = 0;
  judged: number = 0;
  /** Neither held nor looked at now. */
  decided: boolean = false;
  /** End of the first span that ended. */
  firstEnd: number = 0;
  /** When the first span ended. */
  readonly firstTick: number;
  /** Since when spans are held. */
  heldSince: number;
  readonly traceId: string;
  readonly bits: number;
  /** Of the tracestate of the first span, which all share. The rest of it is not held on to. */
  readonly ot: OtMember;
  #keys: (string | undefined)[] | undefined = undefined;
  /** The caller is another service, and it has sampled the trace. */
  sampledByCaller: boolean = false;
  /** The sampled flag, which all spans of a trace share. */
  readonly isSampled: boolean;
  /** The trace began in this process: its root has ended, and has no caller. */
  beganHere: boolean = false;
  /** Spans of the trace were dropped before. */
  isTorn: boolean;
  /** What was decided last about spans that are not held any more. */
  lastVerdict: Verdict | undefined;
  /** The rule that it was counted for, as a kept trace. */
  countedFor: string | undefined;

  constructor(
    { traceState, traceFlags }: SpanContext,
    { traceId, bits }: TraceKey,
    rules: TailRules,
    tick: number,
    lastVerdict: Verdict | undefined,
  ) {
    this.lastTick = tick;
    this.rules = rules;
    this.firstTick = tick;
    this.heldSince = tick;
    this.traceId = traceId;
    this.bits = bits;
    this.ot = readOtMember(traceState);
    this.isSampled = (traceFlags & SAMPLED_FLAG) !== 0;
    this.lastVerdict = lastVerdict;
    this.isTorn = lastVerdict?.kept === false;
    this.countedFor = lastVerdict?.kept === true ? lastVerdict.rule : undefined;
  }

  /** What the rate of the rule with this index is counted by. */
  keyOf(index: number): string | undefined {
    return this.#keys?.[index];
  }

  setKey(index: number, key: string): void {
    const before = bytesOfKey(this.#keys?.[index]) - (this.#keys === undefined ? KEYS : 0);
    (this.#keys ??= [])[index] = key;
    const more = bytesOfKey(key) - before;
    this.ownBytes += more;
    this.bytes += more;
  }

  /**
   * Widens the trace's time by that of a span.
   * @param shift - what to take off its times, in milliseconds
   */
  cover(startTime: HrTime, endTime: HrTime, shift: number): void {
    const isFirst = this.spanCount === 1;
    if (isFirst) this.baseSeconds = startTime[0];
    const start = this.#millis(startTime, shift);
    const end = this.#millis(endTime, shift);
    if (isFirst) this.firstEnd = end;
    if (isFirst || start < this.start) this.start = start;
    if (isFirst || end > this.end) this.end = end;
  }

  /** Widens it up to a tick: a trace that is still running has lasted until then. */
  coverUntil(tick: number): void {
    // The first span ended somewhere in its tick, so one less is certain.
    const end = this.firstEnd + Math.max(0, tick - this.firstTick - 1) * TICK_MILLIS;
    if (end > this.end) this.end = Math.min(end, FURTHEST);
  }

  durationMillis(): number {
    return this.end - this.start;
  }

  #millis(time: HrTime, shift: number): number {
    const millis = (time[0] - this.baseSeconds) * 1e3 + Math.floor(time[1] / 1e6) - shift;
    return Math.max(-FURTHEST, Math.min(FURTHEST, millis));
  }
}

function bytesOfKey(key: string | undefined): number {
  return key === undefined ? 0 : KEY + key.length * CHARACTER;
}
