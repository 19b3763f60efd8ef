import { context, type Context, SpanKind, trace } from '@opentelemetry/api';
import { type Clock, FailureLog, InvalidOptionError, startSpan, systemClock } from '@llm-otel/core';
import { agentScopeOf } from './agent-scope.ts';
import { priceTable } from './cost/price-table.ts';
import type { PriceTable } from './cost/price-types.ts';
import { type EmbeddingsCall, type EmbeddingsRequest, startEmbeddingsCall } from './embeddings.ts';
import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from './generated/values.ts';
import { inertCall } from './inference/inert-call.ts';
import type { InferenceCall, InferenceRequest } from './inference/inference-types.ts';
import { setRequestAttributes, startAttributes } from './inference/request-attributes.ts';
import { type InferenceSettings, SpanInferenceCall } from './inference/span-inference-call.ts';
import { runInside } from './run-inside.ts';
import { type SignalOptions, type Signals, signalSource } from './signals.ts';

/** Whether messages, instructions, tool definitions and tool data are recorded. */
export type ContentMode = 'none' | 'span';

export interface GenAiOptions extends SignalOptions {
  /** `span` records content as JSON text on the span. @defaultValue 'none', as the conventions ask */
  readonly content?: ContentMode | undefined;
  /** Prices for the cost of calls; `false` records no cost. @defaultValue the built-in table */
  readonly prices?: PriceTable | false | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** Records calls of models as spans and metrics of the GenAI conventions. */
export interface GenAi {
  readonly content: ContentMode;
  /** Starts the span of a model call. The caller ends it. */
  startInference(request: InferenceRequest): InferenceCall;
  /**
   * Runs `work` inside the span of a model call and ends it afterwards: when `work` returns or settles or, where
   * `work` watched a stream with `call.stream`, when that stream ends. Result and error pass through.
   */
  inference<T>(request: InferenceRequest, work: (call: InferenceCall) => T): T;
  startEmbeddings(request: EmbeddingsRequest): EmbeddingsCall;
  embeddings<T>(request: EmbeddingsRequest, work: (call: EmbeddingsCall) => T): T;
}

/**
 * Makes the recorder. Tracer and meter default to the global ones and are looked up on each call, so it may be
 * made before a provider is registered.
 * @throws {@link InvalidOptionError} for an unknown content mode
 */
export function createGenAi(options: GenAiOptions = {}): GenAi {
  const { content = 'none', prices = priceTable, clock = systemClock } = options;
  if (content !== 'none' && content !== 'span')
    throw new InvalidOptionError({ option: 'content', value: content, use: '"none" or "span"' });
  const signals = signalSource('@llm-otel/llm-conventions', options);
  const failures = new FailureLog();
  const settings: InferenceSettings = {
    clock,
    recordContent: content === 'span',
    prices: prices === false ? undefined : prices,
    failures,
  };

  const startInference = (request: InferenceRequest): InferenceCall => {
    try {
      const current = signals();
      if (current.disabled) return inertCall(request.parent);
      return startCall(request, current, settings);
    } catch (error) {
      failures.report('starting the span of a model call', error);
      return inertCall(undefined);
    }
  };

  const startEmbeddings = (request: EmbeddingsRequest): EmbeddingsCall => {
    try {
      return startEmbeddingsCall(request, signals(), clock);
    } catch (error) {
      failures.report('starting the span of an embeddings call', error);
      return inertCall(undefined);
    }
  };

  return {
    content,
    startInference,
    inference(request, work) {
      const call = startInference(request);
      const ending =
        call instanceof SpanInferenceCall ? { context: call.context, ...endingOf(call) } : call;
      return runInside(ending, () => work(call));
    },
    startEmbeddings,
    embeddings(request, work) {
      return runInside(startEmbeddings(request), work);
    },
  };
}

function startCall(
  request: InferenceRequest,
  { tracer, instruments }: Signals,
  settings: InferenceSettings,
): SpanInferenceCall {
  const { operation = GEN_AI_OPERATION_NAME_VALUE_CHAT, model } = request;
  const parent: Context = request.parent ?? context.active();
  const scope = agentScopeOf(parent);
  const span = startSpan(
    tracer,
    model === undefined ? operation : `${operation} ${model}`,
    { kind: SpanKind.CLIENT, attributes: startAttributes(request, operation, scope) },
    parent,
  );
  scope?.countInference?.();
  const call = new SpanInferenceCall(
    { span, context: trace.setSpan(parent, span), operation, request },
    instruments,
    settings,
  );
  if (span.isRecording()) {
    // The span has started: from here on, what cannot be read is left out.
    settings.failures.guard('recording the request of a model call', () => {
      setRequestAttributes(span, request);
    });
    call.recordInput(request);
  }
  return call;
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
