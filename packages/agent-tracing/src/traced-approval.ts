import type { Attributes, Context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_LLM_OTEL_APPROVAL_APPROVER,
  ATTR_LLM_OTEL_APPROVAL_NAME,
  ATTR_LLM_OTEL_APPROVAL_OUTCOME,
  ATTR_LLM_OTEL_APPROVAL_WAITING_SECONDS,
  LLM_OTEL_APPROVAL_OUTCOME_VALUE_APPROVED,
  LLM_OTEL_APPROVAL_OUTCOME_VALUE_DENIED,
  type AttributeTypes,
  METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME,
  Operation,
  type OperationEnvironment,
} from '@llm-otel/llm-conventions';
import type { Approval, ApprovalOptions } from './approval-types.ts';
import type { RunScope } from './run-scope.ts';

const failures = new FailureLog();

/** A person is asked, and the agent waits. */
export class TracedApproval extends Operation implements Approval {
  readonly #environment: OperationEnvironment;
  readonly #attributes: Attributes;
  readonly #askedAtMillis: number | undefined;
  readonly #askedMonotonic: number;
  #outcome: string | undefined;

  constructor(
    options: ApprovalOptions,
    { agentName, conversationId }: Pick<RunScope, 'agentName' | 'conversationId'>,
    parent: Context,
    environment: OperationEnvironment,
  ) {
    const { signals, clock } = environment;
    super({ name: `approval ${options.name}`, request: { parent } }, signals, clock);
    this.#environment = environment;
    this.#askedAtMillis = timeOf(options.askedAtMillis);
    this.#askedMonotonic = clock.monotonicMillis();
    this.#attributes = { [ATTR_LLM_OTEL_APPROVAL_NAME]: options.name };
    if (agentName !== undefined) this.#attributes[ATTR_GEN_AI_AGENT_NAME] = agentName;
    for (const [name, value] of Object.entries(this.#attributes)) this.set(name, value);
    this.set(ATTR_GEN_AI_CONVERSATION_ID, conversationId);
    this.set(ATTR_LLM_OTEL_APPROVAL_APPROVER, options.approver);
  }

  decided(outcome: AttributeTypes['llm_otel.approval.outcome'], approver?: string): void {
    this.#outcome = outcome;
    this.set(ATTR_LLM_OTEL_APPROVAL_OUTCOME, outcome);
    this.set(ATTR_LLM_OTEL_APPROVAL_APPROVER, approver);
  }

  override end(result?: unknown): void {
    if (this.#outcome === undefined && typeof result === 'boolean')
      this.decided(
        result ? LLM_OTEL_APPROVAL_OUTCOME_VALUE_APPROVED : LLM_OTEL_APPROVAL_OUTCOME_VALUE_DENIED,
      );
    super.end();
  }

  protected override finish(errorType: string | undefined): void {
    if (!this.ended) this.#recordWaiting();
    super.finish(errorType);
  }

  #recordWaiting(): void {
    const { clock, signals } = this.#environment;
    const millis =
      this.#askedAtMillis === undefined
        ? clock.monotonicMillis() - this.#askedMonotonic
        : Math.max(0, clock.epochMillis() - this.#askedAtMillis);
    this.set(ATTR_LLM_OTEL_APPROVAL_WAITING_SECONDS, millis / 1000);
    if (this.#outcome !== undefined)
      this.#attributes[ATTR_LLM_OTEL_APPROVAL_OUTCOME] = this.#outcome;
    failures.guard('measuring the wait for an approval', () =>
      signals.instruments?.record(
        METRIC_LLM_OTEL_AGENT_APPROVAL_WAITING_TIME,
        millis / 1000,
        this.#attributes,
        this.context,
      ),
    );
  }
}

function timeOf(askedAtMillis: number | undefined): number | undefined {
  if (askedAtMillis === undefined || (Number.isFinite(askedAtMillis) && askedAtMillis >= 0))
    return askedAtMillis;
  const problem = `askedAtMillis is ${String(askedAtMillis)}: use milliseconds since 1970`;
  failures.report('reading when an approval was asked for', new RangeError(problem));
  return undefined;
}
