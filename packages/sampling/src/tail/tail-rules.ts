import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
} from '@llm-otel/llm-conventions';
import type { ReadableSpan } from '@llm-otel/core';
import { SpanStatusCode } from '@opentelemetry/api';
import type { Keep, SamplingPolicy, SamplingRule } from '../policy/sampling-policy.ts';
import { type SpanCondition, spanConditionOf } from '../span-condition.ts';
import { KEEP_ALL, type Threshold, thresholdOf } from '../threshold.ts';
import type { TraceRecord } from './trace-record.ts';

/** A rule made ready for asking it about many traces. */
export interface TailRule {
  readonly name: string;
  readonly keep: Keep;
  /** `undefined` where nothing is kept. */
  readonly threshold: Threshold | undefined;
  readonly bit: number;
  readonly spanCondition: SpanCondition | undefined;
  readonly error: boolean | undefined;
  readonly minDurationMillis: number;
  readonly minTokens: number;
  readonly minCostMicroUsd: number;
}

/** What every trace falls under that no rule matches. */
const NO_RULE: SamplingRule = { name: 'no_rule_matched', keep: 'all' };

/** The rules of one policy: they take in spans and decide about traces. Pure but for the records they fill. */
export class TailRules {
  /** The last one matches everything. */
  readonly all: readonly TailRule[];
  readonly #spanRules: readonly TailRule[];
  readonly #usesDuration: boolean;
  readonly #usesTokens: boolean;
  readonly #usesCost: boolean;
  // What the usage of a trace is held against, in the order of the rules.
  readonly #usageRules: readonly TailRule[];

  constructor(policy: SamplingPolicy) {
    this.all = [...policy.rules, NO_RULE].map(tailRule);
    this.#spanRules = this.all.filter(({ spanCondition }) => spanCondition !== undefined);
    this.#usesDuration = this.all.some(({ minDurationMillis }) => minDurationMillis > 0);
    this.#usesTokens = this.all.some(({ minTokens }) => minTokens > 0);
    this.#usesCost = this.all.some(({ minCostMicroUsd }) => minCostMicroUsd > 0);
    this.#usageRules = this.all.filter(
      ({ minTokens, minCostMicroUsd }) => minTokens + minCostMicroUsd > 0,
    );
  }

  /** Takes a span of the record into its figures. True where that may have made a decision certain. */
  add(record: TraceRecord, span: ReadableSpan): boolean {
    // With the first span, a policy that keeps or drops everything is certain.
    let news = record.spans.length === 1;
    if (span.status.code === SpanStatusCode.ERROR && !record.error) {
      record.error = true;
      news = true;
    }
    if (this.#usesDuration) record.cover(span.startTime, span.endTime);
    if (this.#usageRules.length > 0 && this.#addUsage(record, span)) news = true;
    for (const { bit, spanCondition } of this.#spanRules) {
      if ((record.fulfilled & bit) === 0 && spanCondition?.(span) === true) {
        record.fulfilled |= bit;
        news = true;
      }
    }
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
    let pending: Keep | undefined;
    for (let index = 0; index < this.all.length; index++) {
      const rule = this.all[index] as TailRule;
      // Everything else a rule asks for stays fulfilled once it is.
      if (rule.error === false && record.error) continue;
      if (typeof rule.keep === 'object') return -1;
      if (pending !== undefined && pending !== rule.keep) return -1;
      if (rule.error !== false && matches(rule, record)) return index;
      pending = rule.keep;
    }
    return -1;
  }

  /** Adds tokens and cost of a model call. True where a rule's minimum was reached by it. */
  #addUsage(record: TraceRecord, { attributes }: ReadableSpan): boolean {
    const operation = attributes[ATTR_GEN_AI_OPERATION_NAME];
    if (operation === undefined || isSummary(operation)) return false;
    const { tokens, costMicroUsd } = record;
    if (this.#usesTokens) {
      record.tokens +=
        amount(attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS]) +
        amount(attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]);
    }
    if (this.#usesCost) record.costMicroUsd += amount(attributes[ATTR_LLM_OTEL_COST_MICRO_USD]);
    for (const { minTokens, minCostMicroUsd } of this.#usageRules) {
      if (tokens < minTokens && record.tokens >= minTokens) return true;
      if (costMicroUsd < minCostMicroUsd && record.costMicroUsd >= minCostMicroUsd) return true;
    }
    return false;
  }
}

function tailRule({ name, when = {}, keep }: SamplingRule, index: number): TailRule {
  return {
    name,
    keep,
    threshold: keep === 'all' ? KEEP_ALL : keep === 'none' ? undefined : thresholdOf(keep.ratio),
    bit: 1 << index,
    spanCondition: spanConditionOf(when),
    error: when.error,
    minDurationMillis: when.minDurationMillis ?? 0,
    minTokens: when.minTokens ?? 0,
    minCostMicroUsd: when.minCostMicroUsd ?? 0,
  };
}

function matches(rule: TailRule, record: TraceRecord): boolean {
  return (
    (rule.spanCondition === undefined || (record.fulfilled & rule.bit) !== 0) &&
    (rule.error === undefined || rule.error === record.error) &&
    (rule.minDurationMillis === 0 || record.durationMillis() >= rule.minDurationMillis) &&
    record.tokens >= rule.minTokens &&
    record.costMicroUsd >= rule.minCostMicroUsd
  );
}

/** Its usage is the sum of model calls that have spans of their own. */
function isSummary(operation: unknown): boolean {
  return (
    operation === GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT ||
    operation === GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW ||
    operation === GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT
  );
}

function amount(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
