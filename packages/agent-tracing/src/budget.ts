import type { LlmOtelBudgetKindValue } from '@llm-otel/llm-conventions';

/** What a run is expected to stay within. It is observed and never enforced: stopping is for the application. */
export interface Budget {
  /** Input and output tokens of all model calls, those of agents inside included. */
  readonly tokens?: number | undefined;
  /** Cost of the same calls, in millionths of a US dollar. */
  readonly microUsd?: number | undefined;
  /** Steps of the run itself, those of its parts elsewhere included. Agents inside number their own: give them budgets of their own. */
  readonly steps?: number | undefined;
  /** Time since the run started, in milliseconds. */
  readonly wallTimeMillis?: number | undefined;
  /** Called once for each budget that is exceeded, at that moment. What it throws or rejects with is logged and goes no further. */
  readonly onExceeded?: ((exceeded: ExceededBudget) => unknown) | undefined;
}

export interface ExceededBudget {
  readonly kind: LlmOtelBudgetKindValue;
  /** Tokens, micro-USD, steps or seconds. */
  readonly limit: number;
  readonly value: number;
}

/**
 * What a run has used so far. Tokens and cost are those of agents inside too; steps and calls are the run's own, as in its metrics, with
 * those of its parts in other threads or processes.
 */
export interface RunUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Exact: with digits after the point, because a small call costs less than a millionth of a US dollar. */
  readonly microUsd: number;
  readonly steps: number;
  readonly inferenceCalls: number;
  readonly toolCalls: number;
  /** Without the time it was paused. */
  readonly elapsedMillis: number;
}
