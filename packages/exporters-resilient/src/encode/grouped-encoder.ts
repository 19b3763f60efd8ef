import type { InstrumentationScope, Resource } from '@llm-otel/core';
import { AttributeWriter } from './attribute-writer.ts';
import type { LeasedBytes } from './leased-bytes.ts';
import { ProtobufWriter, type ProtobufWriterOptions } from './protobuf-writer.ts';
import { writeResource, writeSchemaUrl, writeScope } from './resource-and-scope.ts';

/** A span or a log record: something that has a resource and a scope. */
export interface ScopedItem {
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/** Called for an item that cannot be written, because reading it throws. The others are not affected. */
export type OnUnreadable<T> = (item: T, error: unknown) => void;

/**
 * Writes items as an OTLP request: by resource, by scope, each as field 2 of its scope. One instance per thread:
 * its buffer and its keys are kept.
 */
export abstract class GroupedEncoder<T extends ScopedItem> {
  protected readonly writer: ProtobufWriter;
  protected readonly attributes: AttributeWriter;

  constructor(options?: ProtobufWriterOptions) {
    this.writer = new ProtobufWriter(options);
    this.attributes = new AttributeWriter(this.writer);
  }

  /** Writes one item with its tag in front. Throws what reading it throws. */
  protected abstract item(item: T): void;

  /**
   * The request for `items`, in memory that goes back to this encoder when it is released. `written`, where it is given, gets those that
   * are in it, in their order there.
   */
  encode(items: readonly T[], onUnreadable: OnUnreadable<T>, written?: T[]): LeasedBytes {
    this.#request(items, onUnreadable, written);
    return this.writer.lease();
  }

  /** The request for `items`, in memory of its own. */
  encodeCopy(items: readonly T[], onUnreadable: OnUnreadable<T>): Uint8Array {
    this.#request(items, onUnreadable);
    return this.writer.copy();
  }

  #request(items: readonly T[], onUnreadable: OnUnreadable<T>, written?: T[]): void {
    const { writer } = this;
    writer.restart();
    for (const [resource, scopes] of grouped(items, onUnreadable)) {
      writer.room(16);
      const start = writer.position;
      writer.byte(0x0a);
      const ofResource = writer.open(4);
      try {
        writeResource(writer, this.attributes, resource);
      } catch (error) {
        writer.position = start;
        for (const members of scopes.values())
          for (const member of members) onUnreadable(member, error);
        continue;
      }
      for (const [scope, members] of scopes) this.#ofScope(scope, members, onUnreadable, written);
      writeSchemaUrl(writer, resource.schemaUrl);
      writer.close(ofResource, 4);
    }
  }

  #ofScope(
    scope: InstrumentationScope,
    items: readonly T[],
    onUnreadable: OnUnreadable<T>,
    written: T[] | undefined,
  ): void {
    const { writer } = this;
    writer.room(16);
    const scopeStart = writer.position;
    writer.byte(0x12);
    const ofScope = writer.open(4);
    try {
      writeScope(writer, this.attributes, scope);
    } catch (error) {
      writer.position = scopeStart;
      for (const item of items) onUnreadable(item, error);
      return;
    }
    for (const item of items) {
      const start = writer.position;
      try {
        this.item(item);
        written?.push(item);
      } catch (error) {
        writer.position = start;
        onUnreadable(item, error);
      }
    }
    writeSchemaUrl(writer, scope.schemaUrl);
    writer.close(ofScope, 4);
  }
}

/** Items by resource and scope, both by identity: an SDK has one object of each. */
function grouped<T extends ScopedItem>(
  items: readonly T[],
  onUnreadable: OnUnreadable<T>,
): Map<Resource, Map<InstrumentationScope, T[]>> {
  const groups = new Map<Resource, Map<InstrumentationScope, T[]>>();
  for (const item of items) {
    try {
      const { resource, instrumentationScope } = item;
      let scopes = groups.get(resource);
      if (scopes === undefined) groups.set(resource, (scopes = new Map()));
      const members = scopes.get(instrumentationScope);
      if (members === undefined) scopes.set(instrumentationScope, [item]);
      else members.push(item);
    } catch (error) {
      onUnreadable(item, error);
    }
  }
  return groups;
}
