import type { ReadableSpan } from '@llm-otel/core';
import type { Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import { GroupedEncoder } from './grouped-encoder.ts';

// Numbers and text inside a span that are written without a further look at the room.
const SPAN_ROOM = 160;
const CONTEXT_HAS_IS_REMOTE = 0x100;
const CONTEXT_IS_REMOTE = 0x200;

/**
 * Writes spans as an OTLP ExportTraceServiceRequest, in the field order of OpenTelemetry's own serializer,
 * and with it byte for byte the same.
 */
export class TraceEncoder extends GroupedEncoder<ReadableSpan> {
  protected override item(span: ReadableSpan): void {
    const { writer } = this;
    const context = span.spanContext();
    const parent = span.parentSpanContext;
    writer.room(SPAN_ROOM);
    writer.byte(0x12);
    const start = writer.open(2);
    this.#ids(context, 0x1a);
    if (parent?.spanId) {
      writer.byte(0x22);
      writer.hex(parent.spanId);
    }
    writer.room(SPAN_ROOM);
    writer.byte(0x2a);
    writer.lengthAndText(span.name);
    writer.room(SPAN_ROOM);
    writer.byte(0x30);
    writer.varint(span.kind + 1);
    writer.byte(0x39);
    writer.time(span.startTime);
    writer.byte(0x41);
    writer.time(span.endTime);
    // Where a value was left out stands a mark, and here how many there are.
    const leftOut = this.attributes.attributes(span.attributes, 0x4a);
    this.#count(0x50, span.droppedAttributesCount + leftOut);
    for (const event of span.events) this.#event(event);
    this.#count(0x60, span.droppedEventsCount);
    for (const link of span.links) this.#link(link);
    this.#count(0x70, span.droppedLinksCount);
    this.#status(span.status);
    writer.room(SPAN_ROOM);
    writer.byte(0x85);
    writer.byte(0x01);
    writer.fixed32(flagsOf(context, parent));
    writer.close(start, 2);
  }

  /** Trace id as field 1, span id as field 2, trace state under `traceStateTag`. */
  #ids(context: SpanContext, traceStateTag: number): void {
    const { writer } = this;
    writer.byte(0x0a);
    writer.hex(context.traceId);
    writer.room(8);
    writer.byte(0x12);
    writer.hex(context.spanId);
    const traceState = context.traceState?.serialize();
    writer.room(SPAN_ROOM);
    if (!traceState) return;
    writer.byte(traceStateTag);
    writer.lengthAndText(traceState);
    writer.room(SPAN_ROOM);
  }

  #event(event: ReadableSpan['events'][number]): void {
    const { writer } = this;
    writer.room(SPAN_ROOM);
    writer.byte(0x5a);
    const start = writer.open(1);
    writer.byte(0x09);
    writer.time(event.time);
    writer.byte(0x12);
    writer.lengthAndText(event.name);
    const { attributes, droppedAttributesCount = 0 } = event;
    const leftOut = attributes === undefined ? 0 : this.attributes.attributes(attributes, 0x1a);
    this.#count(0x20, droppedAttributesCount + leftOut);
    writer.close(start, 1);
  }

  #link(link: Link): void {
    const { writer } = this;
    writer.room(SPAN_ROOM);
    writer.byte(0x6a);
    const start = writer.open(1);
    this.#ids(link.context, 0x1a);
    const { attributes, droppedAttributesCount = 0 } = link;
    const leftOut = attributes === undefined ? 0 : this.attributes.attributes(attributes, 0x22);
    this.#count(0x28, droppedAttributesCount + leftOut);
    writer.byte(0x35);
    writer.fixed32(flagsOf(link.context, link.context));
    writer.close(start, 1);
  }

  #status(status: SpanStatus): void {
    const { writer } = this;
    writer.room(SPAN_ROOM);
    writer.byte(0x7a);
    const start = writer.open(1);
    if (status.message) {
      writer.byte(0x12);
      writer.lengthAndText(status.message);
      writer.room(8);
    }
    writer.byte(0x18);
    writer.varint(status.code);
    writer.close(start, 1);
  }

  #count(tag: number, count: number): void {
    const { writer } = this;
    writer.room(SPAN_ROOM);
    writer.byte(tag);
    writer.varint(count);
  }
}

function flagsOf(context: SpanContext, remote: SpanContext | undefined): number {
  return (
    (context.traceFlags & 0xff) |
    CONTEXT_HAS_IS_REMOTE |
    (remote?.isRemote === true ? CONTEXT_IS_REMOTE : 0)
  );
}
