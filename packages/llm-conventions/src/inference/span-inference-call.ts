import type { Attributes, Context, Span } from '@opentelemetry/api';
import { type Clock, endSpan, type FailureLog } from '@llm-otel/core';
import { safeJson } from '../content/safe-json.ts';
import { costOf } from '../cost/cost-of.ts';
import type { PriceTable } from '../cost/price-types.ts';
import { describeError, type ErrorFacts } from '../error-facts.ts';
import {
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
import type { Instruments } from '../instruments.ts';
import { recordFailure } from '../record-failure.ts';
import { setIfKnown } from '../set-if-known.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';
import { mergeUsage, type Usage } from '../usage/usage.ts';
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
import { isStream, type ObservedCall, observeStream } from './observe-stream.ts';
import { setAllKnown, setListed } from './request-attributes.ts';
import { StreamTiming } from './stream-timing.ts';

/** What a call takes from the `GenAi` that started it. */
export interface InferenceSettings {
  readonly clock: Clock;
  readonly recordContent: boolean;
  readonly prices: PriceTable | undefined;
  readonly failures: FailureLog;
}

/** An {@link InferenceCall} over one span. Every way out leads through `#finish`, which runs once. */
export class SpanInferenceCall implements InferenceCall, ObservedCall {
  readonly span: Span;
  readonly context: Context;
  readonly #operation: string;
  readonly #request: InferenceRequest;
  readonly #settings: InferenceSettings;
  readonly #instruments: Instruments | undefined;
  readonly #startMillis: number;
  readonly #recordContent: boolean;
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
    },
    instruments: Instruments | undefined,
    settings: InferenceSettings,
  ) {
    this.span = started.span;
    this.context = started.context;
    this.#operation = started.operation;
    this.#request = started.request;
    this.#settings = settings;
    this.#instruments = instruments;
    this.#startMillis = settings.clock.monotonicMillis();
    // Serialising content for a span nobody keeps would be the most expensive part of the call.
    this.#recordContent = settings.recordContent && started.span.isRecording();
  }

  /** Whether a stream decides when this call ends. */
  get streaming(): boolean {
    return this.#timing !== undefined;
  }

  recordInput(input: InferenceInput): void {
    if (this.#ended || !this.#recordContent) return;
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
      setIfKnown(this.span, ATTR_GEN_AI_RESPONSE_ID, id);
      if (model !== undefined) {
        this.#responseModel = model;
        this.span.setAttribute(ATTR_GEN_AI_RESPONSE_MODEL, model);
      }
      if (finishReasons !== undefined && finishReasons.length > 0) {
        this.#hasFinishReasons = true;
        this.span.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, [...finishReasons]);
      }
      if (usage !== undefined) this.#usage = mergeUsage(this.#usage, usage);
      if (outputMessages !== undefined && this.#recordContent)
        this.#content(ATTR_GEN_AI_OUTPUT_MESSAGES, outputMessages);
    } catch (error) {
      this.#settings.failures.report('recording the response of a model call', error);
    }
  }

  setAttributes(attributes: InferenceAttributes, extra?: Attributes): void {
    if (this.#ended) return;
    this.#settings.failures.guard('setting attributes of a model call', () => {
      setListed(this.span, attributes);
      if (extra !== undefined) setAllKnown(this.span, extra);
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
      if (!this.#timing.chunkArrived(now, this.#startMillis) || this.#instruments === undefined)
        return;
      this.#timing.flush(this.#instruments, this.#metricAttributes(), this.context);
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
      if (facts !== undefined) recordFailure(this.span, error, facts);
      this.#recordStream(facts !== undefined);
      this.#recordMeasurement(seconds, facts?.type);
    } catch (failure) {
      this.#settings.failures.report('recording the end of a model call', failure);
    }
    endSpan(this.span);
    this.#afterEnd?.();
  }

  #recordStream(failed: boolean): void {
    if (this.#timing === undefined) return;
    this.span.setAttribute(ATTR_LLM_OTEL_STREAM_OUTCOME, this.#streamOutcome);
    setIfKnown(
      this.span,
      ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
      this.#timing.secondsToFirstChunk,
    );
    // A stream that broke off has no reason of its own.
    if (failed && !this.#hasFinishReasons)
      this.span.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, ['error']);
  }

  #recordMeasurement(seconds: number, errorType: string | undefined): void {
    const { clock, prices } = this.#settings;
    const { provider, model = '' } = this.#request;
    const usage = this.#usage;
    let cost;
    if (usage !== undefined) {
      setUsageAttributes(this.span, usage);
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
      this.span.setAttribute(ATTR_LLM_OTEL_COST_MICRO_USD, cost.microUsd);
      this.span.setAttribute(ATTR_LLM_OTEL_COST_PRICE_TABLE, cost.priceTable);
    }
    const instruments = this.#instruments;
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
    this.span.setAttribute(name, safeJson(value));
  }
}
