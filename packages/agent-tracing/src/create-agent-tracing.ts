import { context } from '@opentelemetry/api';
import { type Clock, FailureLog, InvalidOptionError, systemClock } from '@llm-otel/core';
import {
  type ContentMode,
  contentTargets,
  type GenAi,
  inertOperation,
  type SignalOptions,
  signalSource,
  SpanWorkflow,
  type WorkflowCall,
  usableRequest,
  type WorkflowRequest,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import type { RunCarrier } from './checkpoint.ts';
import { InertRun } from './inert-run.ts';
import { JoinedRun } from './joined-run.ts';
import { endWhenDropped } from './left-open.ts';
import type { RunEnvironment } from './run-environment.ts';
import { makeRunScope } from './run-scope.ts';
import { runTraced } from './run-traced.ts';
import type {
  AgentRun,
  AgentTracing,
  AnyFunction,
  RunOptions,
  TracedOptions,
} from './run-types.ts';
import { tracedDecorator } from './traced-decorator.ts';
import { activeRun, tracedFunction } from './traced-function.ts';
import { TracedRun } from './traced-run.ts';

export interface AgentTracingOptions extends SignalOptions {
  /**
   * Records tool arguments and results, queries, memory records and reasons.
   * @defaultValue that of `genAi`, else 'none'
   */
  readonly content?: ContentMode | undefined;
  /** The recorder of the model calls, to take its content mode from. */
  readonly genAi?: Pick<GenAi, 'content'> | undefined;
  /**
   * How often the same tool calls (or steps with the same `signature`) must follow each other to be told as a loop; 0 looks
   * for none. @defaultValue 3
   */
  readonly loopRepeats?: number | undefined;
  /**
   * Carries the conversation id in W3C baggage to services that are called from inside a run, and takes it from there where
   * none is given. It then goes wherever the application sends baggage. @defaultValue false
   */
  readonly conversationBaggage?: boolean | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/**
 * Makes the recorder. Tracer and meter default to the global ones and are looked up at each run, so it may be
 * made before a provider is registered.
 * @throws {@link InvalidOptionError} for an unknown content mode, or a number of repeats that is none
 */
export function createAgentTracing(options: AgentTracingOptions = {}): AgentTracing {
  const { content = options.genAi?.content ?? 'none', clock = systemClock } = options;
  const { loopRepeats = 3, conversationBaggage = false } = options;
  if (!Number.isInteger(loopRepeats) || loopRepeats < 0 || loopRepeats === 1 || loopRepeats > 100)
    throw new InvalidOptionError({
      option: 'loopRepeats',
      value: loopRepeats,
      use: 'a whole number from 2 to 100, or 0',
    });
  const recordContent = contentTargets(content).onSpan;
  const signals = signalSource('@llm-otel/agent-tracing', options);
  const failures = new FailureLog();

  const environment = (): RunEnvironment | undefined => {
    const current = failures.guard('looking up the tracer', signals);
    if (current === undefined || current.disabled) return undefined;
    const operations = { signals: current, clock, recordContent };
    return { operations, loopRepeats, conversationBaggage, delegate };
  };

  const runAgent = <T>(
    given: string | RunOptions,
    work: (run: AgentRun) => T,
    delegatedBy?: string,
  ): T => {
    const active = environment();
    const run = named(given);
    return active === undefined
      ? work(new InertRun(run))
      : runTraced<AgentRun, T>(
          () => new TracedRun(run, active, delegatedBy),
          () => new InertRun(run),
          work,
        );
  };

  const delegate: RunEnvironment['delegate'] = (agent, delegatedBy, parent, work) => {
    const { parent: own, ...run } = { ...usableRequest(named(agent)) };
    return runAgent({ ...run, parent: own ?? parent }, work, delegatedBy);
  };

  const startWorkflow: AgentTracing['startWorkflow'] = (given) => {
    const workflow = namedWorkflow(given);
    return (
      failures.guard('starting a workflow', () => {
        const active = environment();
        return active && new SpanWorkflow(usableRequest(workflow), active.operations, makeRunScope);
      }) ?? inertOperation(workflow)
    );
  };

  const agents: AgentTracing = {
    run<T>(
      agent: string | RunOptions,
      optionsOrWork: Omit<RunOptions, 'agent'> | ((run: AgentRun) => T),
      work?: (run: AgentRun) => T,
    ): T {
      return typeof optionsOrWork === 'function'
        ? runAgent(agent, optionsOrWork)
        : runAgent(
            { ...usableRequest(optionsOrWork), ...named(agent) },
            work as (run: AgentRun) => T,
          );
    },
    startRun(agent) {
      const run = named(agent);
      return (
        failures.guard('starting a run', () => {
          const active = environment();
          return active && endWhenDropped('a run', new TracedRun(run, active));
        }) ?? new InertRun(run)
      );
    },
    startWorkflow: (given) => endWhenDropped('a workflow', startWorkflow(given)),
    workflow: (given, work) =>
      runTraced<WorkflowCall, ReturnType<typeof work>>(
        () => startWorkflow(given),
        () => inertOperation(),
        work,
      ),
    join(carrier, part, work) {
      const active = environment();
      const joined =
        active && failures.guard('joining a run', () => new JoinedRun(carrier, part, active));
      return joined === undefined
        ? work(new InertRun(runOf(carrier)))
        : context.with(joined.context, () => work(joined));
    },
    activeRun,
    traced: ((given: TracedOptions | AnyFunction, fn?: AnyFunction): unknown => {
      const wrap = (method: AnyFunction, tracedOptions: TracedOptions): AnyFunction =>
        tracedFunction(method, tracedOptions, agents, environment);
      if (typeof given === 'function') return wrap(given, {});
      return fn === undefined ? tracedDecorator((method) => wrap(method, given)) : wrap(fn, given);
    }) as AgentTracing['traced'],
  };
  return agents;
}

function named(agent: string | RunOptions): RunOptions {
  return typeof agent === 'string' ? { agent: { name: agent } } : agent;
}

/** Also of a carrier that got lost on its way. */
function runOf(carrier: RunCarrier): unknown {
  const conversationId = readMember(carrier, 'conversationId');
  return { agent: { name: readMember(carrier, 'agentName') }, conversationId };
}

function namedWorkflow(workflow: string | WorkflowRequest): WorkflowRequest {
  return typeof workflow === 'string' ? { name: workflow } : workflow;
}
