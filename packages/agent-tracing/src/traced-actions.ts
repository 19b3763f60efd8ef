import { type Context, type Span, trace } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  inertOperation,
  type MemoryCall,
  type MemoryRequest,
  type OperationEnvironment,
  type PlanCall,
  type RetrievalCall,
  SpanMemoryCall,
  SpanPlan,
  spanReference,
  SpanRetrievalCall,
  SpanToolCall,
  type ToolCall,
  usableRequest,
} from '@llm-otel/llm-conventions';
import type { Approval, ApprovalOptions } from './approval-types.ts';
import type { RunUsage } from './budget.ts';
import type { RunCarrier } from './checkpoint.ts';
import type { Decision, DecisionOptions, DecisionRecord, OpenDecision } from './decision-types.ts';
import { IncludedReports } from './included-reports.ts';
import { inertActions } from './inert-actions.ts';
import { endWhenDropped } from './left-open.ts';
import { loopSignature } from './loop-signature.ts';
import { OpenOperations } from './open-operations.ts';
import { memoryOperations } from './memory-operations.ts';
import type { Relations } from './relation-types.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { RunScope } from './run-scope.ts';
import { startRelated } from './start-related.ts';
import { runTraced } from './run-traced.ts';
import type {
  AgentRun,
  Memory,
  RetrievalOptions,
  RunActions,
  RunOptions,
  Started,
  Step,
  StepOptions,
  ToolOptions,
} from './run-types.ts';
import { TracedApproval } from './traced-approval.ts';
import { TracedDecision } from './traced-decision.ts';
import { TracedStep } from './traced-step.ts';
import { UntouchedResults } from './untouched-results.ts';
import type { UsageReport } from './usage-report.ts';

const failures = new FailureLog();

/** What happens inside a run, or inside a part of one in another thread or process. */
export abstract class TracedActions implements RunActions {
  abstract readonly span: Span;
  abstract readonly context: Context;
  readonly memory: Memory;
  protected readonly scope: RunScope;
  protected readonly environment: RunEnvironment;
  protected readonly included: IncludedReports;
  /** Approvals are not among them: an answer may come long after. */
  protected readonly open: OpenOperations = new OpenOperations();
  protected readonly untouched: UntouchedResults = new UntouchedResults();
  #reportId: string | undefined;

  constructor(scope: RunScope, environment: RunEnvironment, included?: readonly UsageReport[]) {
    this.included = new IncludedReports(included);
    scope.included = this.included;
    this.scope = scope;
    this.environment = environment;
    scope.actions = this;
    this.memory = memoryOperations((operation, options, work) =>
      runTraced<MemoryCall, ReturnType<typeof work>>(
        () => this.#newMemory({ ...usableRequest(options), operation }),
        inertOperation,
        work,
        this.untouched,
      ),
    );
  }

  get agentName(): string {
    return this.scope.agentName ?? '';
  }

  get conversationId(): string | undefined {
    return this.scope.conversationId;
  }

  step<T>(
    name: string,
    optionsOrWork: StepOptions | ((step: Step) => T),
    work?: (step: Step) => T,
  ): T {
    // Written out, because an agent makes many of them.
    if (typeof optionsOrWork === 'function')
      return runTraced<Step, T>(
        () => this.#newStep(name, undefined),
        inertActions,
        optionsOrWork,
        this.untouched,
      );
    return runTraced<Step, T>(
      () => this.#newStep(name, optionsOrWork),
      inertActions,
      work as (step: Step) => T,
      this.untouched,
    );
  }

