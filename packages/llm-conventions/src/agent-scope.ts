import { type Context, createContextKey } from '@opentelemetry/api';
import { ContextWith } from './context-with.ts';
import type { Cost } from './cost/cost-of.ts';
import type { Usage } from './usage/usage.ts';

/**
 * What spans inside an agent run take from it: the agent's name and the conversation, and where the run counts its calls.
 * `agent-tracing` puts one into the context; any package may read it.
 */
export interface AgentScope {
  readonly agentName?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Called once for each model call that starts directly in this scope. */
  countInference?(): void;
  /** Called once for each tool that starts directly in this scope. */
  countTool?(): void;
  /** Called when something starts in this scope that may tell what it used: a model call, or an agent. */
  callOpened?(): void;
  /** Called when that has ended, behind what it told. */
  callClosed?(): void;
  /** Called when a model call, or a call of an agent at a service, that started in this scope has ended, with what it used, as far as that is known; one that failed without any answer may have used nothing. */
  inferenceEnded?(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void;
  /** Called when an agent inside used something: no call of this scope itself. @defaultValue `inferenceEnded` */
  used?(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void;
}

/** Tells the scope around an agent what that one used. */
export function agentUsed(
  around: AgentScope | undefined,
  ...what: Parameters<NonNullable<AgentScope['used']>>
): void {
  if (around?.used === undefined) around?.inferenceEnded?.(...what);
  else around.used(...what);
}

const AGENT_SCOPE = createContextKey('llm-otel.agent-scope');

export function withAgentScope(context: Context, scope: AgentScope): Context {
  return context.setValue(AGENT_SCOPE, scope);
}

/**
 * The same for a context that few spans are started in: it costs less to make, and more to set something in. The scope is asked for
 * when something is started inside, which is never in most calls of a client.
 */
export function aroundWork(context: Context, scope: () => AgentScope): Context {
  return new ContextWith(context, AGENT_SCOPE, scope);
}

/** The scope of the innermost agent run or workflow, undefined outside of one. */
export function agentScopeOf(context: Context): AgentScope | undefined {
  return context.getValue(AGENT_SCOPE) as AgentScope | undefined;
}
