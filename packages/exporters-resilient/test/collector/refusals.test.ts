// A real Collector that takes no more: its refusals are tried again, and no span goes missing.
import { ledgerErrors } from '@llm-otel/core';
import { type DecodedSpan, type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { status as grpcStatus } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { otlpGrpcDestination } from '../../src/grpc/index.ts';
import {
  type Destination,
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../../src/index.ts';
import { startGrpcSink } from '../fixtures/grpc-sink.ts';
import { makeSpans } from '../fixtures/spans.ts';
import { type RecordingTransport, recordingTransport } from './recording-transport.ts';
import { startChain } from './start-chain.ts';

function start(destination: Destination): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [destination],
    queue: { maxItems: 50_000 },
    batch: { maxItems: 100, delayMillis: 10 },
    retry: { initialDelayMillis: 20, maxDelayMillis: 200 },
    buffer: { maxItems: 50_000 },
  });
}

function overHttp(url: string, transport: RecordingTransport): Destination {
  return otlpDestination({ url, compression: 'gzip', transport });
}

/** Refuses what comes while its queue, or its memory, is full. */
const retryForever = {
  retry_on_failure: { initial_interval: '50ms', max_interval: '100ms', max_elapsed_time: '0s' },
};
const smallQueue = { ...retryForever, sending_queue: { queue_size: 2, num_consumers: 1 } };
const largeQueue = { ...retryForever, sending_queue: { queue_size: 100_000, num_consumers: 4 } };
const littleMemory = {
  memory_limiter: { check_interval: '100ms', limit_mib: 90, spike_limit_mib: 20 },
};

/** Ends the processor, and expects that each of `count` spans arrived, once, and is counted as exported. */
async function expectAllArrived(
  processor: ResilientSpanProcessor,
  sink: OtlpSink,
  count: number,
): Promise<void> {
  await processor.shutdown({ timeoutMillis: 60_000 });
  await sink.waitFor(count, 60_000);
  const ledger = processor.ledger();
  expect(ledgerErrors(ledger)).toEqual([]);
  expect(ledger).toMatchObject({
    ended: count,
    handed: count,
    destinations: { otlp: { exported: count, inFlight: 0 } },
  });
  expect(new Set(sink.spans.map(({ spanId }: DecodedSpan) => spanId)).size).toBe(count);
  expect(sink.duplicateSpans).toEqual([]);
}

describe('over HTTP', () => {
  test('a full sending queue (503): tried again until there is room', async () => {
    await using sink = await startOtlpSink();
    await sink.stop();
    await using chain = await startChain(sink, { exporter: smallQueue });
    const transport = recordingTransport();
    const processor = start(overHttp(chain.tracesUrl, transport));

    for (const span of makeSpans(2000)) processor.onEnd(span);
    const refusal = await transport.answered(({ status }) => status === 503);
    await sink.start();
    await expectAllArrived(processor, sink, 2000);

    expect(refusal.text).toContain('sending queue is full');
    expect(refusal.retryAfter).toBeUndefined();
  });

  test('the memory limiter (503): tried again until memory is free', async () => {
    await using sink = await startOtlpSink();
    await sink.stop();
    await using chain = await startChain(sink, { processors: littleMemory, exporter: largeQueue });
    const transport = recordingTransport();
    const processor = start(overHttp(chain.tracesUrl, transport));

    const refused = (): boolean => transport.answers.some(({ status }) => status === 503);
    const count = await fillMemory(processor, refused);
    await sink.start();
    await expectAllArrived(processor, sink, count);

    expect(transport.answers.find(({ status }) => status === 503)?.text).toContain(
      'high memory usage',
    );
  });
});

