import type { AgentScope } from '../agent-scope.ts';
import type { Cost } from '../cost/cost-of.ts';
import type { Usage } from '../usage/usage.ts';

/** Whose scope it is. */
export interface Invocation {
  /** A run counts its own calls. In a workflow they are those of the run around it, if there is one. */
  readonly isRun: boolean;
  readonly agentName?: string | undefined;
}

/** The scope of one agent run or workflow: what spans inside take over, and what is counted for the run. */
export class InvocationScope implements AgentScope {
  readonly agentName: string | undefined;
  readonly conversationId: string | undefined;
  readonly outer: AgentScope | undefined;
  readonly isRun: boolean;
  inferenceCalls = 0;
  toolCalls = 0;
  /** Whether a call inside has said what it used: totals of the run repeat that. */
  hasUsageBelow = false;

  constructor(
    { isRun, agentName }: Invocation,
    conversationId: string | undefined,
    outer: AgentScope | undefined,
  ) {
    this.isRun = isRun;
    this.agentName = isRun ? agentName : outer?.agentName;
    this.conversationId = conversationId ?? outer?.conversationId;
    this.outer = outer;
  }

  countInference(): void {
    if (this.isRun) this.inferenceCalls++;
    else this.outer?.countInference?.();
  }

  countTool(): void {
    if (this.isRun) this.toolCalls++;
    else this.outer?.countTool?.();
  }

  /** What agents inside use is used by those around them too. */
  inferenceEnded(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void {
    this.noteUsage(usage);
    this.outer?.inferenceEnded?.(usage, cost, failed);
  }

  protected noteUsage(usage: Pick<Usage, 'inputTokens' | 'outputTokens'> | undefined): void {
    if (usage?.inputTokens !== undefined || usage?.outputTokens !== undefined)
      this.hasUsageBelow = true;
  }
}
