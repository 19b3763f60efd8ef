import { type Attributes, type Context, SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DESCRIPTION,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_TOOL_TYPE,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  METRIC_GEN_AI_EXECUTE_TOOL_DURATION,
  Operation,
} from '@llm-otel/llm-conventions';
import type { AgentSettings } from './agent-settings.ts';
import type { ToolOptions } from './agent-types.ts';
import type { RunScope } from './run-scope.ts';

/** A call of a tool. What the function answers is the result, recorded where content is on. */
export class TracedTool extends Operation {
  constructor(options: ToolOptions, parent: Context, scope: RunScope, settings: AgentSettings) {
    const { name, type = 'function' } = options;
    const duration: Attributes = { [ATTR_GEN_AI_TOOL_NAME]: name, [ATTR_GEN_AI_TOOL_TYPE]: type };
    if (scope.agentName !== undefined) duration[ATTR_GEN_AI_AGENT_NAME] = scope.agentName;
    super(
      {
        name: `${GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL} ${name}`,
        kind: SpanKind.INTERNAL,
        parent,
        attributes: {
          [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
          ...duration,
        },
        duration: { metric: METRIC_GEN_AI_EXECUTE_TOOL_DURATION, attributes: duration },
        recordContent: settings.recordContent,
      },
      settings.signals,
      settings.clock,
    );
    scope.toolCalls++;
    this.set(ATTR_GEN_AI_TOOL_CALL_ID, options.callId);
    this.set(ATTR_GEN_AI_TOOL_DESCRIPTION, options.description);
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    // Models send arguments as JSON text already.
    if (typeof options.arguments === 'string')
      this.setText(ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, options.arguments);
    else this.setContent(ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, options.arguments);
  }

  override end(result?: unknown): void {
    this.setContent(ATTR_GEN_AI_TOOL_CALL_RESULT, result);
    super.end();
  }
}
