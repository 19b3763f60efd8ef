import { type Attributes, context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { agentScopeOf } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_SKILL_DESCRIPTION,
  ATTR_GEN_AI_SKILL_NAME,
  ATTR_GEN_AI_SKILL_SOURCE_URI,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DESCRIPTION,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_TOOL_TYPE,
  ATTR_GEN_AI_SKILL_RESOURCE_NAME,
  ATTR_PROCESS_EXECUTABLE_NAME,
  ATTR_PROCESS_EXECUTABLE_PATH,
  ATTR_PROCESS_EXIT_CODE,
} from '../generated/attributes.ts';
import { METRIC_GEN_AI_EXECUTE_TOOL_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL } from '../generated/values.ts';
import { Operation } from '../operation.ts';
import type { OpenOperation, OperationEnvironment } from './operation-request.ts';
import { toolJson } from './tool-json.ts';
import { skillSource, toolSpanName, toolSpanType } from './tool-skill.ts';
import type { ToolRequest, ToolSpanType } from './tool-request.ts';

/** A tool is being called. What the work answers is the result, recorded where content is on. */
export interface ToolCall extends OpenOperation<ToolSpanType> {
  /** The result, for work that does not answer with it. */
  recordResult(result: unknown): void;
  /** How the one process ended that the tool ran. */
  recordExitCode(code: number): void;
}

const failures = new FailureLog();

export class SpanToolCall extends Operation<ToolSpanType> implements ToolCall {
  #hasResult = false;

  constructor(request: ToolRequest, environment: OperationEnvironment) {
    const { name, type = 'function', skill, command } = request;
    const scope = agentScopeOf(request.parent ?? context.active());
    const agentName = request.agentName ?? scope?.agentName;
    const duration: Attributes = { [ATTR_GEN_AI_TOOL_NAME]: name, [ATTR_GEN_AI_TOOL_TYPE]: type };
    if (agentName !== undefined) duration[ATTR_GEN_AI_AGENT_NAME] = agentName;
    const attributes: Attributes = {
      [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
      ...duration,
    };
    if (skill?.name !== undefined) attributes[ATTR_GEN_AI_SKILL_NAME] = skill.name;
    super(
      {
        type: toolSpanType(request),
        name: toolSpanName(request),
        request,
        attributes,
        duration: { metric: METRIC_GEN_AI_EXECUTE_TOOL_DURATION, attributes: duration },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    scope?.countTool?.();
    this.set(ATTR_GEN_AI_TOOL_CALL_ID, request.callId);
    this.set(ATTR_GEN_AI_TOOL_DESCRIPTION, request.description);
    this.set(ATTR_GEN_AI_CONVERSATION_ID, request.conversationId ?? scope?.conversationId);
    this.set(ATTR_GEN_AI_SKILL_DESCRIPTION, skill?.description);
    this.set(ATTR_GEN_AI_SKILL_SOURCE_URI, skillSource(skill?.sourceUri));
    this.set(ATTR_GEN_AI_SKILL_RESOURCE_NAME, skill?.resourceName);
    this.set(ATTR_PROCESS_EXECUTABLE_NAME, command?.executableName);
    this.set(ATTR_PROCESS_EXECUTABLE_PATH, command?.executablePath);
    if (request.arguments !== undefined && this.recordsContent)
      failures.guard('recording the arguments of a tool', () =>
        this.setText(ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, toolJson('arguments', request.arguments)),
      );
  }

  recordResult(result: unknown): void {
    if (result === undefined || !this.recordsContent) return;
    this.#hasResult = true;
    failures.guard('recording the result of a tool', () =>
      this.setText(ATTR_GEN_AI_TOOL_CALL_RESULT, toolJson('result', result)),
    );
  }

  recordExitCode(code: number): void {
    this.set(ATTR_PROCESS_EXIT_CODE, code);
  }

  override end(result?: unknown): void {
    if (!this.#hasResult) this.recordResult(result);
    super.end();
  }
}
