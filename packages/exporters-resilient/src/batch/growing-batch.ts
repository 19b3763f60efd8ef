import type { FailureLog } from '@llm-otel/core';
import type { EncodedItems, GroupedEncoder, ScopedItem } from '../encode/grouped-encoder.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';
import { cutRequest } from './cut-requests.ts';
import type { EncodedBatch, ItemPriority } from './telemetry-batch.ts';

/** What batches of one signal are made with. */
export interface BatchMaker<S extends 'traces' | 'logs', T extends ScopedItem> {
  readonly signal: S;
  readonly encoder: GroupedEncoder<T>;
  readonly maxRequestBytes: number;
  readonly failures: FailureLog;
}

/**
 * Spans or log records that are encoded as they come, and not kept, until the batch is handed on: only one at a time with the
 * same encoder.
 */
export class GrowingBatch<T extends ScopedItem> {
  readonly signal: 'traces' | 'logs';
  readonly objects = undefined;
  readonly sensitivity: Sensitivity;
  readonly #maker: BatchMaker<'traces' | 'logs', T>;
  #items = 0;
  #unreadable = 0;
  #byteEstimate = 0;
  #isFinished = false;
  #encoded: EncodedItems | undefined;

  constructor(maker: BatchMaker<'traces' | 'logs', T>, sensitivity: Sensitivity = UNCLASSIFIED) {
    this.signal = maker.signal;
    this.sensitivity = sensitivity;
    this.#maker = maker;
    // One that was forgotten, or that nobody asked for its requests, leaves its items there.
    maker.encoder.restart();
  }

  /** Those that cannot be read as well. */
  get items(): number {
    return this.#items;
  }

  get byteEstimate(): number {
    return this.#byteEstimate;
  }

  add(
    items: readonly T[],
    byteEstimate: number,
    priorityAt: (index: number) => ItemPriority,
  ): void {
    const { encoder, failures, signal } = this.#maker;
    this.#byteEstimate += byteEstimate;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      this.#items++;
      try {
        encoder.add(item, priorityAt(index));
      } catch (error) {
        this.#unreadable++;
        failures.report(signal === 'traces' ? 'encoding a span' : 'encoding a log record', error);
      }
    }
  }

  /** New payloads for every caller. Nothing is added any more. */
  otlpRequests(): EncodedBatch {
    if (!this.#isFinished) {
      this.#isFinished = true;
      this.#encoded = this.#finish();
      if (this.#encoded === undefined) this.#unreadable = this.#items;
    }
    const unreadable = this.#unreadable;
    const items = this.#items - unreadable;
    if (this.#encoded === undefined || items === 0) return { requests: [], unreadable };
    const { bytes, priorities } = this.#encoded;
    const facts = { sensitivity: this.sensitivity, priorities };
    const payload = RequestPayload.leased(this.signal, items, bytes, facts);
    return { requests: cutRequest(payload, this.#maker.maxRequestBytes), unreadable };
  }

  #finish(): EncodedItems | undefined {
    const { encoder, failures } = this.#maker;
    return failures.guard('encoding a batch', () => {
      const encoded = encoder.finish();
      // The batch is a user of its own until every destination has had its turn.
      encoded.bytes.use();
      return encoded;
    });
  }

  /** Every destination has had its turn. */
  handedOut(): void {
    this.#encoded?.bytes.release();
  }
}