describe('over gRPC', () => {
  test('a full sending queue (UNAVAILABLE): tried again until there is room', async () => {
    await using sink = await startOtlpSink();
    await sink.stop();
    await using chain = await startChain(sink, { exporter: smallQueue });
    const processor = start(otlpGrpcDestination({ url: chain.grpcUrl, compression: 'gzip' }));

    for (const span of makeSpans(2000)) processor.onEnd(span);
    await chain.collector.said('sending queue is full');
    await sink.start();
    await expectAllArrived(processor, sink, 2000);
  });

  test('the memory limiter (UNAVAILABLE): tried again until memory is free', async () => {
    await using sink = await startOtlpSink();
    await sink.stop();
    await using chain = await startChain(sink, { processors: littleMemory, exporter: largeQueue });
    const processor = start(otlpGrpcDestination({ url: chain.grpcUrl, compression: 'gzip' }));

    const refused = (): boolean => chain.collector.log.includes('Refusing data');
    const count = await fillMemory(processor, refused);
    await sink.start();
    await expectAllArrived(processor, sink, count);

    expect(chain.collector.log).toContain('Refusing data');
  });

  test('RetryInfo of a Collector (RESOURCE_EXHAUSTED) pauses the destination for as long as it says', async () => {
    await using behind = await startGrpcSink();
    await using sink = await startOtlpSink();
    await using chain = await startChain(sink, { replaceExporters: handingOn(behind.url) });
    const processor = start(otlpGrpcDestination({ url: chain.grpcUrl }));
    behind.answers.push({ code: grpcStatus.RESOURCE_EXHAUSTED, retryAfter: 2000 });

    for (const span of makeSpans(300)) processor.onEnd(span);
    await processor.shutdown({ timeoutMillis: 30_000 });

    const [first, ...others] = behind.calls;
    const retried = others.map(({ at }) => at - (first?.at ?? 0));
    expect(Math.max(...retried)).toBeGreaterThanOrEqual(1990);
    expect(new Set(behind.spans.map(({ spanId }) => spanId)).size).toBe(300);
    expect(ledgerErrors(processor.ledger())).toEqual([]);
    expect(processor.ledger()).toMatchObject({ destinations: { otlp: { exported: 300 } } });
  });
});

/** Ends spans of 8 kB, which a Collector holds as long as its sink is away, until it refuses. Returns how many. */
async function fillMemory(
  processor: ResilientSpanProcessor,
  refused: () => boolean,
): Promise<number> {
  const prompt = 'a long prompt '.repeat(600);
  let count = 0;
  while (!refused() && count < 40_000) {
    for (const span of makeSpans(500, { attributes: { prompt } })) processor.onEnd(span);
    count += 500;
    await processor.forceFlush({ timeoutMillis: 500 });
  }
  return count;
}

/** Exporters without queue and retry: what stands behind answers itself. */
function handingOn(grpcUrl: string): Readonly<Record<string, unknown>> {
  return {
    otlp_grpc: {
      endpoint: new URL(grpcUrl).host,
      tls: { insecure: true },
      retry_on_failure: { enabled: false },
      sending_queue: { enabled: false },
    },
  };
}

test('an answer of the back end that comes through, 429 without Retry-After: tried again', async () => {
  await using sink = await startOtlpSink();
  await using chain = await startChain(sink);
  const transport = recordingTransport();
  const processor = start(overHttp(chain.tracesUrl, transport));
  sink.answer({ status: 429, retryAfter: 1, times: 3 });

  for (const span of makeSpans(300)) processor.onEnd(span);
  await expectAllArrived(processor, sink, 300);

  // The Collector does not hand on the header of a back end that it reaches over HTTP.
  expect(
    transport.answers.slice(0, 3).map(({ status, retryAfter }) => [status, retryAfter]),
  ).toEqual([1, 2, 3].map(() => [429, undefined]));
});

test('Retry-After of a Collector (429) pauses the destination for as long as it says', async () => {
  await using behind = await startGrpcSink();
  await using sink = await startOtlpSink();
  await using chain = await startChain(sink, { replaceExporters: handingOn(behind.url) });
  const transport = recordingTransport();
  const processor = start(overHttp(chain.tracesUrl, transport));
  behind.answers.push({ code: grpcStatus.RESOURCE_EXHAUSTED, retryAfter: 2000 });

  for (const span of makeSpans(100)) processor.onEnd(span);
  const refusal = await transport.answered(({ status }) => status === 429);
  for (const span of makeSpans(200)) processor.onEnd(span);
  await processor.shutdown({ timeoutMillis: 30_000 });

  expect(refusal.retryAfter).toBe('2');
  const [, ...later] = transport.answers;
  expect(later.map(({ status }) => status)).toEqual([200, 200, 200]);
  // Further batches wait as well: it is the destination that was asked to pause.
  for (const { at } of later) expect(at - refusal.at).toBeGreaterThanOrEqual(1990);
  expect(behind.spans).toHaveLength(300);
  expect(processor.ledger()).toMatchObject({
    ended: 300,
    destinations: { otlp: { exported: 300, inFlight: 0 } },
  });
  expect(ledgerErrors(processor.ledger())).toEqual([]);
});
