// What a real Collector makes of our bytes: it decodes them, and encodes them again for the sink behind it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerErrors, type ReadableSpan } from '@llm-otel/core';
import {
  decodeOtlpRequest,
  type DecodedMetric,
  type DecodedSpan,
  type OtlpSink,
  startOtlpSink,
} from '@llm-otel/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  encodeTraceRequest,
  otlpDestination,
  otlpMetricExporter,
  resilientSpanProcessor,
} from '../../src/index.ts';
import type { ResourceMetrics } from '../../src/metrics/metric-types.ts';
import { nodeTransport } from '../../src/node/index.ts';
import { metricsArbitrary } from '../fixtures/metrics.ts';
import { makeSpans, spansArbitrary } from '../fixtures/spans.ts';
import { type Chain, startChain } from './start-chain.ts';

let sink: OtlpSink;
let chain: Chain;

beforeAll(async () => {
  sink = await startOtlpSink();
  chain = await startChain(sink, { moreExporters: { file: { path: '{folder}/traces.jsonl' } } });
});
beforeEach(() => sink.clear());
afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  await sink.close();
});

/** Sends the spans in one request, so that they keep their order all the way. */
async function send(spans: readonly ReadableSpan[]): Promise<void> {
  const processor = resilientSpanProcessor({
    destinations: [
      otlpDestination({ url: chain.tracesUrl, compression: 'gzip', transport: nodeTransport() }),
    ],
    batch: { maxItems: Math.max(spans.length, 1) },
  });
  for (const span of spans) processor.onEnd(span);
  await processor.shutdown();
  const ledger = processor.ledger();
  expect(ledgerErrors(ledger)).toEqual([]);
  expect(ledger).toMatchObject({
    ended: spans.length,
    destinations: { otlp: { exported: spans.length } },
  });
}

/** What our own decoder finds in our bytes, without the Collector. */
function ours(spans: readonly ReadableSpan[]): readonly DecodedSpan[] {
  return decodeOtlpRequest('traces', 'protobuf', encodeTraceRequest(spans)).spans;
}

const byId = (spans: readonly DecodedSpan[]): DecodedSpan[] =>
  spans.toSorted((a, b) => a.spanId.localeCompare(b.spanId));

test('any spans arrive behind a Collector as they were, attribute by attribute', async () => {
  await fc.assert(
    fc.asyncProperty(spansArbitrary, async (spans) => {
      sink.clear();
      const sampled = spans.filter((span) => (span.spanContext().traceFlags & 1) === 1);
      fc.pre(sampled.length > 0);
      await send(sampled);

      expect(sink.errors).toEqual([]);
      expect(sink.spans).toEqual(ours(sampled));
    }),
    { numRuns: 60 },
  );
});

test('thousands of spans arrive complete, each of them once, in compressed requests', async () => {
  const spans = makeSpans(5000, { attributes: { 'gen_ai.operation.name': 'chat', n: 2 ** 40 } });
  const processor = resilientSpanProcessor({
    destinations: [
      otlpDestination({ url: chain.tracesUrl, compression: 'gzip', transport: nodeTransport() }),
    ],
    queue: { maxItems: 5000 },
  });
  for (const span of spans) processor.onEnd(span);
  await processor.shutdown();

  expect(processor.ledger()).toMatchObject({
    ended: 5000,
    destinations: { otlp: { exported: 5000 } },
  });
  expect(sink.duplicateSpans).toEqual([]);
  expect(byId(sink.spans)).toEqual(byId(ours(spans)));
});

test('what the Collector writes to a file are the same spans', async () => {
  const spans = makeSpans(20, {
    attributes: {
      text: 'größe 🦜',
      fraction: 0.1,
      whole: 2 ** 53 - 1,
      list: ['a', 'b'],
      yes: true,
    },
  });
  await send(spans);

  const lines = readFileSync(join(chain.collector.folder, 'traces.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const [last = ''] = lines.slice(-1);
  const written = decodeOtlpRequest('traces', 'json', Buffer.from(last));

  expect(written.spans).toEqual(ours(spans));
});

test('any metrics arrive behind a Collector as they were', async () => {
  await using direct = await startOtlpSink();
  await fc.assert(
    fc.asyncProperty(metricsArbitrary, async (metrics) => {
      sink.clear();
      direct.clear();
      await exportMetrics(metrics, chain.metricsUrl);
      await exportMetrics(metrics, direct.metricsUrl);

      expect(sink.errors).toEqual([]);
      expect(sink.metrics).toEqual(direct.metrics satisfies readonly DecodedMetric[]);
    }),
    { numRuns: 60 },
  );
});

async function exportMetrics(metrics: ResourceMetrics, url: string): Promise<void> {
  const exporter = otlpMetricExporter({ url, compression: 'gzip', transport: nodeTransport() });
  exporter.export(metrics, () => undefined);
  await exporter.shutdown();
  expect(ledgerErrors(exporter.ledger())).toEqual([]);
}
