import { type Attributes, type Context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { endSpan, FailureLog, startSpan } from '@llm-otel/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_LLM_OTEL_ATTEMPT,
  ATTR_LLM_OTEL_RUN_PART,
  ATTR_LLM_OTEL_STEP_INDEX,
  ATTR_LLM_OTEL_STEP_NAME,
  describeError,
  type Ending,
  METRIC_LLM_OTEL_AGENT_STEP_DURATION,
  type OperationEnvironment,
  recordFailure,
} from '@llm-otel/llm-conventions';
import { attemptOf, relationLinks } from './relation-links.ts';
import type { RunScope } from './run-scope.ts';
import type { Step, StepOptions } from './run-types.ts';

/**
 * A step of a run. The conventions have no step, so its index and its metric are our own. Not an `Operation`: it has no
 * content, and an agent makes many of them.
 */
export class TracedStep implements Step, Ending {
  readonly span: Span;
  readonly context: Context;
  readonly index: number;
  readonly #name: string;
  readonly #scope: RunScope | undefined;
  readonly #environment: OperationEnvironment;
  readonly #startMillis: number;
  #ended = false;

  constructor(
    name: string,
    parent: Context,
    scope: RunScope | undefined,
    environment: OperationEnvironment,
    options?: StepOptions,
  ) {
    const { signals, clock } = environment;
    const spanOptions =
      options === undefined ? STEP_OPTIONS : { ...STEP_OPTIONS, links: relationLinks(options) };
    const span = startSpan(signals.tracer, `step ${name}`, spanOptions, parent);
    this.span = span;
    this.context = trace.setSpan(parent, span);
    this.index = scope === undefined ? 0 : scope.stepStarted();
    this.#name = name;
    this.#scope = scope;
    this.#environment = environment;
    this.#startMillis = signals.instruments === undefined ? 0 : clock.monotonicMillis();
    try {
      if (scope !== undefined) setScope(span, this.index, scope);
      // Without an index nothing else tells that it is a step.
      else span.setAttribute(ATTR_LLM_OTEL_STEP_NAME, name);
      if (options !== undefined) setOptions(span, options);
    } catch (error) {
      failures.report('setting the attributes of a step', error);
    }
  }

  get ended(): boolean {
    return this.#ended;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#record(undefined);
    endSpan(this.span);
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const { clock, signals } = this.#environment;
    const { exceptions: signal, logger } = signals;
    const facts = describeError(error, clock.epochMillis());
    recordFailure(this.span, error, facts, { signal, logger, context: this.context });
    this.#record(facts.type);
    endSpan(this.span);
  }

  #record(errorType: string | undefined): void {
    const { clock, signals } = this.#environment;
    const { instruments } = signals;
    if (instruments === undefined) return;
    const attributes: Attributes = { [ATTR_LLM_OTEL_STEP_NAME]: this.#name };
    const agentName = this.#scope?.agentName;
    if (agentName !== undefined) attributes[ATTR_GEN_AI_AGENT_NAME] = agentName;
    if (errorType !== undefined) attributes[ATTR_ERROR_TYPE] = errorType;
    const seconds = (clock.monotonicMillis() - this.#startMillis) / 1000;
    failures.guard('recording the duration of a step', () =>
      instruments.record(METRIC_LLM_OTEL_AGENT_STEP_DURATION, seconds, attributes, this.context),
    );
  }
}

function setScope(span: Span, index: number, scope: RunScope): void {
  span.setAttribute(ATTR_LLM_OTEL_STEP_INDEX, index);
  if (scope.agentName !== undefined) span.setAttribute(ATTR_GEN_AI_AGENT_NAME, scope.agentName);
  if (scope.conversationId !== undefined)
    span.setAttribute(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
  if (scope.part !== undefined) span.setAttribute(ATTR_LLM_OTEL_RUN_PART, scope.part);
}

function setOptions(span: Span, options: StepOptions): void {
  const attempt = attemptOf(span, options);
  if (attempt !== undefined) span.setAttribute(ATTR_LLM_OTEL_ATTEMPT, attempt);
  if (options.extra !== undefined) span.setAttributes(options.extra);
}

const failures = new FailureLog();

const STEP_OPTIONS = { kind: SpanKind.INTERNAL };
