import type { LlmOtelBudgetKindValue } from '@llm-otel/llm-conventions';

/**
 * What a run is expected to stay within, with all agents inside it in this process and what is included of others. It is observed and never
 * enforced: stopping is for the application.
 */
export interface Budget {
  /** Input and output tokens of all model calls. */
  readonly tokens?: number | undefined;
  /** Cost of the same calls, in millionths of a US dollar. */
  readonly microUsd?: number | undefined;
  /** Steps of the run and of agents inside, whatever their numbers. */
  readonly steps?: number | undefined;
  /** Time since the run started, in milliseconds. */
  readonly wallTimeMillis?: number | undefined;
  /** Called once for each kind of budget that is exceeded, at that moment. What it throws or rejects with is logged and goes no further. */
  readonly onExceeded?: ((exceeded: ExceededBudget) => unknown) | undefined;
}

export interface ExceededBudget {
  readonly kind: LlmOtelBudgetKindValue;
  /** Tokens, micro-USD, steps or seconds. */
  readonly limit: number;
  readonly value: number;
}

/**
 * What a run has used so far. Tokens, cost and total steps are those of agents inside too; steps and calls are the run's own, as in its
 * metrics, with those of its parts in other threads or processes.
 */
export interface RunUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Exact: with digits after the point, because a small call costs less than a millionth of a US dollar. */
  readonly microUsd: number;
  readonly steps: number;
  /** Steps with those of agents inside, as a budget counts them. */
  readonly totalSteps: number;
  readonly inferenceCalls: number;
  readonly toolCalls: number;
  /** Without the time it was paused. */
  readonly elapsedMillis: number;
}
