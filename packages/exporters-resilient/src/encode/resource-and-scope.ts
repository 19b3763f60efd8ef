import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { AttributeWriter } from './attribute-writer.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

/** Writes a Resource message as field 1. */
export function writeResource(
  writer: ProtobufWriter,
  attributes: AttributeWriter,
  resource: Resource,
): void {
  writer.room(16);
  writer.byte(0x0a);
  const start = writer.open(2);
  attributes.attributes(resource.attributes, 0x0a);
  writer.room(8);
  writer.byte(0x10); // dropped_attributes_count
  writer.byte(0);
  writer.close(start, 2);
}

/** Writes an InstrumentationScope message as field 1. */
export function writeScope(
  writer: ProtobufWriter,
  attributes: AttributeWriter,
  scope: InstrumentationScope,
): void {
  writer.room(16);
  writer.byte(0x0a);
  const start = writer.open(1);
  writer.byte(0x0a); // name
  writer.lengthAndText(scope.name);
  if (scope.version) {
    writer.room(8);
    writer.byte(0x12);
    writer.lengthAndText(scope.version);
  }
  if (scope.attributes !== undefined) attributes.attributes(scope.attributes, 0x1a);
  writer.close(start, 1);
}

/** Writes the schema URL as field 3, where there is one. */
export function writeSchemaUrl(writer: ProtobufWriter, schemaUrl: string | undefined): void {
  // Without types it may be anything.
  if (typeof schemaUrl !== 'string' || schemaUrl === '') return;
  writer.room(8);
  writer.byte(0x1a);
  writer.lengthAndText(schemaUrl);
}
