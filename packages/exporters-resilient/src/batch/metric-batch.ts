import type { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { countDataPoints, type ResourceMetrics } from '../metrics/metric-types.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { cutRequest } from './cut-requests.ts';
import type { EncodedBatch } from './telemetry-batch.ts';

// Measured with counters of four attributes: about what a point and its attributes hold.
const BYTES_PER_POINT = 500;

/** One collection of metrics. Encoded at most once, however many destinations want OTLP. */
export class MetricBatch {
  readonly signal = 'metrics';
  readonly objects: readonly ResourceMetrics[];
  readonly items: number;
  readonly #encoder: MetricsEncoder;
  readonly #maxRequestBytes: number;
  #body: Uint8Array | undefined;

  constructor(metrics: ResourceMetrics, encoder: MetricsEncoder, maxRequestBytes: number) {
    this.objects = [metrics];
    this.items = countDataPoints(metrics);
    this.#encoder = encoder;
    this.#maxRequestBytes = maxRequestBytes;
  }

  get byteEstimate(): number {
    return this.items * BYTES_PER_POINT;
  }

  /** Throws what reading an attribute throws. */
  otlpRequests(): EncodedBatch {
    if (this.items === 0) return { requests: [], unreadable: 0 };
    this.#body ??= this.#encoder.encodeCopy(this.objects[0]!);
    const payload = RequestPayload.owned('metrics', { items: this.items, body: this.#body });
    return { requests: cutRequest(payload, this.#maxRequestBytes), unreadable: 0 };
  }

  handedOut(): void {
    // Its memory is its own.
  }
}
