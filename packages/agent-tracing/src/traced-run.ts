import { type Attributes, type Context, context, SpanKind, trace } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  agentScopeOf,
  ATTR_GEN_AI_AGENT_DESCRIPTION,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_LLM_OTEL_HAND_OVER_FROM,
  ATTR_LLM_OTEL_LINK_KIND,
  type ChatMessage,
  EVENT_LLM_OTEL_DECISION,
  EVENT_LLM_OTEL_HAND_OVER,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_PLAN,
  LLM_OTEL_LINK_KIND_VALUE_HAND_OVER,
  METRIC_GEN_AI_INVOKE_AGENT_DURATION,
  METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS,
  METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS,
  Operation,
} from '@llm-otel/llm-conventions';
import type { AgentSettings } from './agent-settings.ts';
import type {
  AgentRun,
  Decision,
  HandOver,
  HandOverOptions,
  Memory,
  MemoryOperation,
  OpenSpan,
  Retrieval,
  RetrievalOptions,
  RunOptions,
  Step,
  ToolOptions,
} from './agent-types.ts';
import { decisionAttributes, handOverAttributes } from './decision-attributes.ts';
import { inertSpan } from './inert-run.ts';
import { memoryOperations } from './memory-operations.ts';
import { RunScope } from './run-scope.ts';
import { runTraced } from './run-traced.ts';
import { TracedMemory } from './traced-memory.ts';
import { TracedRetrieval } from './traced-retrieval.ts';
import { TracedStep } from './traced-step.ts';
import { TracedTool } from './traced-tool.ts';

const failures = new FailureLog();

/** A run of an agent in this process: an `invoke_agent` span and everything below it. */
export class TracedRun extends Operation implements AgentRun {
  readonly agentName: string;
  readonly conversationId: string | undefined;
  readonly memory: Memory;
  readonly #scope: RunScope;
  readonly #settings: AgentSettings;

  constructor(options: RunOptions, settings: AgentSettings) {
    const { agent, model, handOver } = options;
    const operation = GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT;
    const parent = options.parent ?? context.active();
    const scope = new RunScope(
      agent.name,
      options.conversationId ?? handOver?.conversationId,
      agentScopeOf(parent),
    );
    const duration: Attributes = { [ATTR_GEN_AI_AGENT_NAME]: agent.name };
    if (model !== undefined) duration[ATTR_GEN_AI_REQUEST_MODEL] = model;
    super(
      {
        name: `${operation} ${agent.name}`,
        kind: SpanKind.INTERNAL,
        parent,
        scope,
        attributes: { [ATTR_GEN_AI_OPERATION_NAME]: operation, ...duration },
        links: handOver === undefined ? undefined : [handOver.link],
        duration: { metric: METRIC_GEN_AI_INVOKE_AGENT_DURATION, attributes: duration },
        recordContent: settings.recordContent,
      },
      settings.signals,
      settings.clock,
    );
    this.agentName = agent.name;
    this.conversationId = scope.conversationId;
    this.#scope = scope;
    this.#settings = settings;
    this.set(ATTR_GEN_AI_CONVERSATION_ID, scope.conversationId);
    this.set(ATTR_GEN_AI_AGENT_DESCRIPTION, agent.description);
    this.memory = memoryOperations((name, memoryOptions, work) =>
      runTraced<MemoryOperation, ReturnType<typeof work>>(
        () => new TracedMemory(name, memoryOptions, this.#parent(), settings),
        inertSpan,
        work,
      ),
    );
  }

  step<T>(name: string, work: (step: Step) => T): T {
    return runTraced<Step, T>(
      () => new TracedStep(name, this.#parent(), this.#scope, this.#settings),
      inertSpan,
      work,
    );
  }

  tool<T>(options: ToolOptions, work: (tool: OpenSpan) => T): T {
    return runTraced<OpenSpan, T>(
      () => new TracedTool(options, this.#parent(), this.#scope, this.#settings),
      inertSpan,
      work,
    );
  }

  retrieval<T>(options: RetrievalOptions, work: (retrieval: Retrieval) => T): T {
    return runTraced<Retrieval, T>(
      () => new TracedRetrieval(options, this.#parent(), this.#settings),
      inertSpan,
      work,
    );
  }

  plan<T>(work: (plan: OpenSpan) => T): T {
    const operation = GEN_AI_OPERATION_NAME_VALUE_PLAN;
    const attributes = {
      [ATTR_GEN_AI_OPERATION_NAME]: operation,
      [ATTR_GEN_AI_AGENT_NAME]: this.agentName,
    };
    const { signals, clock } = this.#settings;
    return runTraced<OpenSpan, T>(
      () =>
        new Operation(
          {
            name: `${operation} ${this.agentName}`,
            kind: SpanKind.INTERNAL,
            parent: this.#parent(),
            attributes,
          },
          signals,
          clock,
        ),
      inertSpan,
      work,
    );
  }

  decision(decision: Decision): void {
    this.#addEvent(EVENT_LLM_OTEL_DECISION, () =>
      decisionAttributes(decision, this.#settings.recordContent),
    );
  }

  handOver(options: HandOverOptions): HandOver {
    this.#addEvent(EVENT_LLM_OTEL_HAND_OVER, () =>
      handOverAttributes(this.agentName, options, this.#settings.recordContent),
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

  recordInput(messages: readonly ChatMessage[]): void {
    this.setContent(ATTR_GEN_AI_INPUT_MESSAGES, messages);
  }

  recordOutput(messages: readonly ChatMessage[]): void {
    this.setContent(ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
  }

  setAttributes(attributes: Attributes): void {
    if (this.ended) return;
    failures.guard('setting attributes of a run', () => this.span.setAttributes(attributes));
  }

  override end(): void {
    this.#recordCalls();
    super.end();
  }

  override fail(error: unknown): void {
    this.#recordCalls();
    super.fail(error);
  }

  /** Own calls only: an agent that another one runs counts for itself. */
  #recordCalls(): void {
    const { instruments } = this.#settings.signals;
    if (this.ended || instruments === undefined) return;
    const attributes = { [ATTR_GEN_AI_AGENT_NAME]: this.agentName };
    const { inferenceCalls, toolCalls } = this.#scope;
    failures.guard('counting the calls of a run', () => {
      const { context: inside } = this;
      instruments.record(
        METRIC_GEN_AI_INVOKE_AGENT_INFERENCE_CALLS,
        inferenceCalls,
        attributes,
        inside,
      );
      instruments.record(METRIC_GEN_AI_INVOKE_AGENT_TOOL_CALLS, toolCalls, attributes, inside);
    });
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
