import { type Context, context } from '@opentelemetry/api';
import {
  type AgentScope,
  agentScopeOf,
  type Cost,
  type Invocation,
  InvocationScope,
  type Usage,
} from '@llm-otel/llm-conventions';
import type { RunUsage } from './budget.ts';
import type { IncludedReports } from './included-reports.ts';
import type { RunMeter } from './run-meter.ts';
import type { RunActions } from './run-types.ts';
import type { UsageReport } from './usage-report.ts';

/** The scope of one run or workflow, with what this package counts in it. */
export class RunScope extends InvocationScope {
  /** Started here: the index of the next one. */
  steps = 0;
  /** Of parts elsewhere, which number their own. */
  partSteps = 0;
  /** Names the part of a run in another thread or process. */
  part: string | undefined;
  /** Of a run; a workflow has none. */
  meter: RunMeter | undefined;
  actions: RunActions | undefined;
  /** Of a run, and of a part of one. */
  included: IncludedReports | undefined;

  /** The next run or workflow of this package around it. */
  get outerRun(): RunScope | undefined {
    let { outer } = this;
    while (outer instanceof InvocationScope && !(outer instanceof RunScope)) ({ outer } = outer);
    return outer instanceof RunScope ? outer : undefined;
  }

  get allSteps(): number {
    return this.steps + this.partSteps;
  }

  /** What was used so far, on top of what was used `before`. */
  usage(before?: RunUsage): RunUsage {
    const { inputTokens = 0, outputTokens = 0, microUsd = 0, elapsedMillis = 0 } = this.meter ?? {};
    const { totalSteps = 0 } = this.meter ?? {};
    return {
      inputTokens,
      outputTokens,
      microUsd,
      steps: this.allSteps,
      totalSteps,
      inferenceCalls: this.inferenceCalls + (before?.inferenceCalls ?? 0),
      toolCalls: this.toolCalls + (before?.toolCalls ?? 0),
      elapsedMillis,
    };
  }

  /** A part of the run, or another agent's run, used this elsewhere. */
  include(more: UsageReport): void {
    if (more.of === 'part') {
      this.inferenceCalls += more.inferenceCalls;
      this.toolCalls += more.toolCalls;
      this.partSteps += more.steps;
      this.meter?.ownCall({ exactMicroUsd: more.ownMicroUsd });
    }
    usedElsewhere(this, more);
  }

  /** Returns the index of the step, in the order of the starts, also where steps run at the same time. */
  stepStarted(): number {
    this.meter?.stepsStarted(1);
    if (this.outer !== undefined)
      for (let around = this.outerRun; around !== undefined; around = around.outerRun)
        around.meter?.stepsStarted(1);
    return this.steps++;
  }

  /** A model call of the run itself has ended. */
  override inferenceEnded(
    usage: Usage | undefined,
    cost: Cost | undefined,
    failed?: boolean,
  ): void {
    if (this.isRun) this.meter?.ownCall(cost);
    super.inferenceEnded(usage, cost, failed);
  }

  /** It, or an agent inside, used something. */
  override used(usage: Usage | undefined, cost: Cost | undefined, failed?: boolean): void {
    this.meter?.add(usage, cost);
    if (failed !== true || usage !== undefined) this.meter?.miss(usage, cost);
    super.used(usage, cost, failed);
  }

  /**
   * The active context where it lies inside this scope, otherwise `own`: parallel runs keep their own spans
   * even where the active context got lost or belongs to another run.
   */
  parentFor(own: Context): Context {
    const active = context.active();
    let scope = agentScopeOf(active);
    // Nearly always.
    if (scope === this) return active;
    while (scope instanceof InvocationScope) {
      if (scope === this) return active;
      scope = scope.outer;
    }
    return own;
  }
}

/** The scope used this in another thread or process, and so did all around it. */
function usedElsewhere(within: AgentScope, more: UsageReport): void {
  const { inputTokens, outputTokens, microUsd, totalSteps } = more;
  const usage = inputTokens + outputTokens > 0 ? { inputTokens, outputTokens } : undefined;
  const cost = microUsd > 0 ? { exactMicroUsd: microUsd } : undefined;
  let scope: AgentScope | undefined = within;
  while (scope instanceof InvocationScope) {
    scope.noteUsage(usage);
    if (scope instanceof RunScope) {
      scope.meter?.stepsStarted(totalSteps);
      scope.meter?.add(usage, cost);
    }
    scope = scope.outer;
  }
}

/** Makes the scope of an operation of the conventions. */
export function makeRunScope(
  ...facts: [Invocation, string | undefined, ConstructorParameters<typeof InvocationScope>[2]]
): RunScope {
  return new RunScope(...facts);
}
