// The SDK's shapes, written out. Both OpenTelemetry lines fit them, so no package has to import an SDK,
// and two installed copies of an SDK cannot disagree. Only members that both lines have are listed.
import type {
  Attributes,
  Context,
  HrTime,
  Link,
  Span,
  SpanContext,
  SpanKind,
  SpanStatus,
  TraceState,
} from '@opentelemetry/api';

export interface TimedEvent {
  readonly time: HrTime;
  readonly name: string;
  readonly attributes?: Attributes;
  readonly droppedAttributesCount?: number;
}

/** What made the telemetry: a service, a process, a host. */
export interface Resource {
  readonly attributes: Attributes;
  readonly schemaUrl?: string | undefined;
}

export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** An ended span as processors and exporters see it. Never mutated: a stage hands on a view of its own. */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: Link[];
  readonly events: TimedEvent[];
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** A span that is being recorded, as a processor sees it. */
export type RecordingSpan = Span & ReadableSpan;

export interface SpanProcessor {
  onStart(span: RecordingSpan, parentContext: Context): void;
  onEnding?(span: RecordingSpan): void;
  onEnd(span: ReadableSpan): void;
  /** Stock processors ignore the options of this and of `shutdown`. */
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

export interface TimeLimit {
  /** Longest time the call may take; what is not delivered by then is counted as dropped. */
  readonly timeoutMillis?: number | undefined;
}

/** `code` 0 is success, 1 is failure. */
export interface ExportResult {
  readonly code: 0 | 1;
  readonly error?: Error;
}

export interface SpanExporter {
  export(spans: ReadableSpan[], resultCallback: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** A log record as processors and exporters see it, of either line. Never mutated: a stage hands on a view of its own. */
export interface ReadableLogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?: SpanContext | undefined;
  readonly severityText?: string | undefined;
  /** 1 to 24. */
  readonly severityNumber?: number | undefined;
  /** AnyValue: text, a number, a list, a map, bytes. */
  readonly body?: unknown;
  readonly eventName?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly droppedAttributesCount: number;
}

/** Any stock or vendor exporter of log records fits. */
export interface LogRecordExporter {
  export(logs: ReadableLogRecord[], resultCallback: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** `decision`: 0 drop, 1 record only, 2 record and sample. */
export interface SamplingResult {
  readonly decision: 0 | 1 | 2;
  readonly attributes?: Readonly<Attributes>;
  readonly traceState?: TraceState;
}

export interface Sampler {
  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult;
  toString(): string;
}

/** A metric exporter as the SDK's periodic reader uses it. Any stock or vendor exporter fits. */
export interface MetricExporter {
  export(metrics: unknown, resultCallback: (result: ExportResult) => void): void;
  /** Stock exporters ignore the options of this and of `shutdown`. */
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
  /** 0 delta, 1 cumulative. */
  selectAggregationTemporality?(instrumentType: unknown): 0 | 1;
  // An AggregationOption of the SDK, made of its enums, which cannot be written out.
  // oxlint-disable-next-line typescript/no-explicit-any
  selectAggregation?(instrumentType: unknown): any;
}
