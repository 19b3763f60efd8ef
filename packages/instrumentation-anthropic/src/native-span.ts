import type { Attributes, AttributeValue, Span, SpanStatus, TimeInput } from '@opentelemetry/api';
import { endSpan } from '@llm-otel/core';
import { noteOwnCall } from '@llm-otel/llm-conventions/client';
import { SpanSide } from './span-side.ts';
import { toldByClient, type ToldByClient } from './told-by-client.ts';

/**
 * The span that the client has started for a call, as the client holds it. Until the call is observed it is that span.
 * From then on the client still writes its attributes, but name, status, error type and end are up to our call.
 */
export class NativeSpan extends SpanSide {
  /** The span as our call holds it. */
  readonly ours: Span;
  #observed = false;
  #clientIsDone = false;
  #tell: ((told: ToldByClient) => void) | undefined;
  readonly #written: Attributes = {};

  constructor(span: Span) {
    super(span);
    this.ours = new OurSide(span, () => this.#clientIsDone);
  }

  /** The call that has `span` ends it from now on. Nothing, where that is another span. */
  leaveTo(span: Span): void {
    if (span !== this.ours && span !== this.span) return;
    this.#observed = true;
    // Span processors see the one inside.
    noteOwnCall(this.span);
  }

  /**
   * Calls back once, with what the client has written of the answer, when the client ends the span. Until then the
   * span is one to write to, also where nobody records it: to others the client tells nothing.
   */
  whenClientIsDone(tell: (told: ToldByClient) => void): void {
    this.#tell = tell;
  }

  override isRecording(): boolean {
    return this.#tell !== undefined || super.isRecording();
  }

  override setStatus(status: SpanStatus): this {
    return this.#observed ? this : super.setStatus(status);
  }

  override setAttribute(key: string, value: AttributeValue): this {
    if (this.#tell !== undefined) this.#written[key] = value;
    const isOurs = this.#observed && key === 'error.type';
    return isOurs || !super.isRecording() ? this : super.setAttribute(key, value);
  }

  override setAttributes(attributes: Attributes): this {
    return super.isRecording() ? super.setAttributes(attributes) : this;
  }

  override updateName(name: string): this {
    return this.#observed ? this : super.updateName(name);
  }

  override end(time?: TimeInput): void {
    this.#clientIsDone = true;
    const tell = this.#tell;
    this.#tell = undefined;
    tell?.(toldByClient(this.#written));
    if (!this.#observed) super.end(time);
  }
}

class OurSide extends SpanSide {
  readonly #clientIsDone: () => boolean;

  constructor(span: Span, clientIsDone: () => boolean) {
    super(span);
    this.#clientIsDone = clientIsDone;
  }

  override end(time?: TimeInput): void {
    if (this.#clientIsDone()) super.end(time);
    // The client hears of the same end in a moment, and has attributes to write then.
    else queueMicrotask(() => endSpan(this.span));
  }
}
