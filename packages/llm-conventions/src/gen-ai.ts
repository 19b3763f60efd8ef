import {
  type Attributes,
  context,
  type Context,
  type Span,
  SpanKind,
  trace,
} from '@opentelemetry/api';
import { type Clock, FailureLog, startSpan, systemClock } from '@llm-otel/core';
import { agentScopeOf } from './agent-scope.ts';
import { checkGenAiOptions } from './check-gen-ai-options.ts';
import { wrappedCallsOf } from './client/wrapped-calls.ts';
import { type ContentMode, contentTargets } from './content-mode.ts';
import { priceTable } from './cost/price-table.ts';
import type { PriceTable } from './cost/price-types.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import { recordEvaluation } from './evaluation/record-evaluation.ts';
import type { GenAiProviderName } from './generated/attribute-types.ts';
import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from './generated/values.ts';
import { CallDetails } from './inference/call-details.ts';
import { CallPlace } from './inference/call-place.ts';
import { inertCall } from './inference/inert-call.ts';
import type {
  GeneralInferenceRequestOf,
  InferenceCall,
  InferenceRequest,
  InferenceRequestOf,
} from './inference/inference-types.ts';
import { setRequestAttributes, startAttributes } from './inference/request-attributes.ts';
import type { InferenceSettings } from './inference/inference-settings.ts';
import { SpanInferenceCall } from './inference/span-inference-call.ts';
import { createOperations } from './operations/create-operations.ts';
import type { Operations } from './operations/operations.ts';
import { usableRequest } from './operations/usable-request.ts';
import { noteOwnCall } from './usage/own-calls.ts';
import { runInside } from './run-inside.ts';
import { type SignalOptions, type Signals, signalSource } from './signals.ts';
import { tellOnce } from './tell-once.ts';
import type { Tokenizer } from './usage/estimate-usage.ts';

