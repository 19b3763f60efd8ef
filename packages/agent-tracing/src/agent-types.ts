import type { Attributes, Context, Link, Span } from '@opentelemetry/api';
import type { ChatMessage, GenAiProviderName } from '@llm-otel/llm-conventions';

export interface AgentOptions {
  /** `gen_ai.agent.name`: few distinct values, never an id. */
  readonly name: string;
  readonly description?: string | undefined;
}

export interface RunOptions {
  readonly agent: AgentOptions;
  /** @defaultValue that of the hand-over, else that of the workflow or run around this one; never made up */
  readonly conversationId?: string | undefined;
  /** Only where the agent always uses this one model. */
  readonly model?: string | undefined;
  /** Links this run to the one that handed over to it. */
  readonly handOver?: HandOver | undefined;
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
}

export interface WorkflowOptions {
  /** `gen_ai.workflow.name` */
  readonly name: string;
  readonly conversationId?: string | undefined;
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
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

export interface ToolOptions {
  readonly name: string;
  /** Id the model gave the call. */
  readonly callId?: string | undefined;
  /** @defaultValue 'function' */
  readonly type?: 'function' | 'extension' | 'datastore' | (string & {}) | undefined;
  readonly description?: string | undefined;
  /** Recorded only where content is on. */
  readonly arguments?: unknown;
}

export interface RetrievalOptions {
  /** `gen_ai.data_source.id` */
  readonly dataSourceId?: string | undefined;
  /** Recorded only where content is on. */
  readonly query?: string | undefined;
  /** Most documents asked for. */
  readonly topK?: number | undefined;
  readonly provider?: GenAiProviderName | undefined;
  readonly model?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

export interface Retrieval extends OpenSpan {
  /** Documents found; only id and score of each are recorded, and only where content is on. */
  recordDocuments(documents: readonly RetrievedDocument[]): void;
}

export interface RetrievedDocument {
  readonly id?: string | undefined;
  readonly score?: number | undefined;
}

export interface MemoryRecord {
  readonly content: unknown;
  readonly id?: string | undefined;
  readonly score?: number | undefined;
  readonly metadata?: unknown;
}

export interface MemoryOptions {
  readonly storeId?: string | undefined;
  /** The one record that is addressed. */
  readonly recordId?: string | undefined;
  /** What is searched for. Recorded only where content is on. */
  readonly query?: string | undefined;
  /** Records that are written. Their number is recorded; their content only where content is on. */
  readonly records?: readonly MemoryRecord[] | undefined;
  /** Named external provider that serves the memory. */
  readonly provider?: GenAiProviderName | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
  /** The memory is part of this process: the span is INTERNAL and not CLIENT. @defaultValue false */
  readonly inProcess?: boolean | undefined;
}

export interface MemoryOperation extends OpenSpan {
  /** Records a search found. A search that answers with an array has its number recorded without this. */
  recordRecords(records: readonly MemoryRecord[]): void;
}

type MemoryCall = <T>(options: MemoryOptions, work: (operation: MemoryOperation) => T) => T;

/** The memory operations of the conventions. */
export interface Memory {
  readonly search: MemoryCall;
  readonly create: MemoryCall;
  readonly update: MemoryCall;
  readonly upsert: MemoryCall;
  readonly delete: MemoryCall;
  readonly createStore: MemoryCall;
  readonly deleteStore: MemoryCall;
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
export interface AgentRun extends OpenSpan {
  readonly agentName: string;
  readonly conversationId: string | undefined;
  step<T>(name: string, work: (step: Step) => T): T;
  tool<T>(options: ToolOptions, work: (tool: OpenSpan) => T): T;
  retrieval<T>(options: RetrievalOptions, work: (retrieval: Retrieval) => T): T;
  readonly memory: Memory;
  plan<T>(work: (plan: OpenSpan) => T): T;
  /** An event on the span that is open: a step, a tool, or the run itself. */
  decision(decision: Decision): void;
  handOver(options: HandOverOptions): HandOver;
  /** Messages the agent was given. Recorded only where content is on. */
  recordInput(messages: readonly ChatMessage[]): void;
  /** Messages the agent answered with. Recorded only where content is on. */
  recordOutput(messages: readonly ChatMessage[]): void;
  setAttributes(attributes: Attributes): void;
}

/** Records what agents do. */
export interface AgentTracing {
  /** For an application-defined composition of several agents or operations; not around a single run. */
  workflow<T>(options: WorkflowOptions, work: (workflow: OpenSpan) => T): T;
  run<T>(options: RunOptions, work: (run: AgentRun) => T): T;
}
