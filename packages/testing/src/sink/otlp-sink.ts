import type { DecodedLog } from '../otlp/decoded-log.ts';
import type { DecodedMetric } from '../otlp/decoded-metric.ts';
import type { DecodedSpan } from '../otlp/decoded-span.ts';
import type { AnswerFault, LostReplyFault } from './faults.ts';
import type { SinkError, SinkRequest } from './received.ts';

export interface OtlpSinkOptions {
  /** @defaultValue 0, a free port */
  readonly port?: number | undefined;
  /**
   * Largest body taken, compressed or not, in bytes; above it the answer is 413.
   * @defaultValue 20 MiB, as in the OpenTelemetry Collector
   */
  readonly maxBodyBytes?: number | undefined;
}

/** An OTLP/HTTP receiver on 127.0.0.1 that keeps what it is sent and fails on request. */
export interface OtlpSink extends AsyncDisposable {
  /** Base address, for `OTEL_EXPORTER_OTLP_ENDPOINT`. Stays the same over `stop()` and `start()`. */
  readonly url: string;
  readonly tracesUrl: string;
  readonly metricsUrl: string;
  readonly logsUrl: string;

  /** Received spans, in order of arrival, duplicates included. */
  readonly spans: readonly DecodedSpan[];
  readonly metrics: readonly DecodedMetric[];
  readonly logs: readonly DecodedLog[];
  /** Every request, also the ones that failed on purpose. */
  readonly requests: readonly SinkRequest[];
  /** Requests that were not OTLP. A test of an exporter expects this to be empty. */
  readonly errors: readonly SinkError[];
  /** Fields that OTLP does not have, as `Span#99`, once for each time they came. */
  readonly unknownFields: readonly string[];
  /** Spans whose trace and span id had been received before. */
  readonly duplicateSpans: readonly DecodedSpan[];

  /**
   * Resolves once `condition` is true, or that many spans are there.
   * @param timeoutMillis default 5000; then it rejects, saying what was received
   */
  waitFor(condition: number | ((sink: OtlpSink) => boolean), timeoutMillis?: number): Promise<void>;

  /** Answers the next requests with a status of your choice. */
  answer(fault: AnswerFault): void;
  /** Never answers the next requests. */
  hang(fault?: LostReplyFault): void;
  /** Destroys the socket under the next requests, once their body is complete. */
  reset(fault?: LostReplyFault): void;
  /** Delays every answer by so many milliseconds. The items count as received at once. */
  slow(delayMillis: number): void;
  /** Ends every fault. Requests that hang go on hanging. */
  recover(): void;

  /** Closes the port and all connections: connection refused. */
  stop(): Promise<void>;
  /** Opens the same port again. */
  start(): Promise<void>;

  /** Forgets what was received; faults stay. */
  clear(): void;
  /** Closes the sink for good. */
  close(): Promise<void>;
}
