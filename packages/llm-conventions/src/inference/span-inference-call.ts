import type { Attributes, Context, Span } from '@opentelemetry/api';
import { endSpan } from '@llm-otel/core';
import { aroundWork } from '../agent-scope.ts';
import { describeError, type ErrorFacts } from '../error-facts.ts';
import { ATTR_ERROR_TYPE, ATTR_LLM_OTEL_STREAM_OUTCOME } from '../generated/attributes.ts';
import type { LlmOtelStreamOutcomeValue } from '../generated/attribute-types.ts';
import {
  LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED,
  LLM_OTEL_STREAM_OUTCOME_VALUE_DROPPED,
  LLM_OTEL_STREAM_OUTCOME_VALUE_FAILED,
} from '../generated/values.ts';
import { recordFailure } from '../record-failure.ts';
import type { AttributeTarget } from '../set-if-known.ts';
import type { Signals } from '../signals.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import { answersBefore, usageOfLast, withLastAnswer } from './answers-of-stream.ts';
import { CallAnswer } from './call-answer.ts';
import { CallContent } from './call-content.ts';
import type { CallPlace } from './call-place.ts';
import type { CallDetails } from './call-details.ts';
import { CallUsage } from './call-usage.ts';
import type { Usage } from '../usage/usage.ts';
import { CallStream } from './call-stream.ts';
import { chunkReading } from './chunk-reading.ts';
import { clientMetricAttributes } from './inference-metrics.ts';
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
import { StreamOfCall } from './stream-of-call.ts';
import { recordCallEnd } from './record-call-end.ts';
import { setAllKnown, setListed } from './request-attributes.ts';

/** An {@link InferenceCall} over one span. Every way out leads through `#finish`, which runs once. */
export class SpanInferenceCall implements InferenceCall, Omit<ObservedCall, 'end'> {
  readonly span: Span;
  readonly #operation: string;
  readonly #request: InferenceRequest;
  readonly #settings: InferenceSettings;
  readonly #signals: Signals;
  readonly #details: CallDetails | undefined;
  readonly #context: Context;
  readonly #place: CallPlace;
  /** With the scope of the work; made when it is asked for. */
  #contextOfWork: Context | undefined;
  /** The span, or what sets attributes on it and keeps them for the event. */
  readonly #attributes: AttributeTarget;
  readonly #startMillis: number;
  readonly #content: CallContent;
  readonly #usage: CallUsage;
  readonly #answer: CallAnswer;
  #ended = false;
  #stream: CallStream | undefined;
  #used: Usage | undefined;
  #afterEnd: (() => void) | undefined;

  constructor(
    started: {
      readonly span: Span;
      /** The span is active in it. */
      readonly context: Context;
      readonly operation: string;
      readonly request: InferenceRequest;
      readonly details: CallDetails | undefined;
      readonly place: CallPlace;
    },
    signals: Signals,
    settings: InferenceSettings,
  ) {
    this.span = started.span;
    this.#operation = started.operation;
    this.#request = started.request;
    this.#settings = settings;
    this.#signals = signals;
    this.#details = started.details;
    this.#context = started.context;
    this.#place = started.place;
    this.#attributes = started.details ?? started.span;
    this.#startMillis = settings.clock.monotonicMillis();
    this.#usage = new CallUsage(settings.tokenizer, settings.failures);
    this.#answer = new CallAnswer(started.request, this.#attributes);
    this.#content = new CallContent(started.span, started.details, settings);
  }

