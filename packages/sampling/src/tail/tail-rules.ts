import type { ReadableSpan } from '@llm-otel/core';
import { exactCostOfSpan } from '@llm-otel/llm-conventions';
import { SpanStatusCode } from '@opentelemetry/api';
import type { CompiledRule } from '../compiled-policy.ts';
import {
  evaluationConditionOf,
  FEEDBACK_NAME,
  type ResultCondition,
} from '../evaluation-condition.ts';
import { isModelCall, tokensOf } from '../model-call-usage.ts';
import { type KeyOf, keyOfKeep } from '../share/sampling-key.ts';
import { type SpanCondition, spanConditionOf } from '../span-condition.ts';
import type { TraceRecord } from './trace-record.ts';
import type { WallClock } from './wall-clock.ts';

/** A rule made ready for asking it about many traces. */
export interface TailRule extends CompiledRule {
  readonly index: number;
  readonly bit: number;
  readonly spanCondition: SpanCondition | undefined;
  readonly evaluation: ResultCondition | undefined;
  readonly feedback: ResultCondition | undefined;
  readonly keyOf: KeyOf | undefined;
  readonly error: boolean | undefined;
  readonly minDurationMillis: number;
  readonly minTokens: number;
  readonly minCostMicroUsd: number;
  readonly minSpans: number;
}

/** The rules of one policy: they take in spans and decide about traces. Pure but for the records they fill. */
export class TailRules {
  /** The last one matches everything. */
  readonly all: readonly TailRule[];
  readonly #spanRules: readonly TailRule[];
  readonly #resultRules: readonly TailRule[];
  readonly #keyedRules: readonly TailRule[];
  // What the figures of a trace are held against, the lowest first.
  readonly #durations: readonly number[];
  readonly #spanCounts: readonly number[];
  readonly #tokens: readonly number[];
  readonly #costs: readonly number[];
  readonly #usesUsage: boolean;

  /** Some have a key, which records hold. */
  readonly isKeyed: boolean;

