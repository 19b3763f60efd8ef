// Limits seen on the span that arrives.
import type { Telemetry } from '@llm-otel/sdk';
import type { DecodedSpan } from '@llm-otel/testing';
import { type Link, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { type SinkOptions, startWithSink } from './start-with-sink.ts';

async function arrived(
  options: SinkOptions,
  record: (telemetry: Telemetry) => void,
): Promise<DecodedSpan | undefined> {
  const { telemetry, sink } = await startWithSink({ metrics: false, ...options });
  record(telemetry);
  await telemetry.forceFlush();
  return sink.spans[0];
}

/** A span with so many attributes, events and links; each event and link with three attributes. */
function spanWith(count: number): (telemetry: Telemetry) => void {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const attributes = { a: 1, b: 2, c: 3 };
  const links = numbers.map((index): Link => {
    const spanId = (index + 1).toString(16).padStart(16, '0');
    return { context: { traceId: 'a'.repeat(32), spanId, traceFlags: 1 }, attributes };
  });
  return (telemetry) => {
    const span = telemetry.tracer().startSpan('work', { links });
    for (const index of numbers) {
      span.addEvent(`event ${index}`, attributes);
      span.setAttribute(`key ${index}`, index);
    }
    expect(trace.isSpanContextValid(span.spanContext())).toBe(true);
    span.end();
  };
}

const limited: SinkOptions[] = [
  {
    environment: {
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '4',
      OTEL_SPAN_EVENT_COUNT_LIMIT: '3',
      OTEL_SPAN_LINK_COUNT_LIMIT: '2',
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '1',
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: '2',
    },
  },
  {
    spanLimits: {
      attributeCountLimit: 4,
      eventCountLimit: 3,
      linkCountLimit: 2,
      attributePerEventCountLimit: 1,
      attributePerLinkCountLimit: 2,
    },
    environment: { OTEL_SPAN_EVENT_COUNT_LIMIT: '64', OTEL_SPAN_LINK_COUNT_LIMIT: '32' },
  },
];

test.each(limited)('with %j a span keeps so much, and says how much it lost', async (options) => {
  const span = await arrived(options, spanWith(5));

  expect(Object.keys(span?.attributes ?? {})).toHaveLength(4);
  expect(span?.events).toHaveLength(3);
  expect(span?.links).toHaveLength(2);
  expect(span).toMatchObject({
    droppedAttributesCount: 1,
    droppedEventsCount: 2,
    droppedLinksCount: 3,
  });
  for (const event of span?.events ?? [])
    expect(event).toMatchObject({ attributes: { a: 1 }, droppedAttributesCount: 2 });
  for (const link of span?.links ?? [])
    expect(link).toMatchObject({ attributes: { a: 1, b: 2 }, droppedAttributesCount: 1 });
});

test('without a limit of its own a span keeps 128 of each', async () => {
  const span = await arrived({}, spanWith(130));

  expect(Object.keys(span?.attributes ?? {})).toHaveLength(128);
  expect(span?.events).toHaveLength(128);
  expect(span?.links).toHaveLength(128);
  expect(span).toMatchObject({
    droppedAttributesCount: 2,
    droppedEventsCount: 2,
    droppedLinksCount: 2,
  });
});
