/** Which traces are kept. Plain JSON. */
export interface SamplingPolicy {
  readonly version: 1;
  /**
   * The first rule that matches decides, so the order matters: a rule that keeps errors belongs in front of one that
   * drops health checks if errors of health checks are to be kept. A trace that no rule matches is kept.
   */
  readonly rules: readonly SamplingRule[];
}

export interface SamplingRule {
  /** Says in the ledger why traces were left out, and on the root of a kept trace why it was kept. Unique. */
  readonly name: string;
  /** Without conditions the rule matches every trace. With several, all of them must hold. */
  readonly when?: SamplingCondition | undefined;
  readonly keep: Keep;
}

/**
 * `'all'` or `'none'` of the matching traces, or a share of them from 0 to 1. The share is taken by trace id, so that
 * all services with the same ratio keep the same traces.
 */
export type Keep = 'all' | 'none' | { readonly ratio: number };

/**
 * What a trace has to be like. Conditions on a span (`name`, `kind`, `service`, `attributes`, `model`, `agent`) hold
 * when one span of the trace fulfils all that are given; the others are about the trace as a whole.
 */
export interface SamplingCondition {
  /** Whether a span of the trace has the status error. */
  readonly error?: boolean | undefined;
  /** Name of a span; `*` stands for any text: `GET /health*`. */
  readonly name?: string | undefined;
  readonly kind?: SpanKindName | undefined;
  /** `service.name` of the resource; `*` stands for any text. */
  readonly service?: string | undefined;
  /** Attributes of a span, by name, each equal to the value. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Requested or answering model; `*` stands for any text: `gpt-*`. */
  readonly model?: string | undefined;
  /** Name of an agent; `*` stands for any text. */
  readonly agent?: string | undefined;
  /** Shortest time from the start of the first span to the end of the last one, in milliseconds. */
  readonly minDurationMillis?: number | undefined;
  /** Fewest input and output tokens of all model calls together. */
  readonly minTokens?: number | undefined;
  /** Lowest cost of all model calls together, in millionths of a US dollar. */
  readonly minCostMicroUsd?: number | undefined;
}

export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
