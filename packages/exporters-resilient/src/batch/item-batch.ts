import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';
import { type BatchMaker, GrowingBatch } from './growing-batch.ts';
import type { EncodedBatch, Priorities } from './telemetry-batch.ts';

/** Spans or log records. Encoded at most once, however many destinations want OTLP. */
export class ItemBatch<S extends 'traces' | 'logs', T extends ScopedItem> {
  readonly signal: S;
  readonly objects: readonly T[];
  readonly byteEstimate: number;
  /** Of every item in it. */
  readonly sensitivity: Sensitivity;
  /** Of the objects. */
  readonly priorities: Priorities;
  readonly #maker: BatchMaker<S, T>;
  #encoded: GrowingBatch<T> | undefined;

  constructor(
    maker: BatchMaker<S, T>,
    objects: readonly T[],
    byteEstimate: number,
    sensitivity: Sensitivity = UNCLASSIFIED,
    priorities: Priorities = 1,
  ) {
    this.#maker = maker;
    this.signal = maker.signal;
    this.objects = objects;
    this.byteEstimate = byteEstimate;
    this.sensitivity = sensitivity;
    this.priorities = priorities;
  }

  get items(): number {
    return this.objects.length;
  }

  otlpRequests(): EncodedBatch {
    return (this.#encoded ??= this.#encode()).otlpRequests();
  }

  #encode(): GrowingBatch<T> {
    const { priorities } = this;
    const encoded = new GrowingBatch(this.#maker, this.sensitivity);
    encoded.add(this.objects, this.byteEstimate, (index) =>
      typeof priorities === 'number' ? priorities : (priorities[index] ?? 1),
    );
    return encoded;
  }

  /** The encoder may have its memory back once the destinations are done. */
  handedOut(): void {
    this.#encoded?.handedOut();
  }
}
