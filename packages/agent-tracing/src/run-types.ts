import type { Attributes, Context, Span } from '@opentelemetry/api';
import type {
  AgentRunCall,
  AgentRunRequest,
  Ending,
  AttributeTypes,
  MemoryCall,
  MemoryOptions,
  MemoryRequest,
  PlanCall,
  RetrievalCall,
  RetrievalRequest,
  ToolCall,
  ToolRequest,
  WorkflowCall,
  WorkflowRequest,
} from '@llm-otel/llm-conventions';
import type { Approval, ApprovalOptions } from './approval-types.ts';
import type { Budget, RunUsage } from './budget.ts';
import type { Checkpoint, RunCarrier } from './checkpoint.ts';
import type { Decision, DecisionOptions, DecisionRecord, OpenDecision } from './decision-types.ts';
import type { HandOff, HandOffOptions } from './hand-off.ts';
import type { Loop } from './loop-detector.ts';
import type { Relations } from './relation-types.ts';
import type { UsageReport } from './usage-report.ts';

/** A span that is open while a function runs. It is ended for the function, not by it. */
export interface OpenSpan {
  readonly span: Span;
  /** The context with the span in it. Needed only where the active context is lost, as in old callback APIs. */
  readonly context: Context;
}

export interface AgentOptions {
  /** `gen_ai.agent.name`: few distinct values, never an id. */
  readonly name: string;
  readonly description?: string | undefined;
}

export interface RunOptions extends Omit<AgentRunRequest, 'agent'>, Relations {
  readonly agent: AgentOptions;
  /** Links this run to the one that handed over to it, and takes its conversation. */
  readonly handOff?: HandOff | undefined;
  /** Goes on where an earlier run was paused: linked to it, with its conversation, its steps and what it used. */
  readonly resume?: Checkpoint | undefined;
  readonly budget?: Budget | undefined;
  /** Called when the run repeats itself: see `loopRepeats` of `createAgentTracing`. What it throws or rejects with is logged and goes no further. */
  readonly onLoop?: ((loop: Loop) => unknown) | undefined;
}

export interface StepOptions extends Relations {
  /**
   * What the step does, for the detection of loops: the same text means the same work. Only steps that give one are looked
   * at; tools are looked at by name and arguments.
   */
  readonly signature?: string | undefined;
  readonly extra?: Attributes | undefined;
}

export interface Step extends OpenSpan {
  /** Position in the run, in the order the steps started, from 0. */
  readonly index: number;
}

export type ToolOptions = ToolRequest & Relations;

export type RetrievalOptions = RetrievalRequest & Relations;

type RunMemory = <T>(options: MemoryOptions & Relations, work: (operation: MemoryCall) => T) => T;

/** The memory operations of the conventions. */
export interface Memory {
  readonly search: RunMemory;
  readonly create: RunMemory;
  readonly update: RunMemory;
  readonly upsert: RunMemory;
  readonly delete: RunMemory;
  readonly createStore: RunMemory;
  readonly deleteStore: RunMemory;
}

/** Code that cannot use callbacks starts a span and ends it with `end` or `fail`. */
export type Started<S> = S & Ending;

