import type { FailureLog, ReadableSpan } from '@llm-otel/core';
import type { LeasedBytes } from './encode/leased-bytes.ts';
import type { TraceEncoder } from './encode/trace-encoder.ts';
import { RequestPayload } from './otlp/request-payload.ts';
import { splitRequest } from './otlp/split-request.ts';
import { type Sensitivity, UNCLASSIFIED } from './spool/sensitivity.ts';

/** A batch encoded for OTLP: the requests, and how many of its spans could not be read. */
export interface EncodedBatch {
  readonly requests: readonly RequestPayload[];
  readonly unreadable: number;
}

interface Encoded {
  readonly whole: LeasedBytes;
  readonly unreadable: number;
}

/** Spans on their way to the destinations. Encoded at most once, however many of them want OTLP. */
export class SpanBatch {
  readonly spans: readonly ReadableSpan[];
  /** About what the spans take in memory. */
  readonly byteEstimate: number;
  /** Of every span in it. */
  readonly sensitivity: Sensitivity;
  readonly #encoder: TraceEncoder;
  readonly #maxRequestBytes: number;
  readonly #failures: FailureLog;
  #encoded: Encoded | undefined;

  constructor(
    spans: readonly ReadableSpan[],
    byteEstimate: number,
    encoder: TraceEncoder,
    maxRequestBytes: number,
    failures: FailureLog,
    sensitivity: Sensitivity = UNCLASSIFIED,
  ) {
    this.sensitivity = sensitivity;
    this.spans = spans;
    this.byteEstimate = byteEstimate;
    this.#encoder = encoder;
    this.#maxRequestBytes = maxRequestBytes;
    this.#failures = failures;
  }

  /** Requests of at most `maxRequestBytes`, unless a single span is larger. New payloads for every caller. */
  otlpRequests(): EncodedBatch {
    this.#encoded ??= this.#encode();
    const { whole, unreadable } = this.#encoded;
    const items = this.spans.length - unreadable;
    if (items === 0) return { requests: [], unreadable };
    const payload = RequestPayload.leased('traces', items, whole, this.sensitivity);
    return { requests: this.#cut(payload), unreadable };
  }

  #encode(): Encoded {
    let unreadable = 0;
    const whole = this.#encoder.encode(this.spans, (_span, error) => {
      unreadable++;
      this.#failures.report('encoding a span', error);
    });
    // The batch is a user of its own until every destination has had its turn.
    whole.use();
    return { whole, unreadable };
  }

  /** Every destination has the batch: the encoder may have its memory back once they are done. */
  handedOut(): void {
    this.#encoded?.whole.release();
  }

  #cut(payload: RequestPayload): RequestPayload[] {
    if (payload.byteLength <= this.#maxRequestBytes) return [payload];
    const parts = splitRequest(payload.body, 'traces');
    if (parts === undefined) return [payload];
    payload.release();
    return parts.flatMap((part) =>
      this.#cut(RequestPayload.owned('traces', part, this.sensitivity)),
    );
  }
}
