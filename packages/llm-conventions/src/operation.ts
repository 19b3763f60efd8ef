import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  type SpanOptions,
  trace,
} from '@opentelemetry/api';
import { type Clock, endSpan, FailureLog, startSpan, systemClock } from '@llm-otel/core';
import { type AgentScope, withAgentScope } from './agent-scope.ts';
import { safeJson } from './content/safe-json.ts';
import { describeError, type ErrorFacts } from './error-facts.ts';
import { ATTR_ERROR_TYPE } from './generated/attributes.ts';
import type { MetricName } from './generated/metrics.ts';
import type { OpenOperation, OperationRequest } from './operations/operation-request.ts';
import { recordFailure } from './record-failure.ts';
import { setIfKnown } from './set-if-known.ts';
import type { Signals } from './signals.ts';
import { knownOf, type SpanAttributes, type SpanType } from './typed-attributes.ts';

export interface OperationStart<S extends SpanType = SpanType> {
  /** What kind of span it is in the conventions. Without it, attributes go through `extra`. */
  readonly type?: S | undefined;
  readonly name: string;
  readonly kind?: SpanKind | undefined;
  /** Set at the start, for samplers. Others are cheaper afterwards, through `set`. */
  readonly attributes?: Attributes | undefined;
  /** Parent, links, and attributes that are set after those of the operation. */
  readonly request?: OperationRequest<S> | undefined;
  /** The scope that spans inside this one see. */
  readonly scope?: AgentScope | undefined;
  /** Histogram of the operation's duration in seconds, with its attributes; `error.type` is added. */
  readonly duration?: { readonly metric: MetricName; readonly attributes: Attributes } | undefined;
  /** Whether `setContent` records anything. @defaultValue false */
  readonly recordContent?: boolean | undefined;
}

const failures = new FailureLog();

/** A span of any operation, with its duration as a metric. It ends once. Tracers and processors that throw stay in here. */
export class Operation<S extends SpanType = SpanType> implements OpenOperation<S> {
  readonly span: Span;
  readonly context: Context;
  readonly #type: S | undefined;
  readonly #signals: Signals;
  readonly #clock: Clock;
  readonly #duration: OperationStart['duration'];
  readonly #recordContent: boolean;
  readonly #startMillis: number;
  #ended = false;
  /** How long ago it was over. */
  #millisAgo = 0;

  constructor(start: OperationStart<S>, signals: Signals, clock: Clock = systemClock) {
    const { name, kind = SpanKind.INTERNAL, attributes, request } = start;
    const parent = request?.parent ?? context.active();
    const options: SpanOptions = { kind };
    if (attributes !== undefined) options.attributes = attributes;
    if (request?.links !== undefined) options.links = request.links as Link[];
    this.span = startSpan(signals.tracer, name, options, parent);
    const inside = trace.setSpan(parent, this.span);
    this.context = start.scope === undefined ? inside : withAgentScope(inside, start.scope);
    this.#type = start.type;
    this.#signals = signals;
    this.#clock = clock;
    this.#duration = start.duration;
    this.#recordContent = start.recordContent === true && this.span.isRecording();
    this.#startMillis = start.duration === undefined ? 0 : clock.monotonicMillis();
    if (request?.attributes !== undefined || request?.extra !== undefined)
      this.setAttributes(request.attributes ?? {}, request.extra);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether `setContent` records anything. What is costly to make need not be made otherwise. */
  get recordsContent(): boolean {
    return this.#recordContent && !this.#ended;
  }

  /** Sets an attribute that may have no value. */
  set(name: string, value: unknown): void {
    if (!this.#ended) setIfKnown(this.span, name, value);
  }

  setAttributes(attributes: SpanAttributes<S>, extra?: Attributes): void {
    failures.guard('setting the attributes of an operation', () => {
      if (this.#type !== undefined)
        knownOf(this.#type).forEach(attributes, this.#recordContent, (name, value) => {
          this.set(name, value);
        });
      for (const name of Object.keys(extra ?? {})) this.set(name, extra?.[name]);
    });
  }

  /** Sets an attribute that holds content, as JSON text, where content is switched on. */
  setContent(name: string, value: unknown): void {
    if (!this.recordsContent || value === undefined) return;
    setIfKnown(this.span, name, safeJson(value));
  }

  /** Like `setContent`, for content that is plain text. */
  setText(name: string, text: string | undefined): void {
    if (this.recordsContent) this.set(name, text);
  }

  /** `result` is what the work answered; an operation may record it. */
  end(_result?: unknown): void {
    this.finish(undefined);
  }

  /** Ends it as of a time that is over: nothing has happened since. */
  endAsOf(millisAgo: number): void {
    this.#millisAgo = millisAgo;
    this.end();
  }

  fail(error: unknown): void {
    if (!this.#ended) this.failAs(error, describeError(error, this.#clock.epochMillis()));
  }

  /** Ends the span as failed, with what is known of the error. */
  protected failAs(error: unknown, facts: ErrorFacts): void {
    const { exceptions: signal, logger } = this.#signals;
    recordFailure(this.span, error, facts, { signal, logger, context: this.context });
    this.finish(facts.type);
  }

  /** Ends the span. `errorType` stands on the duration; the span has its own already. */
  protected finish(errorType: string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#recordDuration(errorType);
    endSpan(this.span, this.#millisAgo);
  }

  #recordDuration(errorType: string | undefined): void {
    const { instruments } = this.#signals;
    if (this.#duration === undefined || instruments === undefined) return;
    const { metric, attributes } = this.#duration;
    try {
      instruments.record(
        metric,
        (this.#clock.monotonicMillis() - this.#millisAgo - this.#startMillis) / 1000,
        errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType },
        this.context,
      );
    } catch (error) {
      failures.report('recording a duration', error);
    }
  }
}
