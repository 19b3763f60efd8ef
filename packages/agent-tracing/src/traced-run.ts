import { type Attributes, type Context, trace } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_HAND_OVER_FROM,
  ATTR_LLM_OTEL_LINK_KIND,
  EVENT_LLM_OTEL_DECISION,
  EVENT_LLM_OTEL_HAND_OVER,
  inertOperation,
  LLM_OTEL_LINK_KIND_VALUE_HAND_OVER,
  type MemoryCall,
  type OperationEnvironment,
  type PlanCall,
  type RetrievalCall,
  type RetrievalRequest,
  SpanAgentRun,
  SpanMemoryCall,
  SpanPlan,
  SpanRetrievalCall,
  SpanToolCall,
  type ToolCall,
  type ToolRequest,
} from '@llm-otel/llm-conventions';
import type {
  AgentRun,
  Decision,
  HandOver,
  HandOverOptions,
  Memory,
  RunOptions,
  Step,
} from './agent-types.ts';
import { decisionAttributes, handOverAttributes } from './decision-attributes.ts';
import { inertStep } from './inert-run.ts';
import { memoryOperations } from './memory-operations.ts';
import { RunScope } from './run-scope.ts';
import { runTraced } from './run-traced.ts';
import { TracedStep } from './traced-step.ts';

const failures = new FailureLog();

/** A run of an agent in this process: an `invoke_agent` span and everything below it. */
export class TracedRun extends SpanAgentRun implements AgentRun {
  override readonly agentName: string;
  readonly memory: Memory;
  readonly #scope: RunScope;
  readonly #environment: OperationEnvironment;

  constructor(options: RunOptions, environment: OperationEnvironment) {
    const { agent, handOver } = options;
    super(
      {
        ...options,
        conversationId: options.conversationId ?? handOver?.conversationId,
        links: [...(options.links ?? []), ...(handOver === undefined ? [] : [handOver.link])],
      },
      environment,
      (...facts) => new RunScope(...facts),
    );
    this.agentName = agent.name;
    this.#scope = this.scope as RunScope;
    this.#environment = environment;
    this.memory = memoryOperations((operation, memoryOptions, work) =>
      runTraced<MemoryCall, ReturnType<typeof work>>(
        () => new SpanMemoryCall({ ...this.#inside(memoryOptions), operation }, environment),
        inertOperation,
        work,
      ),
    );
  }

  step<T>(name: string, work: (step: Step) => T): T {
    return runTraced<Step, T>(
      () => new TracedStep(name, this.#parent(), this.#scope, this.#environment),
      inertStep,
      work,
    );
  }

  tool<T>(options: ToolRequest, work: (tool: ToolCall) => T): T {
    return runTraced<ToolCall, T>(
      () => new SpanToolCall(this.#inside(options), this.#environment),
      inertOperation,
      work,
    );
  }

  retrieval<T>(options: RetrievalRequest, work: (retrieval: RetrievalCall) => T): T {
    return runTraced<RetrievalCall, T>(
      () => new SpanRetrievalCall(this.#inside(options), this.#environment),
      inertOperation,
      work,
    );
  }

  plan<T>(work: (plan: PlanCall) => T): T {
    return runTraced<PlanCall, T>(
      () => new SpanPlan({ parent: this.#parent() }, this.#environment),
      inertOperation,
      work,
    );
  }

  decision(decision: Decision): void {
    this.#addEvent(EVENT_LLM_OTEL_DECISION, () =>
      decisionAttributes(decision, this.#environment.recordContent),
    );
  }

  handOver(options: HandOverOptions): HandOver {
    this.#addEvent(EVENT_LLM_OTEL_HAND_OVER, () =>
      handOverAttributes(this.agentName, options, this.#environment.recordContent),
    );
    return {
      to: failures.guard('reading a hand-over', () => options.to) ?? '',
      from: this.agentName,
      conversationId: this.conversationId,
      link: {
        context: this.span.spanContext(),
        attributes: {
          [ATTR_LLM_OTEL_LINK_KIND]: LLM_OTEL_LINK_KIND_VALUE_HAND_OVER,
          [ATTR_LLM_OTEL_HAND_OVER_FROM]: this.agentName,
        },
      },
    };
  }

  #inside<R extends { readonly parent?: Context | undefined }>(options: R): R {
    return { ...options, parent: options.parent ?? this.#parent() };
  }

  /** On the span that is open in this run. */
  #addEvent(name: string, attributes: () => Attributes): void {
    failures.guard('adding an event to a run', () =>
      trace.getSpan(this.#parent())?.addEvent(name, attributes()),
    );
  }

  #parent(): Context {
    return this.#scope.parentFor(this.context);
  }
}
