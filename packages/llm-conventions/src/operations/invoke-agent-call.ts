import { context, SpanKind } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { agentScopeOf } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_AGENT_DESCRIPTION,
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_AGENT_VERSION,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID,
} from '../generated/attributes.ts';
import type { GenAiProviderName } from '../generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT } from '../generated/values.ts';
import { setUsageAttributes } from '../inference/inference-metrics.ts';
import { mergeUsage, type Usage } from '../usage/usage.ts';
import { AgentOperation, type AgentOutput } from './agent-operation.ts';
import { type AgentInput, type AgentParameters, setAgentParameters } from './agent-parameters.ts';
import { clientAttributes, nameOf } from './client-attributes.ts';
import type { RemoteAgent } from './create-agent-call.ts';
import { InvocationScope } from './invocation-scope.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type SpanType = 'gen_ai.invoke_agent.client';

export interface InvokeAgentRequest
  extends OperationRequest<SpanType>, ServiceRequest, AgentParameters, AgentInput {
  readonly provider: GenAiProviderName;
  readonly agent: RemoteAgent;
  /** @defaultValue that of the agent run around the call */
  readonly conversationId?: string | undefined;
  readonly previousResponseId?: string | undefined;
}

export interface InvokedAgentOutput extends AgentOutput {
  /**
   * The service's own count of what the agent used. Where a call inside has told its tokens, it repeats them and is recorded as
   * `llm_otel.rollup.usage.*`, as with `agentRun`.
   */
  readonly usage?: Usage | undefined;
  /** Where the service gave the conversation its id. */
  readonly conversationId?: string | undefined;
}

/** An agent that runs at a service was asked to do something. */
export interface InvokeAgentCall extends OpenOperation<SpanType> {
  /** What the agent is given, where it was not known at the start. */
  recordInput(input: AgentInput): void;
  recordOutput(output: InvokedAgentOutput): void;
}

const failures = new FailureLog();

export class SpanInvokeAgentCall extends AgentOperation<SpanType> implements InvokeAgentCall {
  /** What its calls inside say they used, where they are made in this process, is not counted a second time. */
  override readonly scope: InvocationScope;
  #usage: Usage | undefined;

  constructor(request: InvokeAgentRequest, environment: OperationEnvironment) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT;
    const { agent, conversationId } = request;
    const outer = agentScopeOf(request.parent ?? context.active());
    const scope = new InvocationScope({ isRun: false }, conversationId, outer);
    const shared = clientAttributes(operation, request);
    super(
      {
        type: 'gen_ai.invoke_agent.client',
        name: nameOf(operation, agent.name),
        kind: SpanKind.CLIENT,
        attributes:
          agent.name === undefined ? shared : { ...shared, [ATTR_GEN_AI_AGENT_NAME]: agent.name },
        request,
        scope,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes: shared },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.scope = scope;
    outer?.callOpened?.();
    this.set(ATTR_GEN_AI_AGENT_ID, agent.id);
    this.set(ATTR_GEN_AI_AGENT_DESCRIPTION, agent.description);
    this.set(ATTR_GEN_AI_AGENT_VERSION, agent.version);
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    this.set(ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, request.previousResponseId);
    setAgentParameters((name, value) => this.set(name, value), request);
    this.recordInput(request);
  }

  override recordOutput(output: InvokedAgentOutput): void {
    super.recordOutput(output);
    failures.guard('recording what an agent used', () => {
      this.set(ATTR_GEN_AI_CONVERSATION_ID, output.conversationId);
      if (output.usage === undefined || this.ended) return;
      this.#usage = mergeUsage(this.#usage, output.usage);
      // The conventions do not list reasoning tokens for agents.
      const usage = { ...this.#usage, reasoningTokens: undefined };
      setUsageAttributes({ setAttribute: (name, value) => this.set(name, value) }, usage);
    });
  }
}
