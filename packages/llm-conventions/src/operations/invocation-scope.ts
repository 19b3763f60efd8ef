import { type AgentScope, agentUsed } from '../agent-scope.ts';
import type { Cost } from '../cost/cost-of.ts';
import type { Usage } from '../usage/usage.ts';

/** Whose scope it is. */
export interface Invocation {
  /** A run counts its own calls. In a workflow, or an agent at a service, they are those of the run around it, if there is one. */
  readonly isRun: boolean;
  readonly agentName?: string | undefined;
}

/** The scope of one agent run, workflow or call of an agent at a service: what spans inside take over, and what is counted for the run. */
export class InvocationScope implements AgentScope {
  readonly agentName: string | undefined;
  readonly conversationId: string | undefined;
  readonly outer: AgentScope | undefined;
  readonly isRun: boolean;
  inferenceCalls = 0;
  toolCalls = 0;
  /** Calls and agents inside that are not over, and may yet say what they used. */
  openCalls = 0;
  /** Whether a call inside has said what it used: totals of the run repeat that. */
  hasUsageBelow = false;
  /** Whether that was no call of embeddings, which have no output: totals with output do not repeat those. */
  hasAnswerBelow = false;

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

  callOpened(): void {
    this.openCalls++;
    this.outer?.callOpened?.();
  }

  callClosed(): void {
    this.openCalls--;
    this.outer?.callClosed?.();
  }

  inferenceEnded(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void {
    if (this.isRun) {
      this.used(usage, cost, failed);
      return;
    }
    this.noteUsage(usage);
    this.outer?.inferenceEnded?.(usage, cost, failed);
  }

  /** What agents inside use is used by those around them too. */
  used(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void {
    this.noteUsage(usage);
    agentUsed(this.outer, usage, cost, failed);
  }

  noteUsage(usage: Pick<Usage, 'inputTokens' | 'outputTokens'> | undefined): void {
    if (usage?.inputTokens === undefined && usage?.outputTokens === undefined) return;
    this.hasUsageBelow = true;
    if (usage.outputTokens !== 0) this.hasAnswerBelow = true;
  }
}
