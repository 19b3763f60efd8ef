import { type Context, context } from '@opentelemetry/api';
import { type AgentScope, agentScopeOf } from '@llm-otel/llm-conventions';

/** The scope of one run or workflow: what spans inside take over, and what is counted for the run. */
export class RunScope implements AgentScope {
  readonly agentName: string | undefined;
  readonly conversationId: string | undefined;
  readonly #outer: AgentScope | undefined;
  /** A workflow does not count: calls in it are those of the run around it, if there is one. */
  readonly #isRun: boolean;
  inferenceCalls = 0;
  toolCalls = 0;
  steps = 0;

  constructor(
    agentName: string | undefined,
    conversationId: string | undefined,
    outer: AgentScope | undefined,
  ) {
    this.agentName = agentName ?? outer?.agentName;
    this.conversationId = conversationId ?? outer?.conversationId;
    this.#outer = outer;
    this.#isRun = agentName !== undefined;
  }

  countInference(): void {
    if (this.#isRun) this.inferenceCalls++;
    else this.#outer?.countInference?.();
  }

  /**
   * The active context where it lies inside this scope, otherwise `own`: parallel runs keep their own spans
   * even where the active context got lost or belongs to another run.
   */
  parentFor(own: Context): Context {
    const active = context.active();
    let scope = agentScopeOf(active);
    while (scope instanceof RunScope) {
      if (scope === this) return active;
      scope = scope.#outer;
    }
    return own;
  }
}
