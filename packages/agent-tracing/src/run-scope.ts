import { type Context, context } from '@opentelemetry/api';
import {
  agentScopeOf,
  type Cost,
  type Invocation,
  InvocationScope,
  type Usage,
} from '@llm-otel/llm-conventions';
import type { RunMeter } from './run-meter.ts';
import type { RunActions } from './run-types.ts';

/** The scope of one run or workflow, with what this package counts in it. */
export class RunScope extends InvocationScope {
  steps = 0;
  /** Names the part of a run in another thread or process. */
  part: string | undefined;
  /** Of a run; a workflow has none. */
  meter: RunMeter | undefined;
  actions: RunActions | undefined;

  /** A model call of the run itself has ended. */
  override inferenceEnded(usage: Usage | undefined, cost: Cost | undefined): void {
    if (!this.isRun) {
      super.inferenceEnded(usage, cost);
      return;
    }
    this.meter?.ownCall(cost);
    this.used(usage, cost);
  }

  /** It, or an agent inside, used something: those around it used it too. */
  used(usage: Usage | undefined, cost: Cost | undefined): void {
    this.meter?.add(usage, cost);
    if (this.outer instanceof RunScope) this.outer.used(usage, cost);
    else this.outer?.inferenceEnded?.(usage, cost);
  }

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

/** Makes the scope of an operation of the conventions. */
export function makeRunScope(
  ...facts: [Invocation, string | undefined, ConstructorParameters<typeof InvocationScope>[2]]
): RunScope {
  return new RunScope(...facts);
}
