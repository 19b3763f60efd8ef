import type { ReadableLogRecord, ReadableSpan, Signal } from '@llm-otel/core';
import { isMixed, levelsOf, mostImportant } from '../batch/priorities.ts';
import type { ItemPriority, Priorities, TelemetryBatch } from '../batch/telemetry-batch.ts';
import type { Payload } from '../delivery/sender.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import { exportedObjects } from '../objects/exported-objects.ts';
import { RequestPayload } from '../otlp/request-payload.ts';

/** Spans, log records or one collection of metrics. */
type Objects = readonly unknown[];

/**
 * A batch on its way to an exporter: as the SDK's objects, as an encoded request where it has been in the spool or at
 * another destination before, or as both while it is new and there is a spool.
 */
export class ExporterPayload implements Payload {
  readonly signal: Signal;
  readonly items: number;
  readonly byteLength: number;
  readonly priority: ItemPriority;
  readonly isMixed: boolean;
  readonly #priorities: Priorities;
  readonly #request: RequestPayload | undefined;
  #objects: Objects | undefined;

  private constructor(
    signal: Signal,
    items: number,
    byteLength: number,
    objects: Objects | undefined,
    request: RequestPayload | undefined,
    priorities: Priorities = 1,
  ) {
    this.#priorities = priorities;
    this.priority = request?.priority ?? mostImportant(priorities);
    this.isMixed = request?.isMixed ?? isMixed(priorities);
    this.signal = signal;
    this.items = items;
    this.byteLength = byteLength;
    this.#objects = objects;
    this.#request = request;
  }

  static ofObjects(
    { signal, items, byteEstimate, priorities }: TelemetryBatch,
    objects: Objects,
  ): ExporterPayload {
    return new ExporterPayload(signal, items, byteEstimate, [...objects], undefined, priorities);
  }

  /** @param objects what the request was made of, where it was made of nothing else */
  static ofRequest(request: RequestPayload, objects?: Objects): ExporterPayload {
    const { signal, items, byteLength } = request;
    return new ExporterPayload(signal, items, byteLength, objects, request);
  }

  /** What `export` is called with, call by call. Undefined when it cannot be read. */
  calls(): readonly unknown[] | undefined {
    const { signal } = this;
    const calls = this.#objects
      ? [this.#objects]
      : this.#request && exportedObjects(signal, this.#request.body);
    // Metrics are exported a collection at a time, anything else as an array.
    return signal === 'metrics' ? calls?.flat() : calls;
  }

  /** As an encoded request, with how many of its items could not be read. Throws what reading a metric throws. */
  asRequest(): { readonly request: RequestPayload | undefined; readonly unreadable: number } {
    if (this.#request !== undefined) return { request: this.#request, unreadable: 0 };
    let unreadable = 0;
    const body = encoded(this.signal, this.#objects ?? [], () => unreadable++);
    const items = this.items - unreadable;
    const request = items === 0 ? undefined : RequestPayload.owned(this.signal, { items, body });
    return { request, unreadable };
  }

  byPriority(): readonly ExporterPayload[] {
    const priorities = this.#priorities;
    const objects = this.#objects;
    if (this.#request !== undefined)
      return this.#request.byPriority().map((part) => ExporterPayload.ofRequest(part));
    if (objects === undefined || typeof priorities === 'number') return [this];
    return levelsOf(priorities).map((level) => {
      const part = objects.filter((_, index) => priorities[index] === level);
      const bytes = (this.byteLength * part.length) / objects.length;
      return new ExporterPayload(this.signal, part.length, bytes, part, undefined, level);
    });
  }

  /** It has to wait: where there is a request, that is enough. */
  keep(): void {
    if (this.#request === undefined) return;
    this.#request.keep();
    this.#objects = undefined;
  }

  release(): void {
    this.#request?.release();
  }
}

function encoded(signal: Signal, objects: Objects, onUnreadable: () => void): Uint8Array {
  switch (signal) {
    case 'traces':
      return new TraceEncoder().encodeCopy(objects as readonly ReadableSpan[], onUnreadable);
    case 'logs':
      return new LogsEncoder().encodeCopy(objects as readonly ReadableLogRecord[], onUnreadable);
    default:
      return new MetricsEncoder().encodeCopy(objects[0] as ResourceMetrics);
  }
}