  startStep(name: string, options?: StepOptions): Started<Step> {
    const start = (): TracedStep => this.open.add(`step ${name}`, this.#newStep(name, options));
    return failures.guard('starting a step', start) ?? inertActions();
  }

  tool<T>(tool: string | ToolOptions, work: (call: ToolCall) => T): T {
    return runTraced<ToolCall, T>(() => this.#newTool(tool), inertOperation, work, this.untouched);
  }

  startTool(tool: string | ToolOptions): ToolCall {
    const start = (): ToolCall =>
      this.open.add(`tool ${typeof tool === 'string' ? tool : tool.name}`, this.#newTool(tool));
    return failures.guard('starting a tool', start) ?? inertOperation();
  }

  retrieve<T>(options: RetrievalOptions, work: (retrieval: RetrievalCall) => T): T {
    return runTraced<RetrievalCall, T>(
      () => this.#newRetrieval(options),
      inertOperation,
      work,
      this.untouched,
    );
  }

  startRetrieve(options: RetrievalOptions): RetrievalCall {
    const start = (): RetrievalCall => this.open.add('retrieval', this.#newRetrieval(options));
    return failures.guard('starting a retrieval', start) ?? inertOperation();
  }

  startMemory(request: MemoryRequest & Relations): MemoryCall {
    const start = (): MemoryCall => this.open.add(request.operation, this.#newMemory(request));
    return failures.guard('starting a memory operation', start) ?? inertOperation();
  }

  plan<T>(work: (plan: PlanCall) => T): T {
    return runTraced<PlanCall, T>(() => this.#newPlan(), inertOperation, work, this.untouched);
  }

  startPlan(): PlanCall {
    const start = (): PlanCall => this.open.add('plan', this.#newPlan());
    return failures.guard('starting a plan', start) ?? inertOperation();
  }

  decide(decision: Decision): DecisionRecord;
  decide<T>(decision: DecisionOptions, work: (decision: OpenDecision) => T): T;
  decide<T>(
    decision: Decision | DecisionOptions,
    work?: (decision: OpenDecision) => T,
  ): T | DecisionRecord {
    if (work !== undefined)
      return runTraced<OpenDecision, T>(
        () => this.#newDecision(decision),
        inertActions,
        work,
        this.untouched,
      );
    const readable = usableRequest(decision);
    const taken = this.startDecision(readable);
    failures.guard('recording a decision', () => {
      if ('chosen' in readable) taken.choose(readable.chosen, readable);
    });
    taken.end();
    return taken;
  }

  startDecision(decision: DecisionOptions): Started<OpenDecision> {
    const start = (): TracedDecision =>
      this.open.add(`decision ${decision.name}`, this.#newDecision(decision));
    return failures.guard('starting a decision', start) ?? inertActions();
  }

  approval<T>(options: string | ApprovalOptions, work: (approval: Approval) => T): T {
    return runTraced<Approval, T>(
      () => this.#newApproval(options),
      inertActions,
      work,
      this.untouched,
    );
  }

  startApproval(options: string | ApprovalOptions): Started<Approval> {
    const start = (): Started<Approval> =>
      endWhenDropped('an approval', this.#newApproval(options));
    return failures.guard('starting an approval', start) ?? inertActions();
  }

  delegate<T>(agent: string | RunOptions, work: (run: AgentRun) => T): T {
    return this.environment.delegate(agent, this.agentName, this.parent(), work);
  }

  get usage(): RunUsage {
    return this.scope.usage();
  }

  abstract usageReport(): UsageReport;

  include(report: UsageReport): void {
    failures.guard('including a report of usage', () =>
      this.scope.include(this.included.take(report)),
    );
  }

  carrier(): RunCarrier {
    const { agentName, conversationId } = this;
    const open = trace.getSpan(this.parent()) ?? this.span;
    return {
      agentName,
      conversationId,
      span: failures.guard('referring to a span', () => spanReference(open.spanContext())),
    };
  }

  /** Made up: a part that is tried again has the same name and used more, and a span that is not recorded may have no id. */
  protected get reportId(): string {
    return (this.#reportId ??= globalThis.crypto.randomUUID());
  }

  /** The context of what starts here. */
  protected parent(): Context {
    return this.scope.parentFor(this.context);
  }

  get #operations(): OperationEnvironment {
    return this.environment.operations;
  }

  #newStep(name: string, given: StepOptions | undefined): TracedStep {
    const options = usableRequest(given ?? undefined);
    const step = new TracedStep(name, this.parent(), this.scope, this.#operations, options);
    if (options?.signature !== undefined && !isAttempt(options))
      this.noteCall(`step ${name} ${options.signature}`);
    return step;
  }

  #newTool(tool: string | ToolOptions): SpanToolCall {
    const options = this.#inside<ToolOptions>(typeof tool === 'string' ? { name: tool } : tool);
    const call = startRelated(options, (request) => new SpanToolCall(request, this.#operations));
    if (this.environment.loopRepeats > 0) this.#noteTool(options);
    return call;
  }

  /** An attempt that replaces another one is the same call, and of a call whose arguments nobody gave it is not known which it is. */
  #noteTool(options: ToolOptions): void {
    if (isAttempt(options)) return;
    const { name, arguments: given } = options;
    this.noteCall(given === undefined ? undefined : () => loopSignature(name, given));
  }

  #newRetrieval(options: RetrievalOptions): SpanRetrievalCall {
    return startRelated(
      this.#inside(options),
      (request) => new SpanRetrievalCall(request, this.#operations),
    );
  }

  #newMemory(request: MemoryRequest & Relations): SpanMemoryCall {
    return startRelated(
      this.#inside(request),
      (inside) => new SpanMemoryCall(inside, this.#operations),
    );
  }

  #newPlan(): SpanPlan {
    return new SpanPlan({ parent: this.parent() }, this.#operations);
  }

  #newDecision(decision: DecisionOptions): TracedDecision {
    return new TracedDecision(usableRequest(decision), this.scope, this.parent(), this.#operations);
  }

  #newApproval(options: string | ApprovalOptions): TracedApproval {
    const named = typeof options === 'string' ? { name: options } : options;
    return new TracedApproval(usableRequest(named), this.scope, this.parent(), this.#operations);
  }

  #inside<R extends { readonly parent?: Context | undefined }>(given: R): R {
    const options = usableRequest(given);
    return { ...options, parent: options.parent ?? this.parent() };
  }

  /** For the detection of loops; a part of a run has none. Undefined for a call that is like no other. */
  protected noteCall(_signature: string | (() => string | undefined) | undefined): void {}
}

function isAttempt({ retryOf, fallbackFor }: Relations): boolean {
  return (retryOf ?? fallbackFor ?? undefined) !== undefined;
}
