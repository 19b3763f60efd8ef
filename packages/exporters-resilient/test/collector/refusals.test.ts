// A real Collector that takes no more: its refusals are tried again, and no span goes missing.
import { ledgerErrors } from '@llm-otel/core';
import { type DecodedSpan, type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import {
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../../src/index.ts';
import { makeSpans } from '../fixtures/spans.ts';
import { type RecordingTransport, recordingTransport } from './recording-transport.ts';
import { startChain } from './start-chain.ts';
import { startThrottlingServer } from './throttling-grpc-server.ts';

function start(tracesUrl: string, transport: RecordingTransport): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [otlpDestination({ url: tracesUrl, compression: 'gzip', transport })],
    queue: { maxItems: 50_000 },
    batch: { maxItems: 100, delayMillis: 10 },
    retry: { initialDelayMillis: 20, maxDelayMillis: 200 },
    buffer: { maxItems: 50_000 },
  });
}

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

test('a full sending queue (503): tried again until there is room', async () => {
  await using sink = await startOtlpSink();
  await sink.stop();
  await using chain = await startChain(sink, {
    exporter: {
      retry_on_failure: { initial_interval: '50ms', max_interval: '100ms', max_elapsed_time: '0s' },
      sending_queue: { queue_size: 2, num_consumers: 1 },
    },
  });
  const transport = recordingTransport();
  const processor = start(chain.tracesUrl, transport);

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
  await using chain = await startChain(sink, {
    processors: {
      memory_limiter: { check_interval: '100ms', limit_mib: 90, spike_limit_mib: 20 },
    },
    exporter: {
      retry_on_failure: { initial_interval: '50ms', max_interval: '100ms', max_elapsed_time: '0s' },
      sending_queue: { queue_size: 100_000, num_consumers: 4 },
    },
  });
  const transport = recordingTransport();
  const processor = start(chain.tracesUrl, transport);
  const prompt = 'a long prompt '.repeat(600);

  // 8 kB each, which its queue holds until the sink is there.
  let count = 0;
  const refused = transport.answered(({ status }) => status === 503);
  while (transport.answers.every(({ status }) => status !== 503) && count < 40_000) {
    for (const span of makeSpans(500, { attributes: { prompt } })) processor.onEnd(span);
    count += 500;
    await processor.forceFlush({ timeoutMillis: 500 });
  }
  const refusal = await refused;
  await sink.start();
  await expectAllArrived(processor, sink, count);

  expect(refusal.text).toContain('high memory usage');
});

test('an answer of the back end that comes through, 429 without Retry-After: tried again', async () => {
  await using sink = await startOtlpSink();
  await using chain = await startChain(sink);
  const transport = recordingTransport();
  const processor = start(chain.tracesUrl, transport);
  sink.answer({ status: 429, retryAfter: 1, times: 3 });

  for (const span of makeSpans(300)) processor.onEnd(span);
  await expectAllArrived(processor, sink, 300);

  // The Collector does not hand on the header of a back end that it reaches over HTTP.
  expect(
    transport.answers.slice(0, 3).map(({ status, retryAfter }) => [status, retryAfter]),
  ).toEqual([1, 2, 3].map(() => [429, undefined]));
});

test('Retry-After of a Collector (429) pauses the destination for as long as it says', async () => {
  await using throttler = await startThrottlingServer(1, 2);
  await using sink = await startOtlpSink();
  await using chain = await startChain(sink, {
    replaceExporters: {
      otlp_grpc: {
        endpoint: throttler.endpoint,
        tls: { insecure: true },
        retry_on_failure: { enabled: false },
        sending_queue: { enabled: false },
      },
    },
  });
  const transport = recordingTransport();
  const processor = start(chain.tracesUrl, transport);

  for (const span of makeSpans(100)) processor.onEnd(span);
  const refusal = await transport.answered(({ status }) => status === 429);
  for (const span of makeSpans(200)) processor.onEnd(span);
  await processor.shutdown({ timeoutMillis: 30_000 });

  expect(refusal.retryAfter).toBe('2');
  const [, ...later] = transport.answers;
  expect(later.map(({ status }) => status)).toEqual([200, 200, 200]);
  // Further batches wait as well: it is the destination that was asked to pause.
  for (const { at } of later) expect(at - refusal.at).toBeGreaterThanOrEqual(1990);
  expect(throttler).toMatchObject({ refused: 1, taken: 3 });
  expect(processor.ledger()).toMatchObject({
    ended: 300,
    destinations: { otlp: { exported: 300, inFlight: 0 } },
  });
  expect(ledgerErrors(processor.ledger())).toEqual([]);
});
