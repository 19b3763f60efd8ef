import type { SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';

/** Names a span in a recording. */
export function spanKeyOf({ traceId, spanId }: SpanContext): string {
  return `${traceId}${spanId}`;
}

/** Names the process that a span is of. */
export function processOf({ resource: { attributes } }: ReadableSpan): string {
  return JSON.stringify([attributes['service.name'], attributes['service.instance.id']]);
}

/**
 * The span with an answer to whether its parent is remote. Where the recording has none (older exporters), it is when the
 * parent is of another process. One that is not in the recording, which may be cut off or filtered, counts as a caller that
 * has sampled nothing: otherwise each such span would keep its trace.
 * @param processes the process of a span by its key; `undefined` makes the parent remote
 */
export function withKnownParent(
  span: ReadableSpan,
  processes: (key: string) => string | undefined,
): ReadableSpan {
  const parent = span.parentSpanContext;
  if (parent === undefined || parent.isRemote !== undefined) return span;
  const process = processes(spanKeyOf(parent));
  const isRemote = process !== processOf(span);
  const traceFlags = process === undefined ? 0 : parent.traceFlags;
  return { ...span, parentSpanContext: { ...parent, isRemote, traceFlags } };
}
