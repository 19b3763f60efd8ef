import { type Attributes, type Context, type Span, trace } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  type AgentInput,
  type AgentRunOutput,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_LLM_OTEL_ATTEMPT,
  ATTR_LLM_OTEL_BUDGET_KIND,
  ATTR_LLM_OTEL_BUDGET_LIMIT,
  ATTR_LLM_OTEL_BUDGET_VALUE,
  ATTR_LLM_OTEL_HAND_OVER_FROM,
  ATTR_LLM_OTEL_HAND_OVER_REASON,
  ATTR_LLM_OTEL_HAND_OVER_TO,
  ATTR_LLM_OTEL_LOOP_LENGTH,
  ATTR_LLM_OTEL_LOOP_REPEATS,
  ATTR_LLM_OTEL_RUN_STEPS,
  describeError,
  type Ending,
  EVENT_LLM_OTEL_BUDGET_EXCEEDED,
  EVENT_LLM_OTEL_HAND_OVER,
  EVENT_LLM_OTEL_LOOP,
  EVENT_LLM_OTEL_RUN_CHECKPOINT,
  LLM_OTEL_RUN_STOP_REASON_VALUE_ABORTED,
  LLM_OTEL_RUN_STOP_REASON_VALUE_COMPLETED,
  LLM_OTEL_RUN_STOP_REASON_VALUE_ERROR,
  LLM_OTEL_RUN_STOP_REASON_VALUE_HANDED_OVER,
  LLM_OTEL_RUN_STOP_REASON_VALUE_PAUSED,
  type AttributeTypes,
  METRIC_LLM_OTEL_AGENT_RUN_COST,
  METRIC_LLM_OTEL_AGENT_RUN_STEPS,
  SpanAgentRun,
  type SpanAttributes,
  spanReference,
  usableRequest,
} from '@llm-otel/llm-conventions';
import type { RunUsage } from './budget.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { HandOff, HandOffOptions } from './hand-off.ts';
import { LoopDetector } from './loop-detector.ts';
import { attemptOf } from './relation-links.ts';
import type { RunEnvironment } from './run-environment.ts';
import { RunMeter } from './run-meter.ts';
import { runRequest } from './run-request.ts';
import { makeRunScope, type RunScope } from './run-scope.ts';
import { setRunSummary } from './run-summary.ts';
import type { AgentRun, RunOptions } from './run-types.ts';
import { TracedActions } from './traced-actions.ts';
import { usableCheckpoint, usableHandOff } from './usable-options.ts';
import type { UsageReport } from './usage-report.ts';

const failures = new FailureLog();

/** Types of errors that mean that somebody aborted: of the web, of Node.js, of the clients of OpenAI and Anthropic. */
const ABORTS: ReadonlySet<string> = new Set(['AbortError', 'ABORT_ERR', 'APIUserAbortError']);

/** A run of an agent in this process: an `invoke_agent` span and everything below it. */
export class TracedRun extends TracedActions implements AgentRun, Ending {
  readonly span: Span;
  readonly context: Context;
  readonly #operation: SpanAgentRun;
  readonly #meter: RunMeter;
  readonly #options: RunOptions;
  readonly #loops: LoopDetector | undefined;
  #loopCount = 0;
  #stopReason: AttributeTypes['llm_otel.run.stop_reason'] | undefined;
  /** The activity at the last hand-off: a run that goes on working after it was not handed over. */
  #handedOffAt: number | undefined;

