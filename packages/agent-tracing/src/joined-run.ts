import { type Context, context, type Span, trace } from '@opentelemetry/api';
import { NO_SPAN } from '@llm-otel/core';
import { spanContextOf, type SpanReference, withAgentScope } from '@llm-otel/llm-conventions';
import type { RunCarrier } from './checkpoint.ts';
import { withConversation } from './conversation-baggage.ts';
import type { RunEnvironment } from './run-environment.ts';
import { RunMeter } from './run-meter.ts';
import { RunScope } from './run-scope.ts';
import { TracedActions } from './traced-actions.ts';
import { usableCarrier } from './usable-options.ts';
import type { UsageReport } from './usage-report.ts';

/**
 * A part of a run in another thread or process. It has no span: what happens in it hangs below one over there, or below what is
 * active here where that is in the same trace already, as behind an instrumented server.
 */
export class JoinedRun extends TracedActions {
  readonly context: Context;

  constructor(carrier: RunCarrier, part: string, environment: RunEnvironment) {
    const { agentName, conversationId, span } = usableCarrier(carrier);
    const scope = new RunScope({ isRun: true, agentName }, conversationId, undefined);
    scope.part = part;
    scope.meter = new RunMeter(undefined, undefined, environment.operations.clock, () => undefined);
    super(scope, environment);
    const parent = belowSpan(span);
    this.context = withAgentScope(
      environment.conversationBaggage && conversationId !== undefined
        ? withConversation(parent, conversationId)
        : parent,
      scope,
    );
  }

  override usageReport(): UsageReport {
    const { elapsedMillis: _, ...usage } = this.usage;
    return {
      id: this.reportId,
      of: 'part',
      ...usage,
      ownMicroUsd: this.scope.meter?.ownMicroUsd ?? 0,
    };
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? NO_SPAN;
  }
}

function belowSpan(span: SpanReference | undefined): Context {
  const active = context.active();
  const there = spanContextOf(span);
  return there === undefined || trace.getSpanContext(active)?.traceId === there.traceId
    ? active
    : trace.setSpanContext(active, there);
}
