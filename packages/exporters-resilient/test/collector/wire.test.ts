// What a real Collector makes of our bytes, over every wire: it decodes them, and encodes them again for the sink behind
// it. What arrives there is compared with what another sink gets from the same exporters directly.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ledgerErrors,
  type LedgerSnapshot,
  type ReadableLogRecord,
  type ReadableSpan,
} from '@llm-otel/core';
import {
  decodeOtlpRequest,
  type DecodedSpan,
  type OtlpSink,
  startOtlpSink,
} from '@llm-otel/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { otlpGrpcDestination } from '../../src/grpc/index.ts';
import {
  type Destination,
  encodeTraceRequest,
  otlpDestination,
  resilientLogExporter,
  resilientMetricExporter,
  resilientSpanProcessor,
} from '../../src/index.ts';
import type { ResourceMetrics } from '../../src/metrics/metric-types.ts';
import { nodeTransport } from '../../src/node/index.ts';
import { type Certificate, selfSignedCertificate } from '../fixtures/certificate.ts';
import { logRecordsArbitrary } from '../fixtures/log-records.ts';
import { metricsArbitrary } from '../fixtures/metrics.ts';
import { makeSpans, spansArbitrary } from '../fixtures/spans.ts';
import { type Chain, startChain } from './start-chain.ts';

type Signal = 'traces' | 'metrics' | 'logs';

const server = selfSignedCertificate();
const client = selfSignedCertificate();
const mutualTls = {
  cert_pem: server.cert,
  key_pem: server.key,
  client_ca_file: '{folder}/client-ca.pem',
  min_version: '1.3',
};
const ourTls = { ca: server.cert, ...client, minVersion: 'TLSv1.3' } as const;

let direct: OtlpSink;
let sink: OtlpSink;
let plain: Chain;
let mutual: Chain;

beforeAll(async () => {
  direct = await startOtlpSink();
  sink = await startOtlpSink();
  plain = await startChain(sink);
  mutual = await startChain(sink, { tls: mutualTls, files: { 'client-ca.pem': client.cert } });
});
beforeEach(() => forgetAll());
afterAll(async () => {
  for (const chain of [plain, mutual]) await chain[Symbol.asyncDispose]();
  for (const one of [direct, sink]) await one.close();
});

function forgetAll(): void {
  sink.clear();
  direct.clear();
}

const urlOf = (chain: Chain, signal: Signal): string =>
  ({ traces: chain.tracesUrl, metrics: chain.metricsUrl, logs: chain.logsUrl })[signal];

const wires: readonly (readonly [string, (signal: Signal) => Destination])[] = [
  [
    'HTTP/protobuf, gzip',
    (signal) =>
      otlpDestination({
        url: urlOf(plain, signal),
        compression: 'gzip',
        transport: nodeTransport(),
      }),
  ],
  [
    'HTTP/protobuf, zstd',
    (signal) =>
      otlpDestination({
        url: urlOf(plain, signal),
        compression: 'zstd',
        transport: nodeTransport(),
      }),
  ],
  [
    'HTTP/JSON',
    (signal) =>
      otlpDestination({ url: urlOf(plain, signal), protocol: 'http/json', compression: 'gzip' }),
  ],
  ['gRPC, gzip', () => otlpGrpcDestination({ url: plain.grpcUrl, compression: 'gzip' })],
  [
    'HTTP/protobuf, mTLS',
    (signal) =>
      otlpDestination({ url: urlOf(mutual, signal), transport: nodeTransport({ tls: ourTls }) }),
  ],
  ['gRPC, mTLS', () => otlpGrpcDestination({ url: mutual.grpcUrl, tls: ourTls })],
];

// A counterexample is looked at as it is: smaller ones would take minutes to find.
const runs = { numRuns: 20, endOnFailure: true };

