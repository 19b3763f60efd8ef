import { type Clock, FailureLog, systemClock } from '@llm-otel/core';
import {
  type ContentMode,
  contentTargets,
  type GenAi,
  inertOperation,
  type OperationEnvironment,
  type SignalOptions,
  signalSource,
  SpanWorkflow,
  type WorkflowCall,
} from '@llm-otel/llm-conventions';
import type { AgentRun, AgentTracing } from './agent-types.ts';
import { InertRun } from './inert-run.ts';
import { RunScope } from './run-scope.ts';
import { runTraced } from './run-traced.ts';
import { TracedRun } from './traced-run.ts';

export interface AgentTracingOptions extends SignalOptions {
  /**
   * `span` records tool arguments and results, queries, memory records and reasons.
   * @defaultValue that of `genAi`, else 'none'
   */
  readonly content?: ContentMode | undefined;
  /** The recorder of the model calls, to take its content mode from. */
  readonly genAi?: Pick<GenAi, 'content'> | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/**
 * Makes the recorder. Tracer and meter default to the global ones and are looked up at each run, so it may be
 * made before a provider is registered.
 * @throws {@link InvalidOptionError} for an unknown content mode
 */
export function createAgentTracing(options: AgentTracingOptions = {}): AgentTracing {
  const { content = options.genAi?.content ?? 'none', clock = systemClock } = options;
  const signals = signalSource('@llm-otel/agent-tracing', options);
  const failures = new FailureLog();
  const recordContent = contentTargets(content).onSpan;

  const settings = (): OperationEnvironment | undefined => {
    const current = failures.guard('looking up the tracer', signals);
    return current === undefined || current.disabled
      ? undefined
      : { signals: current, clock, recordContent };
  };

  return {
    workflow(workflow, work) {
      const active = settings();
      return active === undefined
        ? work(inertOperation(workflow))
        : runTraced<WorkflowCall, ReturnType<typeof work>>(
            () => new SpanWorkflow(workflow, active, (...facts) => new RunScope(...facts)),
            () => inertOperation(workflow),
            work,
          );
    },
    run(run, work) {
      const active = settings();
      return active === undefined
        ? work(new InertRun(run))
        : runTraced<AgentRun, ReturnType<typeof work>>(
            () => new TracedRun(run, active),
            () => new InertRun(run),
            work,
          );
    },
  };
}