  constructor(rules: readonly CompiledRule[]) {
    this.all = rules.map(tailRule);
    this.#spanRules = this.all.filter(({ spanCondition }) => spanCondition !== undefined);
    this.#resultRules = this.all.filter(
      ({ evaluation, feedback }) => evaluation !== undefined || feedback !== undefined,
    );
    this.#keyedRules = this.all.filter(({ keyOf }) => keyOf !== undefined);
    this.isKeyed = this.#keyedRules.length > 0;
    this.#durations = this.#minimums('minDurationMillis');
    this.#spanCounts = this.#minimums('minSpans');
    this.#tokens = this.#minimums('minTokens');
    this.#costs = this.#minimums('minCostMicroUsd');
    this.#usesUsage = this.#tokens.length + this.#costs.length > 0;
  }

  /** Takes a span of the record into its figures. True where that may have made a decision certain. */
  add(
    record: TraceRecord,
    span: ReadableSpan,
    isLocalRoot: boolean,
    wallClock: WallClock,
  ): boolean {
    record.spanCount++;
    // With the first span, a policy that keeps or drops everything is certain.
    let news =
      record.spanCount === 1 ||
      (this.#spanCounts.length > 0 && this.#spanCounts.includes(record.spanCount));
    if (span.status.code === SpanStatusCode.ERROR && !record.error) {
      record.error = true;
      news = true;
    }
    if (this.#durations.length > 0 && this.#addTime(record, span, wallClock)) news = true;
    if (this.#usesUsage && this.#addUsage(record, span)) news = true;
    for (const { bit, spanCondition } of this.#spanRules) {
      if ((record.fulfilled & bit) === 0 && spanCondition?.(span) === true) {
        record.fulfilled |= bit;
        news = true;
      }
    }
    if (this.#resultRules.length > 0 && this.#addResults(record, span)) news = true;
    if (this.isKeyed) this.#addKeys(record, span, isLocalRoot);
    return news;
  }

  /** The index of the first rule that matches the trace as it is now. */
  match(record: TraceRecord): number {
    let index = 0;
    // The last one matches everything.
    while (!matches(this.all[index] as TailRule, record)) index++;
    return index;
  }

  /**
   * The index of a rule that keeps or drops all and will be the first to match whatever else happens in the trace, or
   * -1. Rules in front of it that may still match must come to the same.
   */
  certainMatch(record: TraceRecord): number {
    let pending: unknown;
    for (let index = 0; index < this.all.length; index++) {
      const rule = this.all[index] as TailRule;
      if (isImpossible(rule, record)) continue;
      const { keep } = rule.rule;
      if (typeof keep === 'object') return -1;
      if (pending !== undefined && pending !== keep) return -1;
      if (rule.error !== false && matches(rule, record)) return index;
      pending = keep;
    }
    return -1;
  }

  /** Whether no rule in front of the one with this index can match any more, so that it stays the first. */
  isFirst(record: TraceRecord, index: number): boolean {
    for (let before = 0; before < index; before++) {
      if (!isImpossible(this.all[before] as TailRule, record)) return false;
    }
    return this.all[index]?.error !== false;
  }

  /** Counts a decision of one of the rules; of the sampler's own, nothing. */
  count({ rule, kept }: { readonly rule: string; readonly kept: boolean }): void {
    const counts = this.all.find(({ name }) => name === rule)?.counts;
    if (counts !== undefined) counts[kept ? 'kept' : 'dropped']++;
  }

  #minimums(
    member: 'minDurationMillis' | 'minSpans' | 'minTokens' | 'minCostMicroUsd',
  ): readonly number[] {
    const minimums = new Set(this.all.map((rule) => rule[member]).filter((value) => value > 0));
    return [...minimums].toSorted((a, b) => a - b);
  }

  #addTime(record: TraceRecord, span: ReadableSpan, wallClock: WallClock): boolean {
    const { startTime, endTime } = span;
    record.cover(startTime, endTime, wallClock.shiftOf(endTime));
    const reached = record.durationsReached;
    const duration = record.durationMillis();
    while (duration >= (this.#durations[record.durationsReached] ?? Infinity)) {
      record.durationsReached++;
    }
    return reached !== record.durationsReached;
  }

  /** Adds tokens and cost of a model call. True where a rule's minimum was reached by it. */
  #addUsage(record: TraceRecord, span: ReadableSpan): boolean {
    const { attributes } = span;
    // What few spans have is asked for first.
    const cost = this.#costs.length > 0 ? exactCostOfSpan(span) : undefined;
    const count = this.#tokens.length > 0 ? tokensOf(attributes) : undefined;
    if ((cost === undefined && count === undefined) || !isModelCall(attributes)) return false;
    const { tokens, costMicroUsd } = record;
    record.tokens += count ?? 0;
    record.costMicroUsd += cost ?? 0;
    return (
      isReached(this.#tokens, tokens, record.tokens) ||
      isReached(this.#costs, costMicroUsd, record.costMicroUsd)
    );
  }

  #addResults(record: TraceRecord, span: ReadableSpan): boolean {
    const { evaluated, judged } = record;
    for (const { bit, evaluation, feedback } of this.#resultRules) {
      if ((record.evaluated & bit) === 0 && evaluation?.(span) === true) record.evaluated |= bit;
      if ((record.judged & bit) === 0 && feedback?.(span) === true) record.judged |= bit;
    }
    return evaluated !== record.evaluated || judged !== record.judged;
  }

  /** The local root has the last word; without it, the first span that has the key. */
  #addKeys(record: TraceRecord, span: ReadableSpan, isLocalRoot: boolean): void {
    for (const { index, keyOf } of this.#keyedRules) {
      if (!isLocalRoot && record.keyOf(index) !== undefined) continue;
      const key = keyOf?.(span);
      if (key !== undefined) record.setKey(index, key);
    }
  }
}

/** Whether a sum that has grown has come to one of the minimums. */
function isReached(minimums: readonly number[], before: number, after: number): boolean {
  if (before === after) return false;
  for (const minimum of minimums) if (before < minimum && after >= minimum) return true;
  return false;
}

function tailRule(compiled: CompiledRule, index: number): TailRule {
  const { when = {}, keep } = compiled.rule;
  return {
    ...compiled,
    index,
    bit: 1 << index,
    spanCondition: spanConditionOf(when),
    evaluation: when.evaluation && evaluationConditionOf(when.evaluation),
    feedback: when.feedback && evaluationConditionOf({ name: FEEDBACK_NAME, ...when.feedback }),
    keyOf: keyOfKeep(keep),
    error: when.error,
    minDurationMillis: when.minDurationMillis ?? 0,
    minTokens: when.minTokens ?? 0,
    minCostMicroUsd: when.minCostMicroUsd ?? 0,
    minSpans: when.minSpans ?? 0,
  };
}

/** Everything else a rule asks for stays fulfilled once it is. */
function isImpossible({ error }: TailRule, record: TraceRecord): boolean {
  return error === false && record.error;
}

function matches(rule: TailRule, record: TraceRecord): boolean {
  return (
    (rule.spanCondition === undefined || (record.fulfilled & rule.bit) !== 0) &&
    (rule.error === undefined || rule.error === record.error) &&
    (rule.minDurationMillis === 0 || record.durationMillis() >= rule.minDurationMillis) &&
    record.tokens >= rule.minTokens &&
    record.costMicroUsd >= rule.minCostMicroUsd &&
    record.spanCount >= rule.minSpans &&
    (rule.evaluation === undefined || (record.evaluated & rule.bit) !== 0) &&
    (rule.feedback === undefined || (record.judged & rule.bit) !== 0)
  );
}
