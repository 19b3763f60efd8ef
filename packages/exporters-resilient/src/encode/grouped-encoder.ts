import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { ItemPriority } from '../batch/telemetry-batch.ts';
import { AttributeWriter } from './attribute-writer.ts';
import type { LeasedBytes } from './leased-bytes.ts';
import { ProtobufWriter, type ProtobufWriterOptions } from './protobuf-writer.ts';
import { RequestParts } from './request-parts.ts';
import { writeResource, writeSchemaUrl, writeScope } from './resource-and-scope.ts';

/** A span or a log record: something that has a resource and a scope. */
export interface ScopedItem {
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/** Called for an item that cannot be written, because reading it throws. The others are not affected. */
export type OnUnreadable<T> = (item: T, error: unknown) => void;

/** A request, and of its items, in their order there, what they were added with. */
export interface EncodedItems {
  readonly bytes: LeasedBytes;
  readonly priorities: readonly ItemPriority[];
}

/**
 * Writes items as an OTLP request: by resource, by scope, each as field 2 of its scope. Item by item, as they come, or all at once. One
 * instance per thread, for one request at a time: its buffers and its keys are kept.
 */
export abstract class GroupedEncoder<T extends ScopedItem> {
  /** Has the items, and what is around them, in the order in which they come. */
  protected readonly writer: ProtobufWriter;
  protected readonly attributes: AttributeWriter;
  readonly #parts: RequestParts;
  /** Has the request, where its items are of several scopes. */
  readonly #request: ProtobufWriter;

  constructor(options?: ProtobufWriterOptions) {
    const writer = (this.writer = new ProtobufWriter(options));
    const attributes = (this.attributes = new AttributeWriter(writer));
    this.#request = new ProtobufWriter(options);
    this.#parts = new RequestParts(writer, {
      resource: (resource) => writeResource(writer, attributes, resource),
      scope: (scope) => writeScope(writer, attributes, scope),
      schemaUrl: (schemaUrl) => writeSchemaUrl(writer, schemaUrl),
    });
  }

  /** Writes one item with its tag in front. Throws what reading it throws. */
  protected abstract item(item: T): void;

  /** Writes one item more of a request that {@link finish} ends. Throws what reading it throws; nothing is written of it then. */
  add(item: T, priority: ItemPriority = 1): void {
    const { writer } = this;
    const part = this.#parts.of(item.resource, item.instrumentationScope);
    const start = writer.position;
    try {
      this.item(item);
    } catch (error) {
      writer.position = start;
      throw error;
    }
    this.#parts.wrote(part, start, priority);
  }

  /** The request for what was added since the last one, in memory that goes back to this encoder when it is released. */
  finish(): EncodedItems {
    try {
      const priorities = this.#parts.priorities();
      const { writer, from } = this.#whole();
      return { bytes: writer.lease(from), priorities };
    } finally {
      this.restart();
    }
  }

  /** Forgets what was added since the last request. */
  restart(): void {
    this.writer.restart();
    this.#parts.restart();
  }

  /** The request for `items`, as {@link finish} has it. */
  encode(items: readonly T[], onUnreadable: OnUnreadable<T>): LeasedBytes {
    this.#addAll(items, onUnreadable);
    return this.finish().bytes;
  }

  /** The request for `items`, in memory of its own. */
  encodeCopy(items: readonly T[], onUnreadable: OnUnreadable<T>): Uint8Array {
    this.#addAll(items, onUnreadable);
    const { writer, from } = this.#whole();
    const bytes = writer.copy(from);
    this.restart();
    return bytes;
  }

  #addAll(items: readonly T[], onUnreadable: OnUnreadable<T>): void {
    this.restart();
    for (const item of items) {
      try {
        this.add(item);
      } catch (error) {
        onUnreadable(item, error);
      }
    }
  }

  /** Who has the whole request, and from where on. */
  #whole(): { readonly writer: ProtobufWriter; readonly from: number } {
    const from = this.#parts.inPlace();
    if (from !== undefined) return { writer: this.writer, from };
    this.#request.restart();
    this.#parts.copyTo(this.#request);
    return { writer: this.#request, from: 0 };
  }
}
