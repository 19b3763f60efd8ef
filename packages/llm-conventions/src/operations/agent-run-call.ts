import { type Attributes, context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { agentScopeOf } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_AGENT_DESCRIPTION,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
} from '../generated/attributes.ts';
import {
  METRIC_GEN_AI_INVOKE_AGENT_DURATION,
  METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS,
  METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS,
} from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT } from '../generated/values.ts';
import { readMember } from '../read-member.ts';
import { tokenCount, type Usage } from '../usage/usage.ts';
import { AgentOperation, type AgentOutput } from './agent-operation.ts';
import { type AgentInput, type AgentParameters, setAgentParameters } from './agent-parameters.ts';
import { nameOf } from './client-attributes.ts';
import { InvocationScope } from './invocation-scope.ts';
import type { OpenOperation, OperationEnvironment, OperationRequest } from './operation-request.ts';

type SpanType = 'gen_ai.invoke_agent.internal';

/** An agent of this process. */
export interface LocalAgent {
  /** `gen_ai.agent.name`: few distinct values, never an id. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export interface AgentRunRequest extends OperationRequest<SpanType>, AgentParameters, AgentInput {
  readonly agent: LocalAgent;
  /** @defaultValue that of the workflow or run around this one; never made up */
  readonly conversationId?: string | undefined;
}

export interface AgentRunOutput extends AgentOutput {
  /**
   * Totals of the run, as the agent's framework counts them. At the end of a run in which a call has told its tokens they are
   * recorded as `llm_otel.rollup.usage.*`, because a sum over all spans would count them twice; of any other run they are
   * its own, `gen_ai.usage.*`. Calls that another library records are seen with `countForeignCalls`: without it leave the totals
   * out where they have tokens.
   */
  readonly usage?: Pick<Usage, 'inputTokens' | 'outputTokens'> | undefined;
  /** The same, as numbers. @defaultValue those of `usage` */
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** An agent runs in this process. Model calls and tools that start inside are counted. */
export interface AgentRunCall extends OpenOperation<SpanType> {
  readonly conversationId: string | undefined;
  recordInput(input: AgentInput): void;
  recordOutput(output: AgentRunOutput): void;
  /** Ends the run as of a time that is over, in milliseconds before now: nobody has gone on with it since. */
  endAsOf(millisAgo: number): void;
}

const failures = new FailureLog();

export class SpanAgentRun extends AgentOperation<SpanType> implements AgentRunCall {
  readonly agentName: string | undefined;
  readonly conversationId: string | undefined;
  /** What `makeScope` made. */
  override readonly scope: InvocationScope;
  readonly #environment: OperationEnvironment;

  /** `makeScope` is for packages that count more in a run. */
  constructor(
    request: AgentRunRequest,
    environment: OperationEnvironment,
    makeScope = (...facts: ConstructorParameters<typeof InvocationScope>): InvocationScope =>
      new InvocationScope(...facts),
  ) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT;
    const { agent, model } = request;
    const outer = agentScopeOf(request.parent ?? context.active());
    // An agent without a name is still one of its own, and not the agent around it.
    const scope = makeScope({ isRun: true, agentName: agent.name }, request.conversationId, outer);
    const duration: Attributes = {};
    if (agent.name !== undefined) duration[ATTR_GEN_AI_AGENT_NAME] = agent.name;
    if (model !== undefined) duration[ATTR_GEN_AI_REQUEST_MODEL] = model;
    super(
      {
        type: 'gen_ai.invoke_agent.internal',
        name: nameOf(operation, agent.name),
        request,
        scope,
        attributes: { [ATTR_GEN_AI_OPERATION_NAME]: operation, ...duration },
        duration: { metric: METRIC_GEN_AI_INVOKE_AGENT_DURATION, attributes: duration },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.agentName = agent.name;
    this.conversationId = scope.conversationId;
    this.scope = scope;
    outer?.callOpened?.();
    this.#environment = environment;
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    this.set(ATTR_GEN_AI_AGENT_DESCRIPTION, agent.description);
    setAgentParameters((name, value) => this.set(name, value), request);
    this.recordInput(request);
  }

  override recordOutput(output: AgentRunOutput): void {
    super.recordOutput(output);
    failures.guard('recording what an agent used', () => {
      const { usage, inputTokens, outputTokens } = output;
      const input = inputTokens ?? readMember(usage, 'inputTokens');
      const answered = outputTokens ?? readMember(usage, 'outputTokens');
      this.set(ATTR_GEN_AI_USAGE_INPUT_TOKENS, tokenCount(input));
      this.set(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, tokenCount(answered));
    });
  }

  protected override finish(errorType: string | undefined): void {
    if (!this.ended) this.#recordCalls();
    super.finish(errorType);
  }

  /** Own calls only: an agent that another one runs counts for itself. */
  #recordCalls(): void {
    const { instruments } = this.#environment.signals;
    if (instruments === undefined) return;
    const { agentName } = this;
    const attributes = agentName === undefined ? {} : { [ATTR_GEN_AI_AGENT_NAME]: agentName };
    const { inferenceCalls, toolCalls } = this.scope;
    const { context: inside } = this;
    failures.guard('counting the calls of a run', () => {
      instruments.record(
        METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS,
        inferenceCalls,
        attributes,
        inside,
      );
      instruments.record(METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS, toolCalls, attributes, inside);
    });
  }
}
