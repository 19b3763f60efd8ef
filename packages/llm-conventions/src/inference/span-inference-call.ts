import type { Attributes, Context, Span } from '@opentelemetry/api';
import { endSpan } from '@llm-otel/core';
import type { AgentScope } from '../agent-scope.ts';
import { safeJson } from '../content/safe-json.ts';
import { costOf } from '../cost/cost-of.ts';
import { describeError, type ErrorFacts } from '../error-facts.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_TABLE,
  ATTR_LLM_OTEL_STREAM_OUTCOME,
} from '../generated/attributes.ts';
import {
  LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED,
  LLM_OTEL_STREAM_OUTCOME_VALUE_COMPLETED,
  LLM_OTEL_STREAM_OUTCOME_VALUE_DROPPED,
  LLM_OTEL_STREAM_OUTCOME_VALUE_FAILED,
} from '../generated/values.ts';
import { recordFailure } from '../record-failure.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import type { Signals } from '../signals.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';
import { mergeUsage, type Usage } from '../usage/usage.ts';
import type { CallDetails } from './call-details.ts';
import {
  clientMetricAttributes,
  recordInferenceMetrics,
  setUsageAttributes,
} from './inference-metrics.ts';
import type {
  ChunkOf,
  InferenceCall,
  InferenceInput,
  InferenceRequest,
  InferenceResponse,
  StreamOptions,
  StreamSource,
} from './inference-types.ts';
import type { InferenceSettings } from './inference-settings.ts';
import { isStream, type ObservedCall, observeStream } from './observe-stream.ts';
import { setAllKnown, setListed } from './request-attributes.ts';
import { StreamTiming } from './stream-timing.ts';

/** An {@link InferenceCall} over one span. Every way out leads through `#finish`, which runs once. */
export class SpanInferenceCall implements InferenceCall, ObservedCall {
  readonly span: Span;
  readonly context: Context;
  readonly #operation: string;
  readonly #request: InferenceRequest;
  readonly #settings: InferenceSettings;
  readonly #signals: Signals;
  readonly #details: CallDetails | undefined;
  readonly #scope: AgentScope | undefined;
  /** The span, or what sets attributes on it and keeps them for the event. */
  readonly #attributes: AttributeTarget;
  readonly #startMillis: number;
  readonly #contentOnSpan: boolean;
  readonly #contentOnEvent: boolean;
  #ended = false;
  #timing: StreamTiming | undefined;
  #streamOutcome: string = LLM_OTEL_STREAM_OUTCOME_VALUE_COMPLETED;
  #responseModel: string | undefined;
  #hasFinishReasons = false;
  #usage: Usage | undefined;
  #afterEnd: (() => void) | undefined;

  constructor(
    started: {
      readonly span: Span;
      readonly context: Context;
      readonly operation: string;
      readonly request: InferenceRequest;
      readonly details: CallDetails | undefined;
      readonly scope: AgentScope | undefined;
    },
    signals: Signals,
    settings: InferenceSettings,
  ) {
    this.span = started.span;
    this.context = started.context;
    this.#operation = started.operation;
    this.#request = started.request;
    this.#settings = settings;
    this.#signals = signals;
    this.#details = started.details;
    this.#scope = started.scope;
    this.#attributes = started.details ?? started.span;
    this.#startMillis = settings.clock.monotonicMillis();
    // Serialising content for a span nobody keeps would be the most expensive part of the call.
    this.#contentOnSpan = settings.recordContent && started.span.isRecording();
    this.#contentOnEvent = settings.recordContentOnEvent && started.details !== undefined;
  }

