import { context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { seededRandom } from '../random/seeded-random.ts';
import { expectTree } from '../tree/match-tree.ts';
import { recordSpans } from './record-spans.ts';

test('as a span processor it keeps what ends and knows what does not', () => {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

  const run = tracer.startSpan('run');
  const parent = trace.setSpan(ROOT_CONTEXT, run);
  tracer.startSpan('chat', { kind: SpanKind.CLIENT, attributes: { model: 'gpt' } }, parent).end();
  tracer.startSpan('leaked', {}, parent);
  run.setStatus({ code: 2, message: 'quota' }).end();

  expect(recorder.spans.map((span) => span.name)).toEqual(['chat', 'run']);
  expect(recorder.openSpans).toEqual(['leaked']);
  expectTree(recorder.tree(), {
    name: 'run',
    status: { code: 'error', message: 'quota' },
    children: [{ name: 'chat', kind: 'client', attributes: { model: 'gpt' } }],
  });
});

test.each([
  [
    'simple',
    (recorder: ReturnType<typeof recordSpans>) => new SimpleSpanProcessor({ exporter: recorder }),
  ],
  [
    'batch',
    (recorder: ReturnType<typeof recordSpans>) => new BatchSpanProcessor({ exporter: recorder }),
  ],
])('as an exporter it works behind the stock %s processor', async (_name, processor) => {
  const recorder = recordSpans();
  const provider = new TracerProvider({ spanProcessors: [processor(recorder)] });
  const span = provider.getTracer('test').startSpan('run');
  span.addEvent('note', { a: 1 }).addEvent('plain').end();
  await provider.forceFlush();

  expectTree(recorder.spans, { name: 'run', events: ['note', 'plain'] });
  await provider.shutdown();
});

test('clear forgets ended and open spans', () => {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  tracer.startSpan('a').end();
  tracer.startSpan('b');

  recorder.clear();

  expect(recorder.spans).toEqual([]);
  expect(recorder.openSpans).toEqual([]);
});

test('a root below a span of another process is a root', () => {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
  tracer.startSpan('handle', {}, trace.setSpanContext(context.active(), remote)).end();

  expectTree(recorder.spans, { name: 'handle' });
});

test('seeded ids make spans the same in every run', () => {
  const ids = (): unknown => {
    const recorder = recordSpans();
    const { idGenerator } = seededRandom('ids');
    const provider = new TracerProvider({ spanProcessors: [recorder], idGenerator });
    provider.getTracer('test').startSpan('run').end();
    return recorder.spans[0]?.spanContext();
  };

  expect(ids()).toEqual(ids());
});
