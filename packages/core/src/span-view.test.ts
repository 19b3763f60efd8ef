import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import type { ReadableSpan } from './sdk-types.ts';
import { spanView } from './span-view.ts';

function endedSpans(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('test', '1.2.3');
  const root = tracer.startSpan('root', { attributes: { a: 1 } });
  root.addEvent('happened', { b: 2 });
  tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, root)).end();
  root.end();
  return exporter.getFinishedSpans();
}

const members = [
  'name',
  'kind',
  'startTime',
  'endTime',
  'status',
  'attributes',
  'links',
  'events',
  'duration',
  'ended',
  'resource',
  'instrumentationScope',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
  'parentSpanContext',
] as const;

test('a view without changes equals the span in every member', () => {
  for (const span of endedSpans()) {
    const view = spanView(span, {});

    for (const member of members) expect(view[member]).toBe(span[member]);
    expect(view.spanContext()).toBe(span.spanContext());
  }
});

test('a change shows in the view and leaves the span alone', () => {
  const [, root] = endedSpans() as [ReadableSpan, ReadableSpan];
  const context = { ...root.spanContext(), traceFlags: 1 };

  const view = spanView(root, { name: 'other', attributes: { a: 2 }, spanContext: () => context });

  expect([view.name, view.attributes, view.spanContext()]).toEqual(['other', { a: 2 }, context]);
  expect([root.name, root.attributes]).toEqual(['root', { a: 1 }]);
});

test('a root has no parent member and a child has one', () => {
  const [child, root] = endedSpans() as [ReadableSpan, ReadableSpan];

  expect('parentSpanContext' in spanView(root, {})).toBe(false);
  expect(spanView(child, {}).parentSpanContext?.spanId).toBe(root.spanContext().spanId);
});
