import type { Attributes, Context } from '@opentelemetry/api';
import {
  type AgentRunCall,
  finishReasonFrom,
  type GenAi,
  type InferenceCall,
  inputFromAiSdk,
  outputFromAiSdk,
  serviceTierFromAiSdk,
  type ToolCall,
  type Usage,
  usageFromAiSdk,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { modelRequest } from './model-request.ts';

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
  /** Whether prompts and answers of this run may be recorded, as the call itself says. */
  readonly records: { readonly inputs: boolean; readonly outputs: boolean };
  readonly tools: Map<string, ToolCall> = new Map();
  /** The model call of an object, which is told by a start and an end. */
  #objectCall: InferenceCall | undefined;
  /** The model call whose stream is being read. */
  #streaming: InferenceCall | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #start: unknown;
  readonly #agent: AgentRunCall;
  #failed: FailedAttempt | undefined;
  #partError: unknown;

  constructor(event: unknown, genAi: GenAi) {
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
    this.#start = event;
    this.context = this.#agent.context;
  }

  /** Of the model, as the AI SDK calls it: `anthropic.messages`. */
  get provider(): string | undefined {
    return readString(this.#start, 'provider');
  }

  /** A call hands out its stream. `timedOut` is called when the run is not over by then. */
  streams(call: InferenceCall, timeoutMillis: number | undefined, timedOut: () => void): void {
    this.#streaming = call;
    this.#partError = undefined;
    if (timeoutMillis === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(timedOut, timeoutMillis);
    // Not in browsers, where it is a number.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  objectStarted(event: unknown, genAi: GenAi): InferenceCall {
    this.#objectCall = genAi.startInference({
      // The settings are told at the start of the run.
      ...modelRequest(this.#start, false),
      ...(this.records.inputs && inputFromAiSdk({ messages: readMember(event, 'promptMessages') })),
      stream: this.isStream ? true : undefined,
      outputType: 'json',
      parent: this.context,
    });
    return this.#objectCall;
  }

  objectEnded(event: unknown): void {
    const response = readMember(event, 'response');
    const text = readMember(event, 'objectText');
    this.#objectCall?.recordResponse({
      id: readString(response, 'id'),
      model: readString(response, 'modelId'),
      usage: usageFromAiSdk(readMember(event, 'usage'), {
        provider: this.provider,
        providerMetadata: readMember(event, 'providerMetadata'),
      }),
      serviceTier: serviceTierFromAiSdk(event),
      ...reasons(event),
      ...(this.records.outputs && { outputMessages: outputFromAiSdk({ text }) }),
    });
    // Its error comes with the end of the run.
    if (readString(event, 'finishReason') === 'error') return;
    this.#objectCall?.end();
    this.#objectCall = undefined;
  }

  toolStarted(event: unknown, genAi: GenAi): void {
    const call = readMember(event, 'toolCall');
    const callId = readString(call, 'toolCallId');
    if (callId === undefined) return;
    const tool = genAi.startTool({
      name: readString(call, 'toolName') ?? 'unknown',
      callId,
      ...(this.records.inputs && { arguments: readMember(call, 'input') }),
      parent: this.context,
    });
    this.tools.set(callId, tool);
  }

  toolEnded(event: unknown): void {
    const callId = readString(readMember(event, 'toolCall'), 'toolCallId') ?? '';
    const tool = this.tools.get(callId);
    this.tools.delete(callId);
    const output = readMember(event, 'toolOutput');
    if (readString(output, 'type') === 'tool-error') tool?.fail(readMember(output, 'error'));
    else tool?.end(this.records.outputs ? readMember(output, 'output') : undefined);
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
    const usage = readMember(event, 'totalUsage') ?? readMember(event, 'usage');
    const totals = usageFromAiSdk(usage, { provider: this.provider });
    if (totals !== undefined) this.#agent.setAttributes({}, rollUp(totals));
    this.#agent.recordOutput({
      ...reasons(event),
      ...(this.records.outputs && { outputMessages: outputFromAiSdk(event) }),
    });
    const error =
      readMember(event, 'error') ??
      (readString(event, 'finishReason') === 'error' ? this.#partError : undefined);
    if (error === undefined) this.end();
    else this.fail(error);
  }

  end(): void {
    const failed = this.retried();
    failed?.call.fail(failed.error);
    this.#objectCall?.end();
    this.#endRest();
    this.#agent.end();
  }

  fail(error: unknown): void {
    const failed = this.retried();
    failed?.call.fail(failed.error);
    this.#objectCall?.fail(error);
    // Has ended in most cases, with an error of its own.
    this.#streaming?.fail(error);
    this.#endRest();
    this.#agent.fail(error);
  }

  #endRest(): void {
    clearTimeout(this.#timer);
    for (const tool of this.tools.values()) tool.end();
    this.tools.clear();
  }
}

function reasons(event: unknown): { readonly finishReasons?: readonly string[] } {
  const reason = finishReasonFrom(readMember(event, 'finishReason'));
  return reason === undefined ? {} : { finishReasons: [reason] };
}

/** Totals repeat the tokens of the calls: under names of their own, so that a plain sum counts each token once. */
function rollUp(usage: Usage): Attributes {
  return {
    'llm_otel.usage.rollup': true,
    'llm_otel.rollup.usage.input_tokens': usage.inputTokens,
    'llm_otel.rollup.usage.output_tokens': usage.outputTokens,
    'llm_otel.rollup.usage.cache_read.input_tokens': usage.cacheReadTokens,
    'llm_otel.rollup.usage.cache_write.input_tokens': usage.cacheWriteTokens,
    'llm_otel.rollup.usage.reasoning.output_tokens': usage.reasoningTokens,
  };
}
