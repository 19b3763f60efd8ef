import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { NO_SPAN } from '@llm-otel/core';
import { contextOf, spanContextOf, withAgentScope } from '@llm-otel/llm-conventions';
import type { RunCarrier } from './checkpoint.ts';
import type { RunEnvironment } from './run-environment.ts';
import { RunScope } from './run-scope.ts';
import { TracedActions } from './traced-actions.ts';

/** A part of a run in another thread or process. It has no span: what happens in it hangs below one over there. */
export class JoinedRun extends TracedActions {
  readonly context: Context;

  constructor(
    { agentName, conversationId, span }: RunCarrier,
    part: string,
    environment: RunEnvironment,
  ) {
    const scope = new RunScope({ isRun: true, agentName }, conversationId, undefined);
    scope.part = part;
    super(scope, environment);
    const remote = span === undefined ? undefined : spanContextOf(span);
    this.context = withAgentScope(remote === undefined ? ROOT_CONTEXT : contextOf(remote), scope);
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? NO_SPAN;
  }
}
