import assert from 'node:assert/strict';
import { recordError, withSpan } from '@llm-otel/core';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

// Asked for each time: a tracer stays with the provider that was registered when it was first used.
const tracer = (): Tracer => trace.getTracer('app');

test('creation_basic: a span has a name, ids and the internal kind', async () => {
  const { spans } = await observed({}, () => withSpan(tracer(), 'work', {}, () => undefined));

  const work = spanNamed(spans, 'work');
  assert.equal(work.kind, SpanKind.INTERNAL);
  assert.match(work.traceId, /^[0-9a-f]{32}$/);
  assert.match(work.spanId, /^[0-9a-f]{16}$/);
});

test('with_attributes: attributes of the options and of the work are both there', async () => {
  const { spans } = await observed({}, () =>
    withSpan(
      tracer(),
      'work',
      { attributes: { a: 1 } },
      (span) => void span.setAttribute('b', ['x']),
    ),
  );

  assert.deepEqual(spanNamed(spans, 'work').attributes, { a: 1, b: ['x'] });
});

test('with_events: events keep their order and their attributes', async () => {
  const { spans } = await observed({}, () =>
    withSpan(
      tracer(),
      'work',
      {},
      (span) => void span.addEvent('first', { a: 1 }).addEvent('second'),
    ),
  );

  assert.deepEqual(
    spanNamed(spans, 'work').events.map(({ name, attributes }) => [name, attributes]),
    [
      ['first', { a: 1 }],
      ['second', {}],
    ],
  );
});

test('with_links: a link names the other span', async () => {
  const { spans } = await observed({}, () => {
    const other = tracer().startSpan('other');
    const links = [{ context: other.spanContext(), attributes: { why: 'batch' } }];
    withSpan(tracer(), 'work', { links }, () => undefined);
    other.end();
  });

  const [link] = spanNamed(spans, 'work').links;
  assert.equal(link?.spanId, spanNamed(spans, 'other').spanId);
  assert.deepEqual(link?.attributes, { why: 'batch' });
});

test('set_status_ok: work that succeeds leaves the status to the application', async () => {
  const { spans } = await observed({}, () => {
    withSpan(tracer(), 'unset', {}, () => undefined);
    withSpan(tracer(), 'ok', {}, (span) => void span.setStatus({ code: 1 }));
  });

  assert.equal(spanNamed(spans, 'unset').status.code, 0);
  assert.equal(spanNamed(spans, 'ok').status.code, 1);
});

test('set_status_error: work that fails has the error status with the message', async () => {
  const { spans } = await observed({}, () =>
    withSpan(tracer(), 'work', {}, () => Promise.reject(new Error('no'))).catch(() => undefined),
  );

  assert.deepEqual(spanNamed(spans, 'work').status, { code: 2, message: 'no' });
});

test('record_exception: an error is an event with type and message', async () => {
  const { spans } = await observed({}, () =>
    withSpan(tracer(), 'work', {}, (span) => recordError(span, new TypeError('bad'))),
  );

  const [event] = spanNamed(spans, 'work').events;
  assert.equal(event?.attributes['exception.type'], 'TypeError');
  assert.equal(event?.attributes['exception.message'], 'bad');
});

test('parent_child_relationship: a span inside the work is a child', async () => {
  const { spans } = await observed({}, () =>
    withSpan(tracer(), 'parent', {}, () => withSpan(tracer(), 'child', {}, () => undefined)),
  );

  assert.equal(spanNamed(spans, 'child').parentSpanId, spanNamed(spans, 'parent').spanId);
});

test('context_propagation: the context survives awaits, and baggage is there inside', async () => {
  let seen: string | undefined;
  const baggage = propagation.createBaggage({ user: { value: 'u-1' } });

  const { spans } = await observed({}, () =>
    context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () =>
      withSpan(tracer(), 'parent', {}, async () => {
        await new Promise((resolve) => void setImmediate(resolve));
        seen = propagation.getActiveBaggage()?.getEntry('user')?.value;
        withSpan(tracer(), 'child', {}, () => undefined);
      }),
    ),
  );

  assert.equal(seen, 'u-1');
  assert.equal(spanNamed(spans, 'child').parentSpanId, spanNamed(spans, 'parent').spanId);
});

test('kind_variants: a span can be of each kind', async () => {
  const kinds = ['INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;

  const { spans } = await observed({}, () => {
    for (const kind of kinds) withSpan(tracer(), kind, { kind: SpanKind[kind] }, () => undefined);
  });

  for (const kind of kinds) assert.equal(spanNamed(spans, kind).kind, SpanKind[kind]);
});

test('timing_recorded: start and end arrive to the nanosecond', async () => {
  const { spans } = await observed({}, () =>
    withSpan(tracer(), 'work', { startTime: [1000, 7] }, (span) => span.end([1002, 500])),
  );

  const { startTimeUnixNano, endTimeUnixNano } = spanNamed(spans, 'work');
  assert.deepEqual([startTimeUnixNano, endTimeUnixNano], [1_000_000_000_007n, 1_002_000_000_500n]);
});

test('attribute_limits: attributes beyond the limit are dropped and counted', async () => {
  const { spans } = await observed({ spanLimits: { attributeCountLimit: 2 } }, () =>
    withSpan(tracer(), 'work', {}, (span) => void span.setAttributes({ a: 1, b: 2, c: 3 })),
  );

  const work = spanNamed(spans, 'work');
  assert.deepEqual(Object.keys(work.attributes), ['a', 'b']);
  assert.equal(work.droppedAttributesCount, 1);
});
