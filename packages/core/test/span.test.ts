// The helper and the pipeline's types against the SDK itself: what an application sees of a span.
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ReadableSpan, recordError, withSpan } from '@llm-otel/core';

const exporter = new InMemorySpanExporter();
let tracer: Tracer;

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager()));
afterAll(() => context.disable());
beforeEach(() => {
  exporter.reset();
  tracer = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    spanLimits: { attributeCountLimit: 3 },
  }).getTracer('test');
});

function spans(): Record<string, ReadableSpan> {
  return Object.fromEntries(exporter.getFinishedSpans().map((span) => [span.name, span]));
}

test('creation_basic: a span has a name, ids and the internal kind', () => {
  withSpan(tracer, 'work', {}, () => undefined);

  const { work } = spans();
  expect(work?.kind).toBe(SpanKind.INTERNAL);
  expect(work?.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(work?.spanContext().spanId).toMatch(/^[0-9a-f]{16}$/);
});

test('with_attributes: attributes of the options and of the work are both there', () => {
  withSpan(tracer, 'work', { attributes: { a: 1 } }, (span) => void span.setAttribute('b', ['x']));

  expect(spans()['work']?.attributes).toEqual({ a: 1, b: ['x'] });
});

test('with_events: events keep their order and their attributes', () => {
  withSpan(tracer, 'work', {}, (span) => void span.addEvent('first', { a: 1 }).addEvent('second'));

  const events = spans()['work']?.events ?? [];
  expect(events.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(events[0]?.attributes).toEqual({ a: 1 });
});

test('with_links: a link names the other span', () => {
  const other = tracer.startSpan('other').spanContext();

  withSpan(
    tracer,
    'work',
    { links: [{ context: other, attributes: { why: 'batch' } }] },
    () => undefined,
  );

  expect(spans()['work']?.links[0]).toMatchObject({ context: other, attributes: { why: 'batch' } });
});

test('set_status_ok: work that succeeds leaves the status to the application', () => {
  withSpan(tracer, 'unset', {}, () => undefined);
  withSpan(tracer, 'ok', {}, (span) => void span.setStatus({ code: 1 }));

  expect([spans()['unset']?.status.code, spans()['ok']?.status.code]).toEqual([0, 1]);
});

test('set_status_error: work that fails has the error status with the message', async () => {
  await withSpan(tracer, 'work', {}, () => Promise.reject(new Error('no'))).catch(() => undefined);

  expect(spans()['work']?.status).toEqual({ code: 2, message: 'no' });
});

test('record_exception: an error is an event with type, message and stack', () => {
  withSpan(tracer, 'work', {}, (span) => recordError(span, new TypeError('bad')));

  const [event] = spans()['work']?.events ?? [];
  expect(event?.attributes).toMatchObject({
    'exception.type': 'TypeError',
    'exception.message': 'bad',
  });
  expect(event?.attributes?.['exception.stacktrace']).toContain('span.test.ts');
});

test('parent_child_relationship: a span inside the work is a child', () => {
  withSpan(tracer, 'parent', {}, () => withSpan(tracer, 'child', {}, () => undefined));

  const { parent, child } = spans();
  expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId);
  expect(child?.spanContext().traceId).toBe(parent?.spanContext().traceId);
});

test('context_propagation: the context survives awaits, timers and parallel work', async () => {
  await withSpan(tracer, 'parent', {}, () =>
    Promise.all(
      ['a', 'b'].map(async (name) => {
        await new Promise((resolve) => void setImmediate(resolve));
        withSpan(tracer, name, {}, () => undefined);
      }),
    ),
  );

  const parent = spans()['parent']?.spanContext().spanId;
  expect([spans()['a'], spans()['b']].map((span) => span?.parentSpanContext?.spanId)).toEqual([
    parent,
    parent,
  ]);
});

test('context_propagation: baggage set before the work is there inside it', () => {
  const baggage = propagation.createBaggage({ user: { value: 'u-1' } });
  const parent = propagation.setBaggage(ROOT_CONTEXT, baggage);

  const inside = withSpan(tracer, 'work', { parent }, () => propagation.getActiveBaggage());

  expect(inside?.getEntry('user')?.value).toBe('u-1');
});

test.each(['INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const)(
  'kind_variants: a span can be of kind %s',
  (kind) => {
    withSpan(tracer, 'work', { kind: SpanKind[kind] }, () => undefined);

    expect(spans()['work']?.kind).toBe(SpanKind[kind]);
  },
);

test('timing_recorded: start, end and duration agree', () => {
  withSpan(tracer, 'work', { startTime: [1000, 0] }, (span) => span.end([1002, 500]));

  const work = spans()['work'];
  expect([work?.startTime, work?.endTime, work?.duration]).toEqual([
    [1000, 0],
    [1002, 500],
    [2, 500],
  ]);
});

test('attribute_limits: attributes beyond the limit are dropped and counted', () => {
  withSpan(tracer, 'work', { attributes: { a: 1, b: 2, c: 3, d: 4 } }, () => undefined);

  expect(Object.keys(spans()['work']?.attributes ?? {})).toEqual(['a', 'b', 'c']);
  expect(spans()['work']?.droppedAttributesCount).toBe(1);
});

test('context_propagation: one call is not the parent of the next', () => {
  withSpan(tracer, 'one', {}, () => undefined);
  withSpan(tracer, 'two', {}, () => undefined);

  expect(spans()['two']?.parentSpanContext).toBeUndefined();
  expect(trace.getActiveSpan()).toBeUndefined();
});
