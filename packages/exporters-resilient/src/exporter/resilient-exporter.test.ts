import { ledgerErrors } from '@llm-otel/core';
import { fakeClock, startOtlpSink } from '@llm-otel/testing';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test, vi } from 'vitest';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { makeSpan, makeSpans } from '../../test/fixtures/spans.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { resilientExporter } from './resilient-exporter.ts';

const url = 'http://localhost/v1/traces';

test('behind the batch processor of OpenTelemetry: its flush means delivered', async () => {
  await using sink = await startOtlpSink();
  const exporter = resilientExporter({ destinations: [otlpDestination({ url: sink.tracesUrl })] });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('app', '1.2.3', { schemaUrl: 'https://example.com/schema' });

  const parent = tracer.startSpan('run');
  parent.setAttribute('nested', { list: [1, 'two'] }).addEvent('started');
  parent.end();
  await provider.forceFlush();

  expect(sink.spans).toMatchObject([
    {
      name: 'run',
      attributes: { nested: { list: [1, 'two'] } },
      scope: { name: 'app', version: '1.2.3', schemaUrl: 'https://example.com/schema' },
    },
  ]);
  expect(sink.errors).toEqual([]);
  await provider.shutdown();
  expect(exporter.ledger()).toMatchObject({ ended: 1, destinations: { otlp: { exported: 1 } } });
});

test('behind the simple processor of OpenTelemetry', async () => {
  await using sink = await startOtlpSink();
  const exporter = resilientExporter({ destinations: [otlpDestination({ url: sink.tracesUrl })] });
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

  for (const name of ['a', 'b', 'c']) provider.getTracer('app').startSpan(name).end();
  await provider.shutdown();

  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
});

test('while a receiver is away the processor is not held up, and the shutdown delivers all the same', async () => {
  const clock = fakeClock();
  const transport = scriptedTransport({ status: 503 }, { status: 503 }, { status: 200 });
  const exporter = resilientExporter({
    destinations: [otlpDestination({ url, transport })],
    clock,
    random: () => 1,
  });
  const results: number[] = [];

  exporter.export(makeSpans(2), ({ code }) => results.push(code));
  await clock.advance(0);
  exporter.export(makeSpans(2), ({ code }) => results.push(code));
  await clock.advance(0);
  expect(results).toEqual([0, 0]);
  expect(transport.taken).toBe(0);
  await clock.advance(60_000);
  await exporter.shutdown();

  expect(transport.taken).toBe(4);
  expect(ledgerErrors(exporter.ledger())).toEqual([]);
});

test('a receiver that is slow to answer holds the processor up for a second at most', async () => {
  const clock = fakeClock();
  const done = vi.fn();
  const exporter = resilientExporter({
    destinations: [otlpDestination({ url, transport: scriptedTransport('hang') })],
    clock,
  });

  exporter.export(makeSpans(1), done);
  await clock.advance(999);
  expect(done).not.toHaveBeenCalled();
  await clock.advance(1);

  expect(done).toHaveBeenCalledWith({ code: 0 });
});

test('a batch that no destination has room for is reported as failed', async () => {
  const clock = fakeClock();
  const exporter = resilientExporter({
    destinations: [
      otlpDestination({ url, transport: scriptedTransport('hang'), buffer: { maxItems: 2 } }),
    ],
    clock,
  });
  const done = vi.fn();

  exporter.export(makeSpans(2), done);
  await clock.advance(0);
  exporter.export(makeSpans(1), done);
  await clock.advance(0);

  expect(done.mock.calls).toEqual([
    [
      {
        code: 1,
        error: expect.objectContaining({ message: 'no destination has room for the batch' }),
      },
    ],
  ]);
  expect(exporter.ledger().destinations).toMatchObject({ otlp: { dropped: { buffer_full: 1 } } });
});

test('after the shutdown spans are refused and counted; a second shutdown is the first', async () => {
  const exporter = resilientExporter({
    destinations: [otlpDestination({ url, transport: scriptedTransport() })],
  });
  const done = vi.fn();

  await exporter.shutdown();
  expect(exporter.shutdown()).toBe(exporter.shutdown());
  exporter.export([makeSpan()], done);
  await exporter.forceFlush();

  expect(done).toHaveBeenCalledWith({ code: 1, error: expect.any(Error) });
  expect(exporter.ledger()).toMatchObject({ ended: 1, dropped: { already_shutdown: 1 } });
});

test('a callback or a span that throws reaches nobody', async () => {
  const transport = scriptedTransport();
  const exporter = resilientExporter({ destinations: [otlpDestination({ url, transport })] });
  const hostile = Object.defineProperty({ ...makeSpan() }, 'attributes', {
    get() {
      throw new Error('no');
    },
  });

  exporter.export([hostile, makeSpan()], () => {
    throw new Error('no');
  });
  await exporter.forceFlush();

  expect(transport.taken).toBe(1);
  expect(ledgerErrors(exporter.ledger())).toEqual([]);
  expect(exporter.ledger().destinations).toMatchObject({ otlp: { dropped: { encode_failed: 1 } } });
});

test('options that cannot be used are refused', () => {
  const destinations = [otlpDestination({ url })];

  expect(() => resilientExporter({ destinations, maxRequestBytes: 0 })).toThrow('maxRequestBytes');
  expect(() => resilientExporter({ destinations: [] })).toThrow('destinations');
});
