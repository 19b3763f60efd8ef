import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { ItemPriority } from '../batch/telemetry-batch.ts';
import { type ProtobufWriter, varintSize } from './protobuf-writer.ts';

/** Writes what is around the items of a resource or of a scope into the writer that has the items. Throws what reading it throws. */
export interface PartWriter {
  resource(resource: Resource): void;
  scope(scope: InstrumentationScope): void;
  schemaUrl(schemaUrl: string | undefined): void;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A message in front of others that belong to it. Before it is room for a tag and a length. */
interface Part extends Range {
  /** Comes behind the others. */
  readonly schemaUrl: string | undefined;
  /** It cannot be read: neither can what belongs to it. */
  readonly failure: { readonly error: unknown } | undefined;
}

interface ResourcePart extends Part {
  readonly scopes: Map<InstrumentationScope, ScopePart>;
}

/** The items of a scope. */
export interface ScopePart extends Part {
  /** Where they stand one behind the other: from, to, from, to. */
  readonly runs: number[];
  readonly priorities: ItemPriority[];
}

const RESOURCE_TAG = 0x0a;
const SCOPE_TAG = 0x12;
/** A tag and the longest length. */
const FRAME = 6;

/**
 * Where the parts of a request stand that is written item by item, whatever their order: by resource, by scope, both by identity, for
 * an SDK has one object of each; in the order in which they came first.
 */
export class RequestParts {
  readonly #source: ProtobufWriter;
  readonly #write: PartWriter;
  readonly #resources = new Map<Resource, ResourcePart>();
  // Most items have the scope of the one before.
  #lastResource: Resource | undefined;
  #lastScope: InstrumentationScope | undefined;
  #last: ScopePart | undefined;

  constructor(source: ProtobufWriter, write: PartWriter) {
    this.#source = source;
    this.#write = write;
  }

  /** The part that an item belongs to. Throws what reading its resource or its scope throws. */
  of(resource: Resource, scope: InstrumentationScope): ScopePart {
    if (this.#last !== undefined && resource === this.#lastResource && scope === this.#lastScope)
      return this.#last;
    const { scopes, failure } = this.#resourcePart(resource);
    if (failure !== undefined) throw failure.error;
    const part = this.#scopePart(scopes, scope);
    if (part.failure !== undefined) throw part.failure.error;
    this.#lastResource = resource;
    this.#lastScope = scope;
    return (this.#last = part);
  }

  /** An item of that part was written from there on. */
  wrote({ runs, priorities }: ScopePart, from: number, priority: ItemPriority): void {
    const to = this.#source.position;
    if (runs.at(-1) === from) runs[runs.length - 1] = to;
    else runs.push(from, to);
    priorities.push(priority);
  }

  /** Of the items, in the order in which they stand in the request. */
  priorities(): readonly ItemPriority[] {
    const all = this.#readable().map(({ priorities }) => priorities);
    return all.length === 1 ? all[0]! : all.flat();
  }

  /**
   * Where the request begins in the memory that has the items, and ends with it: nothing but what is in front of them is moved for it. Undefined
   * where they are not all of one scope.
   */
  inPlace(): number | undefined {
    const [resource, ...others] = this.#resources.values();
    const [scope, ...otherScopes] = resource?.scopes.values() ?? [];
    if (resource === undefined || scope === undefined) return undefined;
    if (others.length + otherScopes.length > 0 || scope.failure !== undefined) return undefined;
    const source = this.#source;
    this.#write.schemaUrl(scope.schemaUrl);
    const scopeAt = source.frameAt(SCOPE_TAG, source.position - scope.from, scope.from);
    this.#write.schemaUrl(resource.schemaUrl);
    const resourceFrom = scopeAt - (resource.to - resource.from);
    source.bytes.copyWithin(resourceFrom, resource.from, resource.to);
    return source.frameAt(RESOURCE_TAG, source.position - resourceFrom, resourceFrom);
  }

  /** Writes the request, all lengths of which are known by now. */
  copyTo(target: ProtobufWriter): void {
    for (const resource of this.#resources.values()) {
      if (resource.failure !== undefined) continue;
      const scopes = [...resource.scopes.values()].filter(({ failure }) => failure === undefined);
      const ends = scopes.map((scope) => this.#endOf(scope));
      const end = this.#endOf(resource);
      const sizes = scopes.map((scope, i) => sizeOf(scope) + runsSize(scope) + sizeOf(ends[i]!));
      const size = sizes.reduce(
        (sum, length) => sum + 1 + varintSize(length) + length,
        sizeOf(resource) + sizeOf(end),
      );
      target.room(size + FRAME);
      target.byte(RESOURCE_TAG);
      target.varint(size);
      this.#copy(target, resource);
      for (const [i, scope] of scopes.entries()) {
        target.byte(SCOPE_TAG);
        target.varint(sizes[i]!);
        this.#copy(target, scope);
        const { runs } = scope;
        for (let at = 0; at < runs.length; at += 2)
          this.#copy(target, { from: runs[at]!, to: runs[at + 1]! });
        this.#copy(target, ends[i]!);
      }
      this.#copy(target, end);
    }
  }

  restart(): void {
    this.#resources.clear();
    this.#lastResource = this.#lastScope = this.#last = undefined;
  }

  #readable(): ScopePart[] {
    const readable: ScopePart[] = [];
    for (const { scopes } of this.#resources.values())
      for (const part of scopes.values()) if (part.failure === undefined) readable.push(part);
    return readable;
  }

  #resourcePart(resource: Resource): ResourcePart {
    const known = this.#resources.get(resource);
    if (known !== undefined) return known;
    const message = this.#message(resource, () => this.#write.resource(resource));
    const part = { ...message, scopes: new Map<InstrumentationScope, ScopePart>() };
    this.#resources.set(resource, part);
    return part;
  }

  #scopePart(scopes: Map<InstrumentationScope, ScopePart>, scope: InstrumentationScope): ScopePart {
    const known = scopes.get(scope);
    if (known !== undefined) return known;
    const message = this.#message(scope, () => this.#write.scope(scope));
    const part: ScopePart = { ...message, runs: [], priorities: [] };
    scopes.set(scope, part);
    return part;
  }

  #message(owner: { readonly schemaUrl?: string | undefined }, write: () => void): Part {
    const source = this.#source;
    const start = source.position;
    try {
      source.room(FRAME);
      const from = source.open(FRAME) + FRAME;
      write();
      const { schemaUrl } = owner;
      return { from, to: source.position, schemaUrl, failure: undefined };
    } catch (error) {
      source.position = start;
      return { from: start, to: start, schemaUrl: undefined, failure: { error } };
    }
  }

  /** What comes behind everything that belongs to it. */
  #endOf({ schemaUrl }: Part): Range {
    const from = this.#source.position;
    this.#write.schemaUrl(schemaUrl);
    return { from, to: this.#source.position };
  }

  #copy(target: ProtobufWriter, { from, to }: Range): void {
    target.copyOf(this.#source.bytes, from, to);
  }
}

function sizeOf({ from, to }: Range): number {
  return to - from;
}

function runsSize({ runs }: ScopePart): number {
  let size = 0;
  for (let i = 0; i < runs.length; i += 2) size += runs[i + 1]! - runs[i]!;
  return size;
}
