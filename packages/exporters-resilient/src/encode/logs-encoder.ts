import type { ReadableLogRecord } from '@llm-otel/core';
import { GroupedEncoder } from './grouped-encoder.ts';

// Numbers and ids of a record that are written without a further look at the room.
const RECORD_ROOM = 96;

/**
 * Writes log records as an OTLP ExportLogsServiceRequest, in the field order of OpenTelemetry's own serializer, and
 * with it byte for byte the same.
 */
export class LogsEncoder extends GroupedEncoder<ReadableLogRecord> {
  protected override item(record: ReadableLogRecord): void {
    const { writer } = this;
    const { severityNumber, spanContext, body, attributes } = record;
    writer.room(RECORD_ROOM);
    writer.byte(0x12);
    const start = writer.open(2);
    writer.byte(0x09);
    writer.time(record.hrTime);
    if (severityNumber) {
      writer.byte(0x10);
      writer.varint(severityNumber);
    }
    this.#text(0x1a, record.severityText);
    // Where a value was left out stands a mark, and here how many there are.
    let leftOut = body === undefined ? 0 : this.attributes.anyValue(body, 0x2a);
    leftOut += this.attributes.attributes(attributes, 0x32);
    writer.room(RECORD_ROOM);
    writer.byte(0x38);
    writer.varint(record.droppedAttributesCount + leftOut);
    if (spanContext?.traceFlags) {
      writer.byte(0x45);
      writer.fixed32(spanContext.traceFlags);
    }
    if (spanContext?.traceId) {
      writer.byte(0x4a);
      writer.hex(spanContext.traceId);
      writer.room(RECORD_ROOM);
    }
    if (spanContext?.spanId) {
      writer.byte(0x52);
      writer.hex(spanContext.spanId);
      writer.room(RECORD_ROOM);
    }
    writer.byte(0x59);
    writer.time(record.hrTimeObserved);
    this.#text(0x62, record.eventName);
    writer.close(start, 2);
  }

  #text(tag: number, text: string | undefined): void {
    if (!text) return;
    const { writer } = this;
    writer.room(8);
    writer.byte(tag);
    writer.lengthAndText(text);
  }
}