export interface GenAiOptions extends SignalOptions {
  /** @defaultValue 'none', as the conventions ask */
  readonly content?: ContentMode | undefined;
  /**
   * Sends the event `gen_ai.client.inference.operation.details` for each model call, which repeats the attributes of the
   * span, where a logger provider is registered.
   * @defaultValue true where content goes to events, else false
   */
  readonly details?: boolean | undefined;
  /** Records descriptions and schemas of tools with the content. @defaultValue false, as the conventions ask */
  readonly toolSchemas?: boolean | undefined;
  /**
   * Counts the tokens of calls whose provider reports none, and marks them in `llm_otel.usage.estimated`. For example
   * the module `gpt-tokenizer`. @defaultValue none: what is not reported is not recorded
   */
  readonly tokenizer?: Tokenizer | undefined;
  /** Prices for the cost of calls; `false` records no cost. @defaultValue the built-in table */
  readonly prices?: PriceTable | false | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** Records calls of models as spans and metrics of the GenAI conventions. */
export interface GenAi extends Operations {
  readonly content: ContentMode;
  /** Starts the span of a model call. The caller ends it. */
  startInference<P extends GenAiProviderName, const A extends object>(
    request: GeneralInferenceRequestOf<P, A>,
  ): InferenceCall<P>;
  startInference<P extends GenAiProviderName, const A extends object>(
    request: InferenceRequestOf<P, A>,
  ): InferenceCall<P>;
  /**
   * Runs `work` inside the span of a model call and ends it afterwards: when `work` returns or settles or, where
   * `work` watched a stream with `call.stream`, when that stream ends. Result and error pass through.
   */
  inference<T, P extends GenAiProviderName = GenAiProviderName, const A extends object = object>(
    request: GeneralInferenceRequestOf<P, A>,
    work: (call: InferenceCall<P>) => T,
  ): T;
  inference<T, P extends GenAiProviderName = GenAiProviderName, const A extends object = object>(
    request: InferenceRequestOf<P, A>,
    work: (call: InferenceCall<P>) => T,
  ): T;
  /**
   * Records what an evaluation of an output found, on the span that is judged: now, later, or from another process with a
   * reference (`spanReference`). Never throws; an evaluation without a name is logged through `diag` and left out.
   */
  evaluate(evaluation: Evaluation): void;
}

/**
 * Makes the recorder. Tracer and meter default to the global ones and are looked up on each call, so it may be
 * made before a provider is registered.
 * @throws {@link InvalidOptionError} for an unknown content mode, a tokenizer that cannot count, or prices that are no table
 */
export function createGenAi(options: GenAiOptions = {}): GenAi {
  checkGenAiOptions(options);
  const { content = 'none', prices = priceTable, clock = systemClock } = options;
  const { onSpan, onEvent } = contentTargets(content);
  const signals = signalSource('@llm-otel/llm-conventions', options);
  const failures = new FailureLog();
  const settings: InferenceSettings = {
    clock,
    recordContent: onSpan,
    recordContentOnEvent: onEvent,
    details: options.details ?? onEvent,
    toolSchemas: options.toolSchemas === true,
    tokenizer: options.tokenizer,
    prices: prices === false ? undefined : prices,
    failures,
    tellNoLogger: onEvent ? tellOnce(noLogger(content)) : undefined,
    tellOpenStream: tellOnce(OPEN_STREAM),
  };

  const startInference = (given: InferenceRequest): InferenceCall => {
    try {
      const current = signals();
      if (current.disabled) return inertCall(given.parent);
      const request = usableRequest(given);
      const wrapped = wrappedCallsOf(request.parent ?? context.active())?.claim(request.model);
      if (wrapped !== undefined) return inertCall(wrapped);
      return startCall(request, current, settings);
    } catch (error) {
      failures.report('starting the span of a model call', error);
      return inertCall(undefined);
    }
  };

  const operations = createOperations(() => {
    const current = signals();
    if (current.disabled) return undefined;
    return { signals: current, clock, recordContent: onSpan, prices: settings.prices };
  });

  return {
    ...operations,
    content,
    startInference,
    evaluate: (evaluation) =>
      failures.guard('recording an evaluation', () =>
        recordEvaluation(evaluation, signals(), { recordsContent: content !== 'none' }),
      ),
    inference(request, work) {
      const call = startInference(request);
      const ending =
        call instanceof SpanInferenceCall ? { context: call.context, ...endingOf(call) } : call;
      return runInside(ending, () => work(call));
    },
  };
}

/** Content that was asked for on events and has nowhere to go. */
function noLogger(content: ContentMode): string {
  return (
    `content is "${content}", and no logger provider that takes events is registered: model calls send no event with ` +
    'their content; register one (logs: true of startTelemetry), or give createGenAi a logger'
  );
}

/** Usage and reason come last in a stream. */
const OPEN_STREAM =
  'end() of a model call was called before its stream was over: its span has nothing of what was still to come; ' +
  'leave the end to the stream that call.stream answered with';

function startCall(
  request: InferenceRequest,
  signals: Signals,
  settings: InferenceSettings,
): SpanInferenceCall {
  const { operation = GEN_AI_OPERATION_NAME_VALUE_CHAT, model } = request;
  const parent: Context = request.parent ?? context.active();
  const scope = agentScopeOf(parent);
  const attributes = startAttributes(request, operation, scope);
  // In the same process there is no service to be a client of.
  const kind = request.inProcess === true ? SpanKind.INTERNAL : SpanKind.CLIENT;
  const name = model === undefined ? operation : `${operation} ${model}`;
  const span =
    request.span?.updateName(name).setAttributes(attributes) ??
    startSpan(signals.tracer, name, { kind, attributes }, parent);
  const place = new CallPlace(request, scope);
  noteOwnCall(span);
  if (scope !== undefined) {
    if (place.countsItself) scope.countInference?.();
    scope.callOpened?.();
  }
  const details = settings.details
    ? callDetails(span, attributes, signals, settings.failures)
    : undefined;
  if (settings.details && details === undefined && span.isRecording()) settings.tellNoLogger?.();
  const call = new SpanInferenceCall(
    { span, context: trace.setSpan(parent, span), operation, request, details, place },
    signals,
    settings,
  );
  if (details !== undefined || span.isRecording()) {
    // The span has started: from here on, what cannot be read is left out.
    settings.failures.guard('recording the request of a model call', () => {
      setRequestAttributes(details ?? span, request, settings.recordContent);
    });
    call.recordInput(request);
  }
  return call;
}

function callDetails(
  span: Span,
  attributes: Attributes,
  { logger }: Signals,
  failures: FailureLog,
): CallDetails | undefined {
  const current = failures.guard('looking up the logger', logger);
  return current && new CallDetails(span, current, attributes);
}

/** The end of `work` is the end of the call, unless a stream decides about it. */
function endingOf(call: SpanInferenceCall): { end(): void; fail(error: unknown): void } {
  return {
    end() {
      if (!call.streaming) call.end();
    },
    fail: (error) => call.fail(error),
  };
}
