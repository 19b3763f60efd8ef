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

  recordException(exception: Exception): void {
    this.#error = exception;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const attributes = this.#translate(this.#written);
    if (this.#failed) this.#operation.fail(this.#error, attributes);
    else this.#operation.end(attributes);
  }
}