  constructor(given: RunOptions, environment: RunEnvironment, delegatedBy?: string) {
    const { operations, loopRepeats } = environment;
    const readable = usableRequest(given);
    const resume = usableCheckpoint(readable.resume);
    const options = { ...readable, resume, handOff: usableHandOff(readable.handOff) };
    const request = runRequest(options, environment.conversationBaggage, delegatedBy);
    const operation = new SpanAgentRun(request, operations, makeRunScope);
    super(operation.scope as RunScope, environment, resume?.included);
    this.span = operation.span;
    this.context = operation.context;
    this.#operation = operation;
    this.#options = options;
    this.#loops = loopRepeats > 0 ? new LoopDetector(loopRepeats) : undefined;
    this.#meter = new RunMeter(options.budget, resume?.usage, operations.clock, (exceeded) => {
      this.#addEvent(this.span, EVENT_LLM_OTEL_BUDGET_EXCEEDED, {
        [ATTR_LLM_OTEL_BUDGET_KIND]: exceeded.kind,
        [ATTR_LLM_OTEL_BUDGET_LIMIT]: exceeded.limit,
        [ATTR_LLM_OTEL_BUDGET_VALUE]: exceeded.value,
      });
    });
    this.scope.meter = this.#meter;
    this.scope.steps = resume?.nextStep ?? resume?.usage.steps ?? 0;
    this.scope.partSteps = (resume?.usage.steps ?? 0) - this.scope.steps;
    operation.set(ATTR_LLM_OTEL_ATTEMPT, attemptOf(this.span, options));
  }

  override get usage(): RunUsage {
    return this.scope.usage(this.#options.resume?.usage);
  }

  /** What was used before a pause is in the report of the run that was paused. */
  override usageReport(): UsageReport {
    const { inferenceCalls, toolCalls } = this.scope;
    // Those around it in this process count its calls as they end.
    for (let around = this.scope.outerRun; around !== undefined; around = around.outerRun)
      around.included?.isInside(this.reportId);
    return {
      id: this.reportId,
      of: 'run',
      ...this.#meter.below,
      steps: this.#newSteps,
      inferenceCalls,
      toolCalls,
      ownMicroUsd: this.#meter.ownMicroUsd,
    };
  }

  override include(report: UsageReport): void {
    if (this.#operation.ended) {
      const late = new Error('the run has ended: include what its parts report before that');
      failures.report('including a report of usage', late);
      return;
    }
    const handedOver = this.#handedOffAt === this.#activity;
    super.include(report);
    // What was done elsewhere is no work after a hand-off.
    if (handedOver) this.#handedOffAt = this.#activity;
  }

  recordInput(input: AgentInput): void {
    this.#operation.recordInput(input);
  }

  recordOutput(output: AgentRunOutput): void {
    this.#operation.recordOutput(output);
  }

  setAttributes(
    attributes: SpanAttributes<'gen_ai.invoke_agent.internal'>,
    extra?: Attributes,
  ): void {
    this.#operation.setAttributes(attributes, extra);
  }

  handOff(options: HandOffOptions): HandOff {
    const { to = '', reason } = failures.guard('reading a hand-off', () => ({ ...options })) ?? {};
    const { agentName, conversationId } = this;
    this.#addEvent(this.#openSpan, EVENT_LLM_OTEL_HAND_OVER, {
      [ATTR_LLM_OTEL_HAND_OVER_FROM]: agentName,
      [ATTR_LLM_OTEL_HAND_OVER_TO]: to,
      ...(this.environment.operations.recordContent &&
        reason !== undefined && { [ATTR_LLM_OTEL_HAND_OVER_REASON]: reason }),
    });
    this.#handedOffAt = this.#activity;
    return { to, from: agentName, conversationId, span: this.#reference() };
  }

  checkpoint(options?: { readonly pause?: boolean | undefined }): Checkpoint {
    const { agentName, conversationId, usage } = this;
    this.#addEvent(this.#openSpan, EVENT_LLM_OTEL_RUN_CHECKPOINT, {
      [ATTR_LLM_OTEL_RUN_STEPS]: usage.steps,
    });
    if (options?.pause === true) this.#stopReason = LLM_OTEL_RUN_STOP_REASON_VALUE_PAUSED;
    const resumed = (this.#options.resume?.resumed ?? -1) + 1;
    return {
      agentName,
      conversationId,
      usage,
      nextStep: this.scope.steps,
      included: this.included.latest,
      resumed,
      span: this.#reference(),
    };
  }

  stop(reason: AttributeTypes['llm_otel.run.stop_reason']): void {
    this.#stopReason = reason;
  }

  end(): void {
    const handedOver = this.#handedOffAt === this.#activity;
    this.#summarise(
      this.#stopReason ??
        (handedOver
          ? LLM_OTEL_RUN_STOP_REASON_VALUE_HANDED_OVER
          : LLM_OTEL_RUN_STOP_REASON_VALUE_COMPLETED),
    );
    this.#operation.end();
  }

  fail(error: unknown): void {
    const aborted = ABORTS.has(describeError(error).type);
    // One that was to pause and then failed did not pause. Its checkpoint is still an event of the trace.
    const paused = this.#stopReason === LLM_OTEL_RUN_STOP_REASON_VALUE_PAUSED;
    this.#summarise(
      (paused ? undefined : this.#stopReason) ??
        (aborted ? LLM_OTEL_RUN_STOP_REASON_VALUE_ABORTED : LLM_OTEL_RUN_STOP_REASON_VALUE_ERROR),
    );
    this.#operation.fail(error);
  }

  protected override noteCall(signature: string | (() => string | undefined) | undefined): void {
    const detector = this.#loops;
    if (detector === undefined) return;
    failures.guard('looking for loops', () => {
      const loop = detector.note(typeof signature === 'function' ? signature() : signature);
      if (loop === undefined) return;
      this.#loopCount++;
      this.#addEvent(this.#openSpan, EVENT_LLM_OTEL_LOOP, {
        [ATTR_LLM_OTEL_LOOP_LENGTH]: loop.length,
        [ATTR_LLM_OTEL_LOOP_REPEATS]: loop.repeats,
      });
      failures.callback('onLoop of a run', () => this.#options.onLoop?.(loop));
    });
  }

  /** Without those before a pause. */
  get #newSteps(): number {
    return this.scope.allSteps - (this.#options.resume?.usage.steps ?? 0);
  }

  get #activity(): number {
    const { steps, inferenceCalls, toolCalls } = this.scope;
    return steps + inferenceCalls + toolCalls;
  }

  #summarise(stopReason: AttributeTypes['llm_otel.run.stop_reason']): void {
    if (!this.#operation.ended)
      failures.guard('summing up a run', () => this.#setSummary(stopReason));
  }

  #setSummary(stopReason: AttributeTypes['llm_otel.run.stop_reason']): void {
    this.#meter.stop();
    this.untouched.endAll();
    const problem = this.open.endAll();
    if (problem !== undefined) failures.report('ending what a run started', problem);
    const { resume } = this.#options;
    setRunSummary((name, value) => this.#operation.set(name, value), {
      stopReason,
      meter: this.#meter,
      steps: this.scope.allSteps,
      loops: this.#loopCount,
      resumed: resume === undefined ? undefined : resume.resumed + 1,
      hasOpenCalls: this.scope.openCalls > 0,
    });
    const { instruments } = this.environment.operations.signals;
    if (instruments === undefined) return;
    const attributes = { [ATTR_GEN_AI_AGENT_NAME]: this.agentName };
    failures.guard('measuring a run', () => {
      instruments.record(METRIC_LLM_OTEL_AGENT_RUN_STEPS, this.#newSteps, attributes, this.context);
      if (this.#meter.hasCost)
        instruments.add(
          METRIC_LLM_OTEL_AGENT_RUN_COST,
          this.#meter.ownMicroUsd,
          attributes,
          this.context,
        );
    });
  }

  #reference(): ReturnType<typeof spanReference> {
    return failures.guard('referring to a run', () => spanReference(this.span.spanContext()));
  }

  /** The span that is open in this run: one in between may have ended already. */
  get #openSpan(): Span {
    const open = failures.guard('looking for the open span', () => trace.getSpan(this.parent()));
    return open?.isRecording() === true ? open : this.span;
  }

  #addEvent(span: Span, name: string, attributes: Attributes): void {
    failures.guard('adding an event to a run', () => span.addEvent(name, attributes));
  }
}
