import type { InstrumentationScope, ReadableSpan, Resource } from '@llm-otel/core';
import type { Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import { AttributeWriter } from './attribute-writer.ts';
import type { LeasedBytes } from './leased-bytes.ts';
import { ProtobufWriter, type ProtobufWriterOptions } from './protobuf-writer.ts';
import { writeResource, writeSchemaUrl, writeScope } from './resource-and-scope.ts';

// Numbers and text inside a span that are written without a further look at the room.
const SPAN_ROOM = 160;
const CONTEXT_HAS_IS_REMOTE = 0x100;
const CONTEXT_IS_REMOTE = 0x200;

/** Called for a span that cannot be written, because reading it throws. The others are not affected. */
export type OnUnreadable = (span: ReadableSpan, error: unknown) => void;

/**
 * Writes spans as an OTLP ExportTraceServiceRequest, in the field order of OpenTelemetry's own serializer,
 * and with it byte for byte the same. One instance per thread: its buffer and its keys are kept.
 */
export class TraceEncoder {
  readonly #writer: ProtobufWriter;
  readonly #attributes: AttributeWriter;

  constructor(options?: ProtobufWriterOptions) {
    this.#writer = new ProtobufWriter(options);
    this.#attributes = new AttributeWriter(this.#writer);
  }

  /** The request for `spans`, in memory that goes back to this encoder when it is released. */
  encode(spans: readonly ReadableSpan[], onUnreadable: OnUnreadable): LeasedBytes {
    this.#request(spans, onUnreadable);
    return this.#writer.lease();
  }

  /** The request for `spans`, in memory of its own. */
  encodeCopy(spans: readonly ReadableSpan[], onUnreadable: OnUnreadable): Uint8Array {
    this.#request(spans, onUnreadable);
    return this.#writer.copy();
  }

  #request(spans: readonly ReadableSpan[], onUnreadable: OnUnreadable): void {
    const writer = this.#writer;
    writer.restart();
    for (const [resource, scopes] of grouped(spans, onUnreadable)) {
      writer.room(16);
      const start = writer.position;
      writer.byte(0x0a);
      const resourceSpans = writer.open(4);
      try {
        writeResource(writer, this.#attributes, resource);
      } catch (error) {
        writer.position = start;
        for (const members of scopes.values())
          for (const span of members) onUnreadable(span, error);
        continue;
      }
      for (const [scope, members] of scopes) this.#scopeSpans(scope, members, onUnreadable);
      writeSchemaUrl(writer, resource.schemaUrl);
      writer.close(resourceSpans, 4);
    }
  }

  #scopeSpans(
    scope: InstrumentationScope,
    spans: readonly ReadableSpan[],
    onUnreadable: OnUnreadable,
  ): void {
    const writer = this.#writer;
    writer.room(16);
    const scopeStart = writer.position;
    writer.byte(0x12);
    const scopeSpans = writer.open(4);
    try {
      writeScope(writer, this.#attributes, scope);
    } catch (error) {
      writer.position = scopeStart;
      for (const span of spans) onUnreadable(span, error);
      return;
    }
    for (const span of spans) {
      const start = writer.position;
      try {
        this.#span(span);
      } catch (error) {
        writer.position = start;
        onUnreadable(span, error);
      }
    }
    writeSchemaUrl(writer, scope.schemaUrl);
    writer.close(scopeSpans, 4);
  }

  #span(span: ReadableSpan): void {
    const writer = this.#writer;
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
    this.#attributes.attributes(span.attributes, 0x4a);
    this.#count(0x50, span.droppedAttributesCount);
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
    const writer = this.#writer;
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
    const writer = this.#writer;
    writer.room(SPAN_ROOM);
    writer.byte(0x5a);
    const start = writer.open(1);
    writer.byte(0x09);
    writer.time(event.time);
    writer.byte(0x12);
    writer.lengthAndText(event.name);
    if (event.attributes !== undefined) this.#attributes.attributes(event.attributes, 0x1a);
    this.#count(0x20, event.droppedAttributesCount ?? 0);
    writer.close(start, 1);
  }

  #link(link: Link): void {
    const writer = this.#writer;
    writer.room(SPAN_ROOM);
    writer.byte(0x6a);
    const start = writer.open(1);
    this.#ids(link.context, 0x1a);
    if (link.attributes !== undefined) this.#attributes.attributes(link.attributes, 0x22);
    this.#count(0x28, link.droppedAttributesCount ?? 0);
    writer.byte(0x35);
    writer.fixed32(flagsOf(link.context, link.context));
    writer.close(start, 1);
  }

  #status(status: SpanStatus): void {
    const writer = this.#writer;
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
    const writer = this.#writer;
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

/** Spans by resource and scope, both by identity: an SDK has one object of each. */
function grouped(
  spans: readonly ReadableSpan[],
  onUnreadable: OnUnreadable,
): Map<Resource, Map<InstrumentationScope, ReadableSpan[]>> {
  const groups = new Map<Resource, Map<InstrumentationScope, ReadableSpan[]>>();
  for (const span of spans) {
    try {
      const { resource, instrumentationScope } = span;
      let scopes = groups.get(resource);
      if (scopes === undefined) groups.set(resource, (scopes = new Map()));
      const members = scopes.get(instrumentationScope);
      if (members === undefined) scopes.set(instrumentationScope, [span]);
      else members.push(span);
    } catch (error) {
      onUnreadable(span, error);
    }
  }
  return groups;
}
