import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { recordSignals } from '../../test/record-signals.ts';
import { borrowSpan } from './borrow-span.ts';

test('what is recorded goes on the span that is there; its name and its end stay those of its owner', () => {
  const { tracer, spans } = recordSignals();
  const owned = tracer.startSpan('owned');
  const link = { context: owned.spanContext() };

  const borrowed = borrowSpan(owned, tracer).startSpan('other', { attributes: { start: 1 } });
  const chained: Span = borrowed
    .setAttribute('one', 1)
    .setAttributes({ two: 2 })
    .addEvent('seen')
    .addLink(link)
    .addLinks([link])
    .setStatus({ code: SpanStatusCode.ERROR })
    .updateName('other');
  borrowed.recordException(new Error('no'));
  borrowed.end();

  expect(chained).toBe(borrowed);
  expect(borrowed.spanContext()).toEqual(owned.spanContext());
  expect(borrowed.isRecording()).toBe(true);
  expect(spans()).toEqual([]);
  owned.end();
  const [span] = spans();
  expect(span).toMatchObject({
    name: 'owned',
    attributes: { start: 1, one: 1, two: 2 },
    status: { code: SpanStatusCode.ERROR },
    links: [link, link],
  });
  expect(span?.events.map(({ name }) => name)).toEqual(['seen', 'exception']);
});

test('a span that is started with a callback is one of its own', () => {
  const { tracer, spans } = recordSignals();
  const owned = tracer.startSpan('owned');

  borrowSpan(owned, tracer).startActiveSpan('own', (span) => span.end());

  expect(spans().map(({ name }) => name)).toEqual(['own']);
});
