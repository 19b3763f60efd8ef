import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanRecorder } from '@llm-otel/testing';

/** The spans as lines: name and failure, indented below their parents, in the order they started. */
export function spanLines({ spans }: SpanRecorder): readonly string[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const parentOf = (span: ReadableSpan): string | undefined => {
    const parent = span.parentSpanContext?.spanId;
    return parent !== undefined && known.has(parent) ? parent : undefined;
  };
  const lines: string[] = [];
  const add = (parent: string | undefined, indent: string): void => {
    const children = spans.filter((span) => parentOf(span) === parent);
    for (const span of children.toSorted((a, b) => startOf(a) - startOf(b))) {
      lines.push(indent + lineOf(span));
      add(span.spanContext().spanId, `${indent}  `);
    }
  };
  add(undefined, '');
  return lines;
}

function startOf({ startTime: [seconds, nanos] }: ReadableSpan): number {
  return seconds * 1e3 + nanos / 1e6;
}

function lineOf({ name, status, attributes }: ReadableSpan): string {
  return status.code === SpanStatusCode.ERROR
    ? `${name} ! ${String(attributes['error.type'])}`
    : name;
}
