import { type Context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { endSpan, FailureLog, startSpan } from '@llm-otel/core';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_LLM_OTEL_STEP_INDEX,
  describeError,
  type Ending,
  type OperationEnvironment,
  recordFailure,
} from '@llm-otel/llm-conventions';
import type { Step } from './agent-types.ts';
import type { RunScope } from './run-scope.ts';

/**
 * A step of a run. The conventions have no step, so its index is our own attribute; its name is in the name of the span. Not an
 * `Operation`: a step has no metric and no content, and an agent makes many of them.
 */
export class TracedStep implements Step, Ending {
  readonly span: Span;
  readonly context: Context;
  readonly index: number;
  readonly #settings: OperationEnvironment;

  constructor(name: string, parent: Context, scope: RunScope, settings: OperationEnvironment) {
    const span = startSpan(settings.signals.tracer, `step ${name}`, STEP_OPTIONS, parent);
    this.span = span;
    this.context = trace.setSpan(parent, span);
    // In the order of the starts, also where steps run at the same time.
    this.index = scope.steps++;
    this.#settings = settings;
    try {
      span.setAttribute(ATTR_LLM_OTEL_STEP_INDEX, this.index);
      if (scope.agentName !== undefined) span.setAttribute(ATTR_GEN_AI_AGENT_NAME, scope.agentName);
      if (scope.conversationId !== undefined)
        span.setAttribute(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    } catch (error) {
      failures.report('setting the attributes of a step', error);
    }
  }

  end(): void {
    endSpan(this.span);
  }

  fail(error: unknown): void {
    const { clock, signals } = this.#settings;
    const { exceptions: signal, logger } = signals;
    recordFailure(this.span, error, describeError(error, clock.epochMillis()), {
      signal,
      logger,
      context: this.context,
    });
    endSpan(this.span);
  }
}

const failures = new FailureLog();

const STEP_OPTIONS = { kind: SpanKind.INTERNAL };
