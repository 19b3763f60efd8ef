import { context } from '@opentelemetry/api';
import { agentScopeOf } from '../agent-scope.ts';
import { ATTR_GEN_AI_AGENT_NAME, ATTR_GEN_AI_OPERATION_NAME } from '../generated/attributes.ts';
import { GEN_AI_OPERATION_NAME_VALUE_PLAN } from '../generated/values.ts';
import { Operation } from '../operation.ts';
import { nameOf } from './client-attributes.ts';
import type { OpenOperation, OperationEnvironment, OperationRequest } from './operation-request.ts';

type SpanType = 'gen_ai.plan.internal';

export interface PlanRequest extends OperationRequest<SpanType> {
  /** @defaultValue that of the agent run around it */
  readonly agentName?: string | undefined;
}

/** An agent plans. The model call it uses for that is its child; the tool calls that come of it are its siblings. */
export type PlanCall = OpenOperation<SpanType>;

export class SpanPlan extends Operation<SpanType> implements PlanCall {
  constructor(request: PlanRequest, { signals, clock }: OperationEnvironment) {
    const operation = GEN_AI_OPERATION_NAME_VALUE_PLAN;
    const agentName =
      request.agentName ?? agentScopeOf(request.parent ?? context.active())?.agentName;
    const named = agentName === undefined ? {} : { [ATTR_GEN_AI_AGENT_NAME]: agentName };
    super(
      {
        type: 'gen_ai.plan.internal',
        name: nameOf(operation, agentName),
        request,
        attributes: { [ATTR_GEN_AI_OPERATION_NAME]: operation, ...named },
      },
      signals,
      clock,
    );
  }
}
