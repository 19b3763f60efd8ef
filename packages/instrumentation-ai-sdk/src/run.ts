import type { Context } from '@opentelemetry/api';
import type { Clock, Timer } from '@llm-otel/core';
import {
  type AgentRunCall,
  type GenAi,
  type InferenceCall,
  inputFromAiSdk,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { recordObject, startObjectCall } from './object-call.ts';
import { recordRun, type RunRecords } from './record-run.ts';
import { RunActivity } from './run-activity.ts';
import { ToolsOfRun } from './tools-of-run.ts';

/** An attempt that failed, of a model call that may be tried again. */
interface FailedAttempt {
  readonly call: InferenceCall;
  readonly error: unknown;
  readonly attempts: number;
}

/** One `generateText`, `streamText`, `generateObject` or `streamObject`, from its start to its end. */
export class Run {
  readonly context: Context;
  readonly isStream: boolean;
  /** As the call itself says. */
  readonly records: RunRecords;
  readonly tools: ToolsOfRun;
  readonly activity: RunActivity;
  /** The event that told the start. */
  readonly start: unknown;
  /** The model call of an object, which is told by a start and an end. */
  #objectCall: InferenceCall | undefined;
  /** The model call whose stream is being read. */
  #streaming: InferenceCall | undefined;
  #timer: Timer;
  readonly #clock: Clock;
  readonly #agent: AgentRunCall;
  #failed: FailedAttempt | undefined;
  #partError: unknown;

  constructor(event: unknown, genAi: GenAi, clock: Clock) {
    this.#clock = clock;
    this.activity = new RunActivity(clock);
    const records = genAi.content !== 'none';
    this.records = {
      inputs: records && readMember(event, 'recordInputs') !== false,
      outputs: records && readMember(event, 'recordOutputs') !== false,
    };
    this.isStream = (readString(event, 'operationId') ?? '').startsWith('ai.stream');
    this.#agent = genAi.startAgentRun({
      agent: { name: readString(event, 'functionId') },
      model: readString(event, 'modelId'),
      ...(this.records.inputs && inputFromAiSdk(event)),
    });
    this.start = event;
    this.context = this.#agent.context;
    this.tools = new ToolsOfRun(this.context, this.records);
  }

  /** Of the model, as the AI SDK calls it: `anthropic.messages`. */
  get provider(): string | undefined {
    return readString(this.start, 'provider');
  }

  /** A call hands out its stream. `timedOut` is called when the run is not over by then. */
  streams(call: InferenceCall, timeoutMillis: number | undefined, timedOut: () => void): void {
    this.#streaming = call;
    this.#partError = undefined;
    if (timeoutMillis === undefined) return;
    this.#clock.clearTimer(this.#timer);
    this.#timer = this.#clock.setTimer(timedOut, timeoutMillis);
  }

  objectStarted(event: unknown, genAi: GenAi): InferenceCall {
    this.#objectCall = startObjectCall(event, this, genAi);
    return this.#objectCall;
  }

  objectEnded(event: unknown): void {
    if (this.#objectCall === undefined) return;
    recordObject(this.#objectCall, event, this);
    // Its error comes with the end of the run.
    if (readString(event, 'finishReason') === 'error') return;
    this.#objectCall.end();
    this.#objectCall = undefined;
  }

  /** The call that an attempt belongs to: one that failed before is tried again. */
  retried(): FailedAttempt | undefined {
    const failed = this.#failed;
    this.#failed = undefined;
    return failed;
  }

  attemptFailed(call: InferenceCall, error: unknown, attempts: number): void {
    this.#failed = { call, error, attempts };
  }

  get hasFailedPart(): boolean {
    return this.#partError !== undefined;
  }

  /** The stream goes on behind the error, which is no more than a part of it; it may also be asked for again. */
  partFailed(error: unknown): void {
    this.#partError = error;
  }

  /** What the AI SDK tells of the end. */
  ended(event: unknown): void {
    recordRun(this.#agent, event, this);
    const error =
      readMember(event, 'error') ??
      (readString(event, 'finishReason') === 'error' ? this.#partError : undefined);
    if (error === undefined) this.end();
    else this.fail(error);
  }

  end(): void {
    this.#endRest();
    this.#agent.end();
  }

  /** Nobody goes on reading: it is over as of the last that has happened. */
  drop(): void {
    // Of the stream of an object nothing is seen.
    if (this.#objectCall !== undefined) return this.end();
    const { quietMillis } = this.activity;
    this.#streaming?.dropped();
    this.#endRest();
    this.#agent.endAsOf(quietMillis);
  }

  fail(error: unknown): void {
    this.#objectCall?.fail(error);
    // Has ended in most cases, with an error of its own.
    this.#streaming?.fail(error);
    this.#endRest();
    this.#agent.fail(error);
  }

  #endRest(): void {
    const failed = this.retried();
    failed?.call.fail(failed.error);
    this.#objectCall?.end();
    this.tools.end();
    this.#clock.clearTimer(this.#timer);
    this.activity.stop();
  }
}
