// A real Collector that is killed and started again while spans come in.
import { ledgerErrors, type ReadableSpan } from '@llm-otel/core';
import { type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import {
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../../src/index.ts';
import { nodeTransport } from '../../src/node/index.ts';
import { makeSpans } from '../fixtures/spans.ts';
import { startChain } from './start-chain.ts';

const ROUNDS = 3;
const SPANS_PER_ROUND = 2000;

function start(url: string): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [otlpDestination({ url, compression: 'gzip', transport: nodeTransport() })],
    queue: { maxItems: 20_000 },
    batch: { maxItems: 50, delayMillis: 5 },
    retry: { initialDelayMillis: 20, maxDelayMillis: 200 },
    buffer: { maxItems: 50_000 },
  });
}

function exported(processor: ResilientSpanProcessor): number {
  return processor.ledger().destinations['otlp']?.exported ?? 0;
}

/** Resolves once that many spans more are acknowledged. */
async function acknowledged(processor: ResilientSpanProcessor, more: number): Promise<void> {
  const wanted = exported(processor) + more;
  while (exported(processor) < wanted) await new Promise((resolve) => setImmediate(resolve));
}

function missingIn(sink: OtlpSink, spans: readonly ReadableSpan[]): readonly string[] {
  const there = new Set(sink.spans.map(({ spanId }) => spanId));
  return spans.map((span) => span.spanContext().spanId).filter((id) => !there.has(id));
}

test('kill -9 of a Collector that keeps nothing: what it had not acknowledged comes again, nothing is lost', async () => {
  await using sink = await startOtlpSink();
  await using chain = await startChain(sink);
  const processor = start(chain.tracesUrl);
  const all: ReadableSpan[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const spans = makeSpans(SPANS_PER_ROUND);
    all.push(...spans);
    for (const span of spans) processor.onEnd(span);
    await acknowledged(processor, 100);
    await chain.collector.kill();
    await chain.collector.start();
  }
  await processor.shutdown({ timeoutMillis: 60_000 });

  expect(missingIn(sink, all)).toEqual([]);
  expect(ledgerErrors(processor.ledger())).toEqual([]);
  expect(processor.ledger()).toMatchObject({
    ended: all.length,
    destinations: { otlp: { exported: all.length, dropped: {}, inFlight: 0 } },
  });
});

test('kill -9 of a Collector with its queue on disk and the back end down: what it had acknowledged is not lost either', async () => {
  await using sink = await startOtlpSink();
  await sink.stop();
  await using chain = await startChain(sink, {
    extensions: { file_storage: { directory: '{folder}/queue', create_directory: true } },
    exporter: {
      retry_on_failure: { initial_interval: '50ms', max_interval: '200ms', max_elapsed_time: '0s' },
      sending_queue: { storage: 'file_storage', queue_size: 10_000 },
    },
  });
  const processor = start(chain.tracesUrl);
  const all: ReadableSpan[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const spans = makeSpans(SPANS_PER_ROUND);
    all.push(...spans);
    for (const span of spans) processor.onEnd(span);
    await acknowledged(processor, 500);
    await chain.collector.kill();
    await chain.collector.start();
  }
  await processor.shutdown({ timeoutMillis: 60_000 });
  expect(processor.ledger()).toMatchObject({
    ended: all.length,
    destinations: { otlp: { exported: all.length, dropped: {}, inFlight: 0 } },
  });
  expect(sink.spans).toEqual([]);
  await sink.start();
  await sink.waitFor(() => missingIn(sink, all).length === 0, 60_000);

  expect(ledgerErrors(processor.ledger())).toEqual([]);
});