describe.each(wires)('over %s', (_name, destination) => {
  test('any spans arrive behind a Collector as they were, attribute by attribute', async () => {
    await fc.assert(
      fc.asyncProperty(spansArbitrary, async (spans) => {
        const sampled = spans.filter((span) => (span.spanContext().traceFlags & 1) === 1);
        fc.pre(sampled.length > 0);
        forgetAll();
        await sendSpans(sampled, destination('traces'));

        expect(sink.errors).toEqual([]);
        // In which order resources stand is free.
        expect(byId(sink.spans)).toEqual(byId(decoded(sampled)));
      }),
      runs,
    );
  });

  test('any metrics arrive behind a Collector as they were', async () => {
    await fc.assert(
      fc.asyncProperty(metricsArbitrary, async (metrics) => {
        forgetAll();
        await sendMetrics(metrics, destination('metrics'));
        await sendMetrics(metrics, otlpDestination({ url: direct.metricsUrl }));

        expect(sink.errors).toEqual([]);
        expect(sink.metrics).toEqual(direct.metrics);
      }),
      runs,
    );
  });

  test('any log records arrive behind a Collector as they were', async () => {
    await fc.assert(
      fc.asyncProperty(logRecordsArbitrary, async (records) => {
        forgetAll();
        await sendLogs(records, destination('logs'));
        await sendLogs(records, otlpDestination({ url: direct.logsUrl }));

        expect(sink.errors).toEqual([]);
        expect(sink.logs).toEqual(direct.logs);
      }),
      runs,
    );
  });

  test('thousands of spans arrive complete, each of them once', async () => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      prompt: 'größe '.repeat(300),
      n: 2 ** 40,
    };
    const spans = makeSpans(3000, { attributes });
    await sendSpans(spans, destination('traces'), 500);

    expect(sink.duplicateSpans).toEqual([]);
    expect(byId(sink.spans)).toEqual(byId(decoded(spans)));
  });
});

test('what the Collector writes to a file are the same spans', async () => {
  const file = { path: '{folder}/traces.jsonl' };
  await using chain = await startChain(sink, { moreExporters: { file } });
  const spans = makeSpans(20, {
    attributes: {
      text: 'größe 🦜',
      fraction: 0.1,
      whole: 2 ** 53 - 1,
      list: ['a', 'b'],
      yes: true,
    },
  });
  await sendSpans(spans, otlpDestination({ url: chain.tracesUrl }));

  const line = readFileSync(join(chain.collector.folder, 'traces.jsonl'));

  expect(decodeOtlpRequest('traces', 'json', line).spans).toEqual(decoded(spans));
});

describe('a Collector that asks for a client certificate', () => {
  const strangers: readonly (readonly [string, Certificate | undefined])[] = [
    ['none', undefined],
    ['one that it does not trust', selfSignedCertificate()],
    ['one whose time is over', selfSignedCertificate({ expired: true })],
  ];

  test.each(strangers)('gets nothing with %s, and every span is counted', async (_name, own) => {
    const tls = { ca: server.cert, ...own };
    const destinations = [
      otlpDestination({ name: 'http', url: mutual.tracesUrl, transport: nodeTransport({ tls }) }),
      otlpGrpcDestination({ name: 'grpc', url: mutual.grpcUrl, tls }),
    ];
    const processor = resilientSpanProcessor({
      destinations,
      retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
    });
    for (const span of makeSpans(5)) processor.onEnd(span);
    await processor.shutdown({ timeoutMillis: 500 });

    const ledger = processor.ledger();
    expect(ledgerErrors(ledger)).toEqual([]);
    for (const name of ['http', 'grpc']) {
      expect(ledger.destinations[name]).toMatchObject({
        exported: 0,
        inFlight: 0,
        dropped: { shutdown_timeout: 5 },
      });
    }
    expect(sink.spans).toEqual([]);
  });
});

/** What the decoder of the test kit finds in our bytes, without the Collector. */
function decoded(spans: readonly ReadableSpan[]): readonly DecodedSpan[] {
  return decodeOtlpRequest('traces', 'protobuf', encodeTraceRequest(spans)).spans;
}

function byId(spans: readonly DecodedSpan[]): DecodedSpan[] {
  return spans.toSorted((a, b) => a.spanId.localeCompare(b.spanId));
}

/** In one request unless `maxItems` says otherwise, so that they keep their order all the way. */
async function sendSpans(
  spans: readonly ReadableSpan[],
  destination: Destination,
  maxItems: number = spans.length,
): Promise<void> {
  const processor = resilientSpanProcessor({
    destinations: [destination],
    queue: { maxItems: spans.length },
    batch: { maxItems },
  });
  for (const span of spans) processor.onEnd(span);
  await processor.shutdown();
  expectExported(processor.ledger(), spans.length);
}

async function sendMetrics(metrics: ResourceMetrics, destination: Destination): Promise<void> {
  const exporter = resilientMetricExporter({ destinations: [destination] });
  exporter.export(metrics, () => undefined);
  await exporter.shutdown();
  expectExported(exporter.ledger());
}

async function sendLogs(records: ReadableLogRecord[], destination: Destination): Promise<void> {
  const exporter = resilientLogExporter({ destinations: [destination] });
  exporter.export(records, () => undefined);
  await exporter.shutdown();
  expectExported(exporter.ledger(), records.length);
}

function expectExported(ledger: LedgerSnapshot, count: number = ledger.ended): void {
  expect(ledgerErrors(ledger)).toEqual([]);
  expect(ledger).toMatchObject({ ended: count, destinations: { otlp: { exported: count } } });
}
