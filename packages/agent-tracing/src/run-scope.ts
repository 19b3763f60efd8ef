import { type Context, context } from '@opentelemetry/api';
import { agentScopeOf, InvocationScope } from '@llm-otel/llm-conventions';

/** The scope of one run or workflow, with what this package counts in it. */
export class RunScope extends InvocationScope {
  steps = 0;

  /**
   * The active context where it lies inside this scope, otherwise `own`: parallel runs keep their own spans
   * even where the active context got lost or belongs to another run.
   */
  parentFor(own: Context): Context {
    const active = context.active();
    let scope = agentScopeOf(active);
    while (scope instanceof InvocationScope) {
      if (scope === this) return active;
      scope = scope.outer;
    }
    return own;
  }
}
