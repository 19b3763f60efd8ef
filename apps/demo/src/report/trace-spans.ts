import type { DecodedSpan } from '@llm-otel/testing';
import type { TraceSpan } from '../waterfall/trace-tree.ts';

const STATUS_ERROR = 2;

/** A received span in the form of the waterfall. */
export function toTraceSpan(span: DecodedSpan): TraceSpan {
  const { attributes, status } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    service: text(span.resource.attributes['service.name']) ?? 'unknown',
    startNanos: span.startTimeUnixNano,
    endNanos: span.endTimeUnixNano,
    attributes,
    error:
      status.code === STATUS_ERROR
        ? { type: text(attributes['error.type']) ?? '_OTHER', message: status.message ?? '' }
        : undefined,
    linkedSpanIds: span.links.map((link) => link.spanId),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
