import type { Context, Link, Span } from '@opentelemetry/api';
import type {
  AgentRunCall,
  AgentRunRequest,
  MemoryCall,
  MemoryOptions,
  PlanCall,
  RetrievalCall,
  RetrievalRequest,
  ToolCall,
  ToolRequest,
  WorkflowCall,
  WorkflowRequest,
} from '@llm-otel/llm-conventions';

export interface RunOptions extends Omit<AgentRunRequest, 'agent'> {
  readonly agent: AgentOptions;
  /** Links this run to the one that handed over to it. */
  readonly handOver?: HandOver | undefined;
}

export interface AgentOptions {
  /** `gen_ai.agent.name`: few distinct values, never an id. */
  readonly name: string;
  readonly description?: string | undefined;
}

/** A span that is open while a function runs. It is ended for the function, not by it. */
export interface OpenSpan {
  readonly span: Span;
  /** The context with the span in it. Needed only where the active context is lost, as in old callback APIs. */
  readonly context: Context;
}

export interface Step extends OpenSpan {
  /** Position in the run, in the order the steps started, from 0. */
  readonly index: number;
}

type RunMemory = <T>(options: MemoryOptions, work: (operation: MemoryCall) => T) => T;

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

export interface Decision {
  /** What was decided, for example `route`. */
  readonly name: string;
  readonly chosen: string;
  /** Options that were considered and not chosen. */
  readonly alternatives?: readonly string[] | undefined;
  readonly decidedBy?: 'model' | 'rule' | 'human' | (string & {}) | undefined;
  /** From 0 to 1. */
  readonly confidence?: number | undefined;
  /** Recorded only where content is on. */
  readonly reason?: string | undefined;
}

export interface HandOverOptions {
  /** Name of the agent that takes over. */
  readonly to: string;
  /** Recorded only where content is on. */
  readonly reason?: string | undefined;
}

/** What the agent that takes over needs: give it to its `run`. */
export interface HandOver {
  readonly to: string;
  readonly from: string | undefined;
  readonly conversationId: string | undefined;
  readonly link: Link;
}

/** A run of an agent. Each method runs its function inside a span and passes result and error through. */
export interface AgentRun extends Omit<AgentRunCall, 'end' | 'fail'> {
  readonly agentName: string;
  step<T>(name: string, work: (step: Step) => T): T;
  tool<T>(options: ToolRequest, work: (tool: ToolCall) => T): T;
  retrieval<T>(options: RetrievalRequest, work: (retrieval: RetrievalCall) => T): T;
  readonly memory: Memory;
  plan<T>(work: (plan: PlanCall) => T): T;
  /** An event on the span that is open: a step, a tool, or the run itself. */
  decision(decision: Decision): void;
  handOver(options: HandOverOptions): HandOver;
}

/** Records what agents do. */
export interface AgentTracing {
  /** For an application-defined composition of several agents or operations; not around a single run. */
  workflow<T>(options: WorkflowRequest, work: (workflow: WorkflowCall) => T): T;
  run<T>(options: RunOptions, work: (run: AgentRun) => T): T;
}
