import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  type SpanKind,
  type SpanOptions,
  trace,
} from '@opentelemetry/api';
import { type Clock, endSpan, FailureLog, startSpan, systemClock } from '@llm-otel/core';
import { type AgentScope, withAgentScope } from './agent-scope.ts';
import { safeJson } from './content/safe-json.ts';
import { describeError } from './error-facts.ts';
import { ATTR_ERROR_TYPE } from './generated/attributes.ts';
import type { MetricName } from './generated/metrics.ts';
import { recordFailure } from './record-failure.ts';
import type { Ending } from './run-inside.ts';
import { setIfKnown } from './set-if-known.ts';
import type { Signals } from './signals.ts';

export interface OperationStart {
  readonly name: string;
  readonly kind: SpanKind;
  /** Set at the start, for samplers. Others are cheaper afterwards, through `set`. */
  readonly attributes?: Attributes | undefined;
  readonly links?: Link[] | undefined;
  /** @defaultValue the active context */
  readonly parent?: Context | undefined;
  /** The scope that spans inside this one see. */
  readonly scope?: AgentScope | undefined;
  /** Histogram of the operation's duration in seconds, with its attributes; `error.type` is added. */
  readonly duration?: { readonly metric: MetricName; readonly attributes: Attributes } | undefined;
  /** Whether `setContent` records anything. @defaultValue false */
  readonly recordContent?: boolean | undefined;
}

const failures = new FailureLog();

/** A span of any operation, with its duration as a metric. It ends once. Tracers and processors that throw stay in here. */
export class Operation implements Ending {
  readonly span: Span;
  readonly context: Context;
  readonly #signals: Signals;
  readonly #clock: Clock;
  readonly #duration: OperationStart['duration'];
  readonly #recordContent: boolean;
  readonly #startMillis: number;
  #ended = false;

  constructor(start: OperationStart, signals: Signals, clock: Clock = systemClock) {
    const parent = start.parent ?? context.active();
    const { name, kind, attributes, links } = start;
    const options: SpanOptions = { kind };
    if (attributes !== undefined) options.attributes = attributes;
    if (links !== undefined) options.links = links;
    this.span = startSpan(signals.tracer, name, options, parent);
    const inside = trace.setSpan(parent, this.span);
    this.context = start.scope === undefined ? inside : withAgentScope(inside, start.scope);
    this.#signals = signals;
    this.#clock = clock;
    this.#duration = start.duration;
    this.#recordContent = start.recordContent === true && this.span.isRecording();
    this.#startMillis = start.duration === undefined ? 0 : clock.monotonicMillis();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sets an attribute that may have no value. */
  set(name: string, value: unknown): void {
    if (!this.#ended) setIfKnown(this.span, name, value);
  }

  /** Sets an attribute that holds content, as JSON text, where content is switched on. */
  setContent(name: string, value: unknown): void {
    if (this.#ended || !this.#recordContent || value === undefined) return;
    setIfKnown(this.span, name, safeJson(value));
  }

  /** Like `setContent`, for content that is plain text. */
  setText(name: string, text: string | undefined): void {
    if (this.#recordContent) this.set(name, text);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#recordDuration(undefined);
    endSpan(this.span);
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const facts = describeError(error, this.#clock.epochMillis());
    const { exceptions: signal, logger } = this.#signals;
    recordFailure(this.span, error, facts, { signal, logger, context: this.context });
    this.#recordDuration(facts.type);
    endSpan(this.span);
  }

  #recordDuration(errorType: string | undefined): void {
    const { instruments } = this.#signals;
    if (this.#duration === undefined || instruments === undefined) return;
    const { metric, attributes } = this.#duration;
    try {
      instruments.record(
        metric,
        (this.#clock.monotonicMillis() - this.#startMillis) / 1000,
        errorType === undefined ? attributes : { ...attributes, [ATTR_ERROR_TYPE]: errorType },
        this.context,
      );
    } catch (error) {
      failures.report('recording a duration', error);
    }
  }
}
