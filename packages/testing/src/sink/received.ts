import type { DecodedLog } from '../otlp/decoded-log.ts';
import type { DecodedMetric } from '../otlp/decoded-metric.ts';
import type { DecodedSpan } from '../otlp/decoded-span.ts';
import type { DecodedRequest, OtlpEncoding, OtlpSignal } from '../otlp/decode-request.ts';

/** What became of a request. `aborted`: the client went away while sending it. */
export type RequestOutcome = 'received' | 'refused' | 'malformed' | 'hung' | 'reset' | 'aborted';

/** One HTTP request to the sink, whatever became of it. */
export interface SinkRequest {
  /** `undefined` for a path that is not OTLP's. */
  readonly signal: OtlpSignal | undefined;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** From `Content-Type`; `undefined` where that is something else. */
  readonly encoding: OtlpEncoding | undefined;
  /** From `Content-Encoding`: `identity`, `gzip`, `deflate`, `zstd` or what the client wrote. */
  readonly contentEncoding: string;
  /** Size of the body on the wire. */
  readonly wireBytes: number;
  /** Size after decompression; 0 where it could not be decompressed. */
  readonly bodyBytes: number;
  /** When the body was complete, in milliseconds since the Unix epoch. */
  readonly timeMillis: number;
  readonly outcome: RequestOutcome;
  /** The status answered; `undefined` where nothing was. */
  readonly status: number | undefined;
  /** Spans, data points or log records in the request, received or not. */
  readonly items: number;
}

/** A request that was not OTLP. Always a fault of the sender. */
export interface SinkError {
  /** Index into `requests`. */
  readonly request: number;
  readonly message: string;
}

/** Everything a sink was sent. */
export class Received {
  spans: DecodedSpan[] = [];
  metrics: DecodedMetric[] = [];
  logs: DecodedLog[] = [];
  requests: SinkRequest[] = [];
  errors: SinkError[] = [];
  unknownFields: string[] = [];
  duplicateSpans: DecodedSpan[] = [];
  #spanIds = new Set<string>();

  /** Keeps what `decoded` holds, without the last `rejected` items. */
  keep(decoded: DecodedRequest, rejected: number): void {
    for (const span of kept(decoded.spans, rejected)) {
      const id = `${span.traceId}:${span.spanId}`;
      if (this.#spanIds.has(id)) this.duplicateSpans.push(span);
      this.#spanIds.add(id);
      this.spans.push(span);
    }
    this.metrics.push(...kept(decoded.metrics, rejected));
    this.logs.push(...kept(decoded.logs, rejected));
  }

  clear(): void {
    this.spans = [];
    this.metrics = [];
    this.logs = [];
    this.requests = [];
    this.errors = [];
    this.unknownFields = [];
    this.duplicateSpans = [];
    this.#spanIds = new Set();
  }
}

function kept<T>(items: readonly T[], rejected: number): readonly T[] {
  return items.slice(0, Math.max(0, items.length - rejected));
}