/** What may happen inside a run. Each method runs its function inside a span and passes result and error through. */
export interface RunActions extends OpenSpan {
  readonly agentName: string;
  readonly conversationId: string | undefined;
  step<T>(name: string, work: (step: Step) => T): T;
  step<T>(name: string, options: StepOptions, work: (step: Step) => T): T;
  startStep(name: string, options?: StepOptions): Started<Step>;
  tool<T>(tool: string | ToolOptions, work: (tool: ToolCall) => T): T;
  startTool(tool: string | ToolOptions): ToolCall;
  retrieve<T>(options: RetrievalOptions, work: (retrieval: RetrievalCall) => T): T;
  startRetrieve(options: RetrievalOptions): RetrievalCall;
  readonly memory: Memory;
  startMemory(request: MemoryRequest & Relations): MemoryCall;
  plan<T>(work: (plan: PlanCall) => T): T;
  startPlan(): PlanCall;
  /** Records a decision that has been taken, or runs the work of one that is being taken. */
  decide(decision: Decision): DecisionRecord;
  decide<T>(decision: DecisionOptions, work: (decision: OpenDecision) => T): T;
  startDecision(decision: DecisionOptions): Started<OpenDecision>;
  /** Runs the work that waits for a person. */
  approval<T>(options: string | ApprovalOptions, work: (approval: Approval) => T): T;
  /** For an answer that comes some other way, by a webhook for example. */
  startApproval(options: string | ApprovalOptions): Started<Approval>;
  /** A run of another agent that this one gives work to and waits for. */
  delegate<T>(agent: string | RunOptions, work: (run: AgentRun) => T): T;
  /** What the run, or this part of it, used so far: tokens, cost and `totalSteps` with those of agents inside, steps and calls of its own. */
  readonly usage: RunUsage;
  /** The same as plain JSON, for the `include` of a run in another thread or process. */
  usageReport(): UsageReport;
  /**
   * Counts what a part of this run, or another agent's run, used in another thread or process. Reports may come as often and in
   * whatever order they like: each amount counts once. After the end of the run they are too late, and logged.
   */
  include(report: UsageReport): void;
  /** For `agents.join` in another thread or process: what happens there hangs below the span that is open here. */
  carrier(): RunCarrier;
}

/** A run of an agent. */
export interface AgentRun
  extends RunActions, Pick<AgentRunCall, 'recordInput' | 'recordOutput' | 'setAttributes'> {
  /**
   * Hands the work to another agent: an event on the span that is open. Where no step, tool or model call follows, it is the
   * stop reason `handed_over`.
   */
  handOff(options: HandOffOptions): HandOff;
  /** Saves where the run stands, for `resume`. With `pause`, the stop reason is `paused`. */
  checkpoint(options?: { readonly pause?: boolean | undefined }): Checkpoint;
  /** Says why the run ends; a reason of your own is marked with `customValue` of `@llm-otel/llm-conventions`. @defaultValue `completed`, or `error` or `aborted` where it failed */
  stop(reason: AttributeTypes['llm_otel.run.stop_reason']): void;
}

/** Records what agents do. */
export interface AgentTracing {
  run<T>(agent: string | RunOptions, work: (run: AgentRun) => T): T;
  run<T>(agent: string, options: Omit<RunOptions, 'agent'>, work: (run: AgentRun) => T): T;
  /** For code that cannot use callbacks. */
  startRun(agent: string | RunOptions): Started<AgentRun>;
  /** For an application-defined composition of several agents or operations; not around a single run. */
  workflow<T>(workflow: string | WorkflowRequest, work: (workflow: WorkflowCall) => T): T;
  startWorkflow(workflow: string | WorkflowRequest): WorkflowCall;
  /** A part of a run that goes on in another thread or process. Its steps are numbered on their own, and what it uses counts once its `usageReport` is included. */
  join<T>(carrier: RunCarrier, part: string, work: (run: RunActions) => T): T;
  /** The run that is active where this is called, undefined outside of one. */
  activeRun(): RunActions | undefined;
  /** The function, with each call inside a span. */
  traced<F extends AnyFunction>(fn: F): F;
  traced<F extends AnyFunction>(options: TracedOptions, fn: F): F;
  /** A decorator for methods. */
  traced(options: TracedOptions): TracedDecorator;
}

// Any function: unknown parameters would refuse those that take narrower ones.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyFunction = (this: any, ...parameters: any[]) => any;

export interface TracedDecorator {
  /** As in the standard, and in TypeScript 5. */
  <F extends AnyFunction>(method: F, context?: object): F;
  /** As with `experimentalDecorators` of TypeScript, which frameworks with dependency injection ask for. */
  <F extends AnyFunction>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F>;
}

export interface TracedOptions {
  /** @defaultValue 'step'; outside of a run a step has no number */
  readonly as?: 'step' | 'tool' | 'run' | 'workflow' | undefined;
  /** @defaultValue the function's name */
  readonly name?: string | undefined;
}
