import { SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_AGENT_DESCRIPTION,
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_AGENT_VERSION,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
} from '../generated/attributes.ts';
import type { GenAiProviderName } from '../generated/attribute-types.ts';
import { METRIC_GEN_AI_CLIENT_OPERATION_DURATION } from '../generated/metrics.ts';
import { GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT } from '../generated/values.ts';
import type { MessagePart } from '../messages/message-types.ts';
import { Operation } from '../operation.ts';
import { clientAttributes, nameOf } from './client-attributes.ts';
import type {
  OpenOperation,
  OperationEnvironment,
  OperationRequest,
  ServiceRequest,
} from './operation-request.ts';

type SpanType = 'gen_ai.create_agent.client';

/** An agent that a service keeps. */
export interface RemoteAgent {
  /** `gen_ai.agent.name`: few distinct values. */
  readonly name?: string | undefined;
  /** The stable id the service gave it; never one made in memory. */
  readonly id?: string | undefined;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
}

export interface CreateAgentRequest extends OperationRequest<SpanType>, ServiceRequest {
  readonly provider: GenAiProviderName;
  readonly agent: RemoteAgent;
  readonly model?: string | undefined;
  /** Recorded only where content is on. */
  readonly systemInstructions?: readonly MessagePart[] | undefined;
}

/** A service is making an agent. */
export interface CreateAgentCall extends OpenOperation<SpanType> {
  /** What the service answered: at least the id. */
  recordAgent(agent: RemoteAgent): void;
}

export class SpanCreateAgentCall extends Operation<SpanType> implements CreateAgentCall {
  constructor(request: CreateAgentRequest, environment: OperationEnvironment) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT;
    const { agent } = request;
    const shared = clientAttributes(operation, request);
    super(
      {
        type: 'gen_ai.create_agent.client',
        name: nameOf(operation, agent.name),
        kind: SpanKind.CLIENT,
        attributes:
          agent.name === undefined ? shared : { ...shared, [ATTR_GEN_AI_AGENT_NAME]: agent.name },
        request,
        duration: { metric: METRIC_GEN_AI_CLIENT_OPERATION_DURATION, attributes: shared },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.recordAgent(agent);
    this.setContent(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, request.systemInstructions);
  }

  recordAgent({ id, description, version }: RemoteAgent): void {
    this.set(ATTR_GEN_AI_AGENT_ID, id);
    this.set(ATTR_GEN_AI_AGENT_DESCRIPTION, description);
    this.set(ATTR_GEN_AI_AGENT_VERSION, version);
  }
}
