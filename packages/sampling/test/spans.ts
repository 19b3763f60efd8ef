// Ended spans as a stage sees them, without an SDK.
import { type Attributes, type SpanContext, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';

export const TRACE_IDS: readonly string[] = Array.from(
  { length: 8 },
  // The first digit of the randomness is the number: a ratio of 0.5 keeps the upper half.
  (_, at) => `0af7651916cd43dd84${(at * 2).toString(16)}000000000000${at + 1}`,
);

export interface SpanOptions {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly error?: boolean;
  /** Absent: a root. */
  readonly parent?: { readonly isRemote?: boolean; readonly traceFlags?: number };
  readonly context?: Partial<SpanContext>;
  /** Milliseconds since the epoch. */
  readonly start?: number;
  readonly end?: number;
  readonly service?: string;
}

let ids = 0;

/** A root where no parent is given. Not sampled, as a head sampler in front of a tail sampler leaves most. */
export function span({
  traceId = TRACE_IDS[7] ?? '',
  spanId = (++ids).toString(16).padStart(16, '0'),
  name = 'work',
  attributes = {},
  error = false,
  parent,
  context = {},
  start = 0,
  end = 1,
  service = 'desk',
}: SpanOptions = {}): ReadableSpan {
  const spanContext: SpanContext = { traceId, spanId, traceFlags: 0, ...context };
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => spanContext,
    ...(parent === undefined
      ? undefined
      : {
          parentSpanContext: {
            traceId,
            spanId: 'b7ad6b7169203331',
            traceFlags: parent.traceFlags ?? 0,
            isRemote: parent.isRemote ?? false,
          },
        }),
    startTime: hrTime(start),
    endTime: hrTime(end),
    duration: hrTime(end - start),
    status: { code: error ? 2 : 0 },
    attributes,
    links: [],
    events: [],
    ended: true,
    resource: { attributes: { 'service.name': service } },
    instrumentationScope: { name: 'test' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** A span with a local parent. */
export function child(options: SpanOptions = {}): ReadableSpan {
  return span({ parent: {}, ...options });
}

function hrTime(millis: number): [number, number] {
  return [Math.floor(millis / 1000), Math.round((millis % 1000) * 1e6)];
}
