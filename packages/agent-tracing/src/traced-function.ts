import { context } from '@opentelemetry/api';
import {
  agentScopeOf,
  inertOperation,
  InvocationScope,
  SpanToolCall,
  type ToolCall,
} from '@llm-otel/llm-conventions';
import { inertActions } from './inert-actions.ts';
import type { RunEnvironment } from './run-environment.ts';
import { RunScope } from './run-scope.ts';
import { runTraced } from './run-traced.ts';
import type {
  AgentTracing,
  AnyFunction,
  RunActions,
  Step,
  ToolOptions,
  TracedOptions,
} from './run-types.ts';
import { TracedStep } from './traced-step.ts';

/** The run that is active here. */
export function activeRun(): RunActions | undefined {
  let scope = agentScopeOf(context.active());
  while (scope instanceof InvocationScope) {
    if (scope instanceof RunScope && scope.actions !== undefined) return scope.actions;
    scope = scope.outer;
  }
  return undefined;
}

/**
 * The function with each call inside a span. `this`, parameters, result and error pass through, and its name and number of
 * parameters stay. What is active when it is called decides which run it belongs to.
 */
export function tracedFunction<F extends AnyFunction>(
  fn: F,
  { as = 'step', name = fn.name || 'anonymous' }: TracedOptions,
  agents: Pick<AgentTracing, 'run' | 'workflow'>,
  environment: () => RunEnvironment | undefined,
): F {
  const call = (self: unknown, parameters: unknown[]): unknown => {
    const work = (): unknown => fn.apply(self, parameters) as unknown;
    if (as === 'run') return agents.run(name, work);
    if (as === 'workflow') return agents.workflow(name, work);
    const run = activeRun();
    const tool = (): ToolOptions => ({ name, arguments: argumentsOf(parameters) });
    if (run !== undefined) return as === 'tool' ? run.tool(tool(), work) : run.step(name, work);
    const current = environment();
    if (current === undefined) return work();
    const { operations } = current;
    // A tool may be called by an agent elsewhere, through a server for example.
    if (as === 'tool')
      return runTraced<ToolCall, unknown>(
        () => new SpanToolCall(tool(), operations),
        inertOperation,
        work,
      );
    // Outside of a run: a span with the name of a step and no number.
    return runTraced<Step, unknown>(
      () => new TracedStep(name, context.active(), undefined, operations),
      inertActions,
      work,
    );
  };
  const traced = function (this: unknown, ...parameters: unknown[]): unknown {
    return call(this, parameters);
  };
  Object.defineProperties(traced, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  return traced as F;
}

/** One object is what tools are called with; anything else is a list. */
function argumentsOf(parameters: readonly unknown[]): unknown {
  return parameters.length === 1 ? parameters[0] : parameters;
}
