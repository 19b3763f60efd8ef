import {
  type Attributes,
  type AttributeValue,
  type Exception,
  type Span,
  type SpanContext,
  type SpanStatus,
  SpanStatusCode,
} from '@opentelemetry/api';
import type { TracedOperation } from './traced-operation.ts';

/** The span that version 6 of the AI SDK holds: what it writes is read when it ends, and recorded as an operation. */
export class AiSdkSpan implements Span {
  readonly #operation: TracedOperation;
  readonly #translate: (attributes: Attributes) => Attributes;
  readonly #written: Attributes;
  #error: unknown;
  #failed = false;
  #ended = false;

  constructor(
    operation: TracedOperation,
    written: Attributes,
    translate: (attributes: Attributes) => Attributes,
  ) {
    this.#operation = operation;
    this.#written = written;
    this.#translate = translate;
  }

  spanContext(): SpanContext {
    return this.#operation.span.spanContext();
  }

  isRecording(): boolean {
    return !this.#ended;
  }

  setAttribute(key: string, value: AttributeValue): this {
    this.#written[key] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    Object.assign(this.#written, attributes);
    return this;
  }

  /** Times that are attributes, too. */
  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  setStatus({ code, message }: SpanStatus): this {
    if (code === SpanStatusCode.ERROR) {
      this.#failed = true;
      this.#error ??= new Error(message ?? 'the call failed');
    }
    return this;
  }

  /** The AI SDK hands over what an error says, and not the error, which may be known by then. */
  recordException(exception: Exception): void {
    this.#error ??= typeof exception === 'object' ? errorOf(exception) : exception;
  }

  /** What is written is that of a call that failed: now, or as soon as the AI SDK ends the span. */
  partFailed(error: unknown): void {
    this.#error = error;
    this.#failed = true;
  }

  /** The AI SDK does not end the span of a stream that breaks. */
  broke(error: unknown): void {
    this.partFailed(error);
    this.end();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const attributes = this.#translate(this.#written);
    if (this.#failed) this.#operation.fail(this.#error, attributes);
    else this.#operation.end(attributes);
  }
}

function errorOf(exception: Exclude<Exception, string>): Error {
  const error = new Error(exception.message);
  if (exception.name !== undefined) error.name = exception.name;
  if (exception.stack !== undefined) error.stack = exception.stack;
  return error;
}
