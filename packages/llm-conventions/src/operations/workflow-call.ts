import { context } from '@opentelemetry/api';
import { agentScopeOf } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_WORKFLOW_NAME,
} from '../generated/attributes.ts';
import { METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW } from '../generated/values.ts';
import type { ChatMessage } from '../messages/message-types.ts';
import { Operation } from '../operation.ts';
import { nameOf } from './client-attributes.ts';
import { InvocationScope } from './invocation-scope.ts';
import type { OpenOperation, OperationEnvironment, OperationRequest } from './operation-request.ts';

type SpanType = 'gen_ai.invoke_workflow.internal';

export interface WorkflowRequest extends OperationRequest<SpanType> {
  /** `gen_ai.workflow.name`: few distinct values. Leave out the class name of a framework. */
  readonly name?: string | undefined;
  /** @defaultValue that of the workflow or run around this one; never made up */
  readonly conversationId?: string | undefined;
  /** Recorded only where content is on. */
  readonly inputMessages?: readonly ChatMessage[] | undefined;
}

/** A composition of several agents or operations that the application defines. Its conversation reaches the runs inside. */
export interface WorkflowCall extends OpenOperation<SpanType> {
  readonly conversationId: string | undefined;
  /** Recorded only where content is on. */
  recordInput(messages: readonly ChatMessage[]): void;
  /** Recorded only where content is on. */
  recordOutput(messages: readonly ChatMessage[]): void;
}

export class SpanWorkflow extends Operation<SpanType> implements WorkflowCall {
  readonly conversationId: string | undefined;

  constructor(
    request: WorkflowRequest,
    environment: OperationEnvironment,
    makeScope = (...facts: ConstructorParameters<typeof InvocationScope>): InvocationScope =>
      new InvocationScope(...facts),
  ) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW;
    const outer = agentScopeOf(request.parent ?? context.active());
    const scope = makeScope({ isRun: false }, request.conversationId, outer);
    const named = request.name === undefined ? {} : { [ATTR_GEN_AI_WORKFLOW_NAME]: request.name };
    super(
      {
        type: 'gen_ai.invoke_workflow.internal',
        name: nameOf(operation, request.name),
        request,
        scope,
        attributes: { [ATTR_GEN_AI_OPERATION_NAME]: operation, ...named },
        duration: { metric: METRIC_GEN_AI_INVOKE_WORKFLOW_DURATION, attributes: named },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.conversationId = scope.conversationId;
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    if (request.inputMessages !== undefined) this.recordInput(request.inputMessages);
  }

  recordInput(messages: readonly ChatMessage[]): void {
    this.setContent(ATTR_GEN_AI_INPUT_MESSAGES, messages);
  }

  recordOutput(messages: readonly ChatMessage[]): void {
    this.setContent(ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
  }
}
