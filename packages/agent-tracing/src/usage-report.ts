import type { RunUsage } from './budget.ts';

/**
 * What a part of a run in another thread or process, or a run of another agent there, used so far, as plain JSON: to be sent back and
 * given to `include` of the run that waits for it.
 */
export interface UsageReport extends Omit<RunUsage, 'elapsedMillis'> {
  /** Reports with the same id are of the same part or run; one that is later holds what those before it held. */
  readonly id: string;
  /** The calls of a part are those of the run. Another agent's run has metrics of its own and counts for totals and budgets only. */
  readonly of: 'part' | 'run';
  /** Part of the cost: own calls, without those of agents inside. */
  readonly ownMicroUsd: number;
}
