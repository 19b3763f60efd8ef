import { context, SpanKind } from '@opentelemetry/api';
import {
  agentScopeOf,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_WORKFLOW_NAME,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION,
  Operation,
} from '@llm-otel/llm-conventions';
import type { AgentSettings } from './agent-settings.ts';
import type { WorkflowOptions } from './agent-types.ts';
import { RunScope } from './run-scope.ts';

/** A composition of agents that the application defines. Its conversation id reaches the runs inside. */
export class TracedWorkflow extends Operation {
  constructor(options: WorkflowOptions, settings: AgentSettings) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW;
    const parent = options.parent ?? context.active();
    const scope = new RunScope(undefined, options.conversationId, agentScopeOf(parent));
    const named = { [ATTR_GEN_AI_WORKFLOW_NAME]: options.name };
    super(
      {
        name: `${operation} ${options.name}`,
        kind: SpanKind.INTERNAL,
        parent,
        scope,
        attributes: { [ATTR_GEN_AI_OPERATION_NAME]: operation, ...named },
        duration: { metric: METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION, attributes: named },
      },
      settings.signals,
      settings.clock,
    );
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
  }
}
