import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';

/** An ended span with these attributes and nothing else of note. */
export function readableSpan(attributes: Attributes): ReadableSpan {
  return {
    name: 'chat',
    kind: 2,
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
    startTime: [0, 0],
    endTime: [1, 0],
    status: { code: 0 },
    attributes,
    links: [],
    events: [],
    duration: [1, 0],
    ended: true,
    resource: { attributes: {} },
    instrumentationScope: { name: 'test' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