  get #recordsContent(): boolean {
    return this.#contentOnSpan || this.#contentOnEvent;
  }

  /** Whether a stream decides when this call ends. */
  get streaming(): boolean {
    return this.#timing !== undefined;
  }

  recordInput(input: InferenceInput): void {
    if (this.#ended || !this.#recordsContent) return;
    try {
      const { inputMessages, systemInstructions, toolDefinitions } = input;
      if (inputMessages !== undefined) this.#content(ATTR_GEN_AI_INPUT_MESSAGES, inputMessages);
      if (systemInstructions !== undefined)
        this.#content(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, systemInstructions);
      if (toolDefinitions !== undefined)
        this.#content(
          ATTR_GEN_AI_TOOL_DEFINITIONS,
          // Descriptions and schemas are large and the same on every call.
          toolDefinitions.map(({ type, name }) => ({ type, name })),
        );
    } catch (error) {
      this.#settings.failures.report('recording the input of a model call', error);
    }
  }

  recordResponse(response: InferenceResponse): void {
    if (this.#ended) return;
    try {
      const { id, model, finishReasons, usage, outputMessages } = response;
      setIfKnown(this.#attributes, ATTR_GEN_AI_RESPONSE_ID, id);
      if (model !== undefined) {
        this.#responseModel = model;
        this.#attributes.setAttribute(ATTR_GEN_AI_RESPONSE_MODEL, model);
      }
      if (finishReasons !== undefined && finishReasons.length > 0) {
        this.#hasFinishReasons = true;
        this.#attributes.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, [...finishReasons]);
      }
      if (usage !== undefined) this.#usage = mergeUsage(this.#usage, usage);
      if (outputMessages !== undefined && this.#recordsContent)
        this.#content(ATTR_GEN_AI_OUTPUT_MESSAGES, outputMessages);
    } catch (error) {
      this.#settings.failures.report('recording the response of a model call', error);
    }
  }

  setAttributes(attributes: InferenceAttributes, extra?: Attributes): void {
    if (this.#ended) return;
    this.#settings.failures.guard('setting attributes of a model call', () => {
      setListed(this.#attributes, attributes);
      if (extra !== undefined) setAllKnown(this.#attributes, extra);
    });
  }

  stream<S extends StreamSource>(
    source: S,
    onChunk?: (chunk: ChunkOf<S>) => void,
    options: StreamOptions = {},
  ): S {
    const { failures } = this.#settings;
    try {
      if (this.#ended || this.#timing !== undefined || !isStream(source)) return source;
      this.#timing = new StreamTiming();
      return observeStream(source, this, onChunk as ((chunk: unknown) => void) | undefined, {
        signal: options.signal,
        failures,
      });
    } catch (error) {
      // Not observed, as a stream that is locked: the end of the work is the end of the call again.
      this.#timing = undefined;
      failures.report('observing the stream of a model call', error);
      return source;
    }
  }

  end(): void {
    this.#finish(undefined, undefined);
  }

  fail(error: unknown): void {
    this.#streamOutcome = LLM_OTEL_STREAM_OUTCOME_VALUE_FAILED;
    this.#finish(error, describeError(error, this.#settings.clock.epochMillis()));
  }

  chunkArrived(): void {
    if (this.#ended || this.#timing === undefined) return;
    try {
      const now = this.#settings.clock.monotonicMillis();
      const { instruments } = this.#signals;
      if (!this.#timing.chunkArrived(now, this.#startMillis) || instruments === undefined) return;
      this.#timing.flush(instruments, this.#metricAttributes(), this.context);
    } catch (error) {
      this.#settings.failures.report('timing the chunks of a model call', error);
    }
  }

  cancelled(): void {
    this.#streamOutcome = LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED;
    this.end();
  }

  dropped(): void {
    this.#streamOutcome = LLM_OTEL_STREAM_OUTCOME_VALUE_DROPPED;
    this.end();
  }

  get ended(): boolean {
    return this.#ended;
  }

  whenEnded(callback: () => void): void {
    this.#afterEnd = callback;
  }

  #finish(error: unknown, facts: ErrorFacts | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    try {
      const seconds = (this.#settings.clock.monotonicMillis() - this.#startMillis) / 1000;
      if (facts !== undefined) this.#recordFailure(error, facts);
      this.#recordStream(facts !== undefined);
      this.#recordMeasurement(seconds, facts?.type);
      this.#details?.emit(this.context);
    } catch (failure) {
      this.#settings.failures.report('recording the end of a model call', failure);
    }
    endSpan(this.span);
    this.#afterEnd?.();
  }

  #recordFailure(error: unknown, facts: ErrorFacts): void {
    const { exceptions: signal, logger } = this.#signals;
    recordFailure(this.span, error, facts, { signal, logger, context: this.context });
    if (this.#details !== undefined) this.#details.setAttribute(ATTR_ERROR_TYPE, facts.type);
  }

  #recordStream(failed: boolean): void {
    if (this.#timing === undefined) return;
    this.#attributes.setAttribute(ATTR_LLM_OTEL_STREAM_OUTCOME, this.#streamOutcome);
    setIfKnown(
      this.#attributes,
      ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
      this.#timing.secondsToFirstChunk,
    );
    // A stream that broke off has no reason of its own.
    if (failed && !this.#hasFinishReasons)
      this.#attributes.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, ['error']);
  }

  #recordMeasurement(seconds: number, errorType: string | undefined): void {
    const { clock, prices } = this.#settings;
    const { provider, model = '' } = this.#request;
    const usage = this.#usage;
    let cost;
    if (usage !== undefined) {
      setUsageAttributes(this.#attributes, usage);
      if (prices !== undefined) {
        const question = {
          provider,
          model: this.#responseModel ?? model,
          usage,
          at: clock.epochMillis(),
        };
        cost = costOf(question, prices) ?? costOf({ ...question, model }, prices);
      }
    }
    if (cost !== undefined) {
      this.#attributes.setAttribute(ATTR_LLM_OTEL_COST_MICRO_USD, cost.microUsd);
      this.#attributes.setAttribute(ATTR_LLM_OTEL_COST_PRICE_TABLE, cost.priceTable);
    }
    this.#scope?.inferenceEnded?.(usage, cost);
    const { instruments } = this.#signals;
    if (instruments === undefined) return;
    const attributes = this.#metricAttributes();
    this.#timing?.finish(instruments, attributes, this.context);
    recordInferenceMetrics(
      instruments,
      { attributes, seconds, errorType, usage, cost },
      this.context,
    );
  }

  #metricAttributes(): Attributes {
    return clientMetricAttributes(this.#operation, this.#request, this.#responseModel);
  }

  #content(name: string, value: unknown): void {
    const json = safeJson(value);
    if (this.#contentOnSpan) this.span.setAttribute(name, json);
    if (this.#contentOnEvent) this.#details?.setContent(name, json);
  }
}
