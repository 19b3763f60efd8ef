import type { FailureLog } from '@llm-otel/core';
import type { GroupedEncoder, ScopedItem } from '../encode/grouped-encoder.ts';
import type { LeasedBytes } from '../encode/leased-bytes.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';
import { cutRequest } from './cut-requests.ts';
import type { EncodedBatch, Priorities } from './telemetry-batch.ts';

interface Encoded {
  readonly whole: LeasedBytes;
  readonly unreadable: number;
  /** In the order of the encoded items. */
  readonly priorities: Priorities | undefined;
}

/** Spans or log records. Encoded at most once, however many destinations want OTLP. */
export class ItemBatch<S extends 'traces' | 'logs', T extends ScopedItem> {
  readonly signal: S;
  readonly objects: readonly T[];
  readonly byteEstimate: number;
  /** Of every item in it. */
  readonly sensitivity: Sensitivity;
  /** Of the objects. Set by whoever makes it. */
  priorities: Priorities | undefined;
  readonly #encoder: GroupedEncoder<T>;
  readonly #maxRequestBytes: number;
  readonly #failures: FailureLog;
  #encoded: Encoded | undefined;

  constructor(
    signal: S,
    objects: readonly T[],
    byteEstimate: number,
    encoder: GroupedEncoder<T>,
    maxRequestBytes: number,
    failures: FailureLog,
    sensitivity: Sensitivity = UNCLASSIFIED,
  ) {
    this.sensitivity = sensitivity;
    this.signal = signal;
    this.objects = objects;
    this.byteEstimate = byteEstimate;
    this.#encoder = encoder;
    this.#maxRequestBytes = maxRequestBytes;
    this.#failures = failures;
  }

  get items(): number {
    return this.objects.length;
  }

  otlpRequests(): EncodedBatch {
    this.#encoded ??= this.#encode();
    const { whole, unreadable, priorities } = this.#encoded;
    const items = this.items - unreadable;
    if (items === 0) return { requests: [], unreadable };
    const payload = RequestPayload.leased(this.signal, items, whole, {
      sensitivity: this.sensitivity,
      priorities,
    });
    return { requests: cutRequest(payload, this.#maxRequestBytes), unreadable };
  }

  #encode(): Encoded {
    let unreadable = 0;
    const what = this.signal === 'traces' ? 'encoding a span' : 'encoding a log record';
    const written: T[] = [];
    const whole = this.#encoder.encode(
      this.objects,
      (_item, error) => {
        unreadable++;
        this.#failures.report(what, error);
      },
      typeof this.priorities === 'object' ? written : undefined,
    );
    // The batch is a user of its own until every destination has had its turn.
    whole.use();
    return { whole, unreadable, priorities: this.#prioritiesOf(written) };
  }

  /** Items are written by resource and scope, not as they came. */
  #prioritiesOf(written: readonly T[]): Priorities | undefined {
    const { priorities } = this;
    if (typeof priorities !== 'object') return priorities;
    const byItem = new Map(this.objects.map((item, index) => [item, priorities[index] ?? 1]));
    return written.map((item) => byItem.get(item) ?? 1);
  }

  /** The encoder may have its memory back once the destinations are done. */
  handedOut(): void {
    this.#encoded?.whole.release();
  }
}