  /** For the work that makes the call. */
  get context(): Context {
    return (this.#contextOfWork ??= aroundWork(this.#context, () => this.#place.around));
  }

  /** Whether a stream decides when this call ends. */
  get streaming(): boolean {
    return this.#stream !== undefined;
  }

  get recordsContent(): boolean {
    return !this.#ended && this.#content.recorded;
  }

  recordInput(input: InferenceInput): void {
    if (this.#ended) return;
    try {
      this.#usage.sent(input);
      this.#content.input(input);
    } catch (error) {
      this.#settings.failures.report('recording the input of a model call', error);
    }
  }

  recordResponse(recorded: InferenceResponse): void {
    if (this.#ended) return;
    try {
      const response = withLastAnswer(recorded);
      // Answers come as JSON, which has null where there is nothing.
      const before = answersBefore(response, this.#answer.tier);
      const usage = usageOfLast(response);
      const outputMessages = response.outputMessages ?? undefined;
      this.#answer.record(response);
      this.#place.answeredAs(response.id, response.model);
      if (usage !== undefined && response.answers === undefined) this.#usage.reportAll(usage);
      else if (usage !== undefined) this.#usage.report(usage);
      if (before.length > 0) {
        this.#usage.reportBefore(before);
        this.#place.answeredBefore(before);
      }
      if (response.attributes !== undefined) this.setAttributes(response.attributes);
      this.#answer.isThere = true;
      if (outputMessages === undefined) return;
      this.#usage.answered(outputMessages);
      this.#content.output(outputMessages);
    } catch (error) {
      this.#settings.failures.report('recording the response of a model call', error);
    }
  }

  setAttributes(attributes: InferenceAttributes, extra?: Attributes): void {
    if (this.#ended) return;
    this.#settings.failures.guard('setting attributes of a model call', () => {
      setListed(this.#attributes, attributes, this.#content.onSpan);
      this.#answer.noteTier(attributes);
      if (extra !== undefined) setAllKnown(this.#attributes, extra);
    });
  }

  stream<S extends StreamSource>(
    source: S,
    onChunk?: StreamFormat | ((chunk: ChunkOf<S>) => void),
    options: StreamOptions = {},
  ): S {
    const { failures, clock } = this.#settings;
    try {
      if (this.#ended || this.#stream !== undefined || !isStream(source)) return source;
      const content = this.#content.recorded || this.#usage.counts;
      const reading = chunkReading(
        onChunk,
        (error) => {
          if (this.#stream !== undefined) this.#stream.failedByChunk = true;
          this.fail(error);
        },
        { content, provider: this.#request.provider, isOneAnswer: options.isOneAnswer },
        failures,
      );
      this.#stream = new CallStream(reading, clock.monotonicMillis());
      const { reader, raw } = reading;
      const ofCall = new StreamOfCall(this, () => {
        const error = failures.guard('looking for the end of a stream', () =>
          raw() ? undefined : reader?.incomplete?.(),
        );
        if (error === undefined) this.#finish(undefined, undefined);
        else this.fail(error);
      });
      const { context } = this;
      return observeStream(source, ofCall, reading.onChunk, {
        ...options,
        failures,
        clock,
        context,
      });
    } catch (error) {
      // Not observed, as a stream that is locked: the end of the work is the end of the call again.
      this.#stream = undefined;
      failures.report('observing the stream of a model call', error);
      return source;
    }
  }

  end(): void {
    if (this.#stream !== undefined && !this.#ended) {
      this.#settings.tellOpenStream();
      this.#endStream(LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED);
    }
    this.#finish(undefined, undefined);
  }

  fail(error: unknown): void {
    this.#endStream(LLM_OTEL_STREAM_OUTCOME_VALUE_FAILED);
    this.#finish(error, describeError(error, this.#settings.clock.epochMillis()));
  }

  chunkArrived(): void {
    if (this.#ended || this.#stream === undefined) return;
    const { timing } = this.#stream;
    try {
      const now = this.#settings.clock.monotonicMillis();
      const { instruments } = this.#signals;
      if (!timing.chunkArrived(now, this.#startMillis) || instruments === undefined) return;
      // The same stream, seen inside, has its times there.
      if (this.#place.mayBeRepeated) timing.drop();
      else timing.flush(instruments, this.#metricAttributes(), this.#context);
    } catch (error) {
      this.#settings.failures.report('timing the chunks of a model call', error);
    }
  }

  cancelled(): void {
    // Nothing has come yet, so that there is no stream that could tell.
    if (this.#stream === undefined && !this.#ended)
      this.#attributes.setAttribute(
        ATTR_LLM_OTEL_STREAM_OUTCOME,
        LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED,
      );
    this.#endStream(LLM_OTEL_STREAM_OUTCOME_VALUE_CANCELLED);
    this.#finish(undefined, undefined);
  }

  /** Garbage is collected at some time: nothing has happened since the last chunk. */
  dropped(): void {
    this.#endStream(LLM_OTEL_STREAM_OUTCOME_VALUE_DROPPED);
    this.#finish(undefined, undefined, this.#stream?.lastMillis);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get isOpenInside(): boolean {
    return this.#place.isOpenInside;
  }

  whenEnded(callback: () => void): void {
    this.#afterEnd = callback;
  }

  /** `endMillis`: when it was over, where that is known only now. */
  #finish(error: unknown, facts: ErrorFacts | undefined, endMillis?: number): void {
    if (this.#ended) return;
    this.#readResponse();
    this.#ended = true;
    const nowMillis = this.#settings.clock.monotonicMillis();
    try {
      const seconds = ((endMillis ?? nowMillis) - this.#startMillis) / 1000;
      if (facts !== undefined) this.#recordFailure(error, facts);
      this.#stream?.record(this.#attributes, facts !== undefined, this.#answer.hasFinishReasons);
      this.#recordMeasurement(seconds, facts?.type);
      this.#details?.emit(this.#context);
    } catch (failure) {
      this.#settings.failures.report('recording the end of a model call', failure);
    }
    this.#place.close(this.#used);
    endSpan(this.span, nowMillis - (endMillis ?? nowMillis));
    this.#afterEnd?.();
  }

  #recordFailure(error: unknown, facts: ErrorFacts): void {
    const { exceptions: signal, logger } = this.#signals;
    recordFailure(this.span, error, facts, { signal, logger, context: this.#context });
    if (this.#details !== undefined) this.#details.setAttribute(ATTR_ERROR_TYPE, facts.type);
  }

  #endStream(outcome: LlmOtelStreamOutcomeValue): void {
    if (this.#stream !== undefined && !this.#ended) this.#stream.outcome = outcome;
  }

  #readResponse(): void {
    this.#settings.failures.guard('reading the response off a stream', () => {
      const response = this.#stream?.response();
      if (response !== undefined) this.recordResponse(response);
    });
  }

  #recordMeasurement(seconds: number, errorType: string | undefined): void {
    const ended = {
      span: this.span,
      context: this.#context,
      attributes: this.#attributes,
      operation: this.#operation,
      request: this.#request,
      responseModel: this.#answer.model,
      tier: this.#answer.tier,
      usage: this.#usage,
      place: this.#place,
      seconds,
      errorType,
      hasAnswered: this.#stream?.hasAnswered ?? this.#answer.isThere,
      timing: this.#stream?.timing,
    };
    this.#used = recordCallEnd(ended, this.#signals, this.#settings);
  }

  #metricAttributes(): Attributes {
    return clientMetricAttributes(this.#operation, this.#request, this.#answer.model);
  }
}
