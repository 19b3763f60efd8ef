import type { Signal } from '@llm-otel/core';
import { isMixed, levelsOf, mostImportant } from '../batch/priorities.ts';
import type { ItemPriority, Priorities } from '../batch/telemetry-batch.ts';
import type { Payload } from '../delivery/sender.ts';
import type { LeasedBytes } from '../encode/leased-bytes.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';
import { firstHalf, partOf, type RequestPart } from './split-request.ts';

/** What is known of the items of a request beside their bytes. */
export interface RequestFacts {
  /** Of all of them. @defaultValue `internal` */
  readonly sensitivity?: Sensitivity | undefined;
  /** In the order in which they stand in the request. @defaultValue 1 */
  readonly priorities?: Priorities | undefined;
}

/** An encoded OTLP request on its way to one destination. */
export class RequestPayload implements Payload {
  readonly signal: Signal;
  readonly items: number;
  readonly byteLength: number;
  readonly sensitivity: Sensitivity;
  readonly priority: ItemPriority;
  readonly #priorities: readonly ItemPriority[] | undefined;
  readonly #source: LeasedBytes | Uint8Array;

  private constructor(
    signal: Signal,
    items: number,
    source: LeasedBytes | Uint8Array,
    { sensitivity = UNCLASSIFIED, priorities = 1 }: RequestFacts = {},
  ) {
    this.signal = signal;
    this.sensitivity = sensitivity;
    this.items = items;
    this.priority = mostImportant(priorities);
    if (typeof priorities === 'object' && isMixed(priorities)) this.#priorities = priorities;
    this.#source = source;
    this.byteLength = this.body.length;
  }

  /** A payload that shares memory with the encoder until it has to wait. */
  static leased(
    signal: Signal,
    items: number,
    bytes: LeasedBytes,
    facts?: RequestFacts,
  ): RequestPayload {
    bytes.use();
    return new RequestPayload(signal, items, bytes, facts);
  }

  static owned(signal: Signal, { items, body }: RequestPart, facts?: RequestFacts): RequestPayload {
    return new RequestPayload(signal, items, body, facts);
  }

  get body(): Uint8Array {
    return this.#source instanceof Uint8Array ? this.#source : this.#source.bytes;
  }

  get isMixed(): boolean {
    return this.#priorities !== undefined;
  }

  /** A request of the spans, log records or metrics that `keep` says, by their number in this one. */
  part(keep: (index: number) => boolean): RequestPayload {
    const { signal, sensitivity } = this;
    const priorities = this.#priorities?.filter((_, index) => keep(index)) ?? this.priority;
    const part = partOf(this.body, signal, keep);
    return new RequestPayload(signal, part.items, part.body, { sensitivity, priorities });
  }

  /** Two of about the same size. Undefined when there is only one item. */
  halves(): readonly [RequestPayload, RequestPayload] | undefined {
    const border = firstHalf(this.body);
    return border === undefined
      ? undefined
      : [this.part((index) => index < border), this.part((index) => index >= border)];
  }

  byPriority(): readonly RequestPayload[] {
    const priorities = this.#priorities;
    if (priorities === undefined) return [this];
    const parts = levelsOf(priorities).map((level) =>
      this.part((index) => priorities[index] === level),
    );
    this.release();
    return parts;
  }

  keep(): void {
    if (!(this.#source instanceof Uint8Array)) this.#source.keep();
  }

  release(): void {
    if (!(this.#source instanceof Uint8Array)) this.#source.release();
  }
}
