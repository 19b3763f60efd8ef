import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ServerCredentials, status } from '@grpc/grpc-js';
import { InvalidOptionError, ledgerErrors, type LedgerSnapshot } from '@llm-otel/core';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { otlpGrpcDestination, type OtlpGrpcOptions } from '../src/grpc/index.ts';
import { loadOtlpGrpc } from '../src/node/index.ts';
import {
  type ResilientSpanProcessor,
  resilientLogExporter,
  resilientMetricExporter,
  resilientSpanProcessor,
} from '../src/index.ts';
import { selfSignedCertificate } from './fixtures/certificate.ts';
import { startCuttingRelay } from './fixtures/cutting-relay.ts';
import { startGrpcSink } from './fixtures/grpc-sink.ts';
import { makeLogRecords } from './fixtures/log-records.ts';
import { makeSpans } from './fixtures/spans.ts';

// Built at run time: no file holds anything that looks like a credential.
const token = ['made', 'up', 'at', 'run', 'time'].join('-');

afterEach(() => diag.disable());

function start(url: string, options: Partial<OtlpGrpcOptions> = {}): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [otlpGrpcDestination({ url, ...options })],
    retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
    batch: { maxItems: 10 },
  });
}

function endAll(processor: ResilientSpanProcessor, count: number): void {
  for (const span of makeSpans(count)) processor.onEnd(span);
}

function balanced(processor: ResilientSpanProcessor): LedgerSnapshot {
  const snapshot = processor.ledger();
  expect(ledgerErrors(snapshot)).toEqual([]);
  return snapshot;
}

test('export_grpc, export_single_span: a span arrives as it was', async () => {
  await using sink = await startGrpcSink();
  const processor = start(sink.url);

  endAll(processor, 1);
  await processor.shutdown();

  expect(sink.spans).toMatchObject([
    { name: 'chat gpt-5-mini', attributes: { 'gen_ai.operation.name': 'chat' } },
  ]);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
});

test('export_batch_spans: many spans arrive in batches, each of them once', async () => {
  await using sink = await startGrpcSink();
  const processor = start(sink.url, { compression: 'gzip' });

  endAll(processor, 25);
  await processor.shutdown();

  expect(new Set(sink.spans.map(({ spanId }) => spanId)).size).toBe(25);
  expect(sink.calls).toHaveLength(3);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 25, inFlight: 0 } });
});

test('export_with_auth_header: headers are metadata, and their values show nowhere else', async () => {
  await using sink = await startGrpcSink();
  const log = vi.fn();
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
  const destination = otlpGrpcDestination({
    url: sink.url,
    headers: { Authorization: `Bearer ${token}`, 'x-tenant-bin': 'AQI=' },
  });
  const processor = resilientSpanProcessor({ destinations: [destination] });
  sink.answers.push({ code: status.UNAUTHENTICATED, details: `unknown key ${token}` });

  endAll(processor, 1);
  await processor.forceFlush();
  endAll(processor, 1);
  await processor.shutdown();

  expect(sink.calls[1]!.metadata.get('authorization')).toEqual([`Bearer ${token}`]);
  expect(sink.calls[1]!.metadata.get('x-tenant-bin')).toEqual([Buffer.from([1, 2])]);
  expect(balanced(processor).destinations).toMatchObject({
    otlp: { exported: 1, rejected: { grpc_UNAUTHENTICATED: 1 } },
  });
  const printed = log.mock.calls.flat().join('\n') + inspect(destination, { depth: 9 });
  expect(printed).toContain('[redacted]');
  expect(printed).not.toContain(token);
});

test('a token that has run out is renewed once, and the call repeated', async () => {
  await using sink = await startGrpcSink();
  let asked = 0;
  const processor = start(sink.url, { headers: () => ({ authorization: `Bearer ${++asked}` }) });
  sink.answers.push({ code: status.UNAUTHENTICATED });

  endAll(processor, 1);
  await processor.shutdown();

  expect(sink.calls.map(({ metadata }) => metadata.get('authorization')[0])).toEqual([
    'Bearer 1',
    'Bearer 2',
  ]);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
});

test('export_connection_failure_handling: refused, and delivered once the receiver is up', async () => {
  const { port } = new URL(await unreachableUrl());
  const processor = start(`http://127.0.0.1:${port}`);
  endAll(processor, 5);
  await processor.forceFlush({ timeoutMillis: 50 });
  expect(balanced(processor).destinations).toMatchObject({ otlp: { inFlight: 5 } });

  await using sink = await startGrpcSink({ port: Number(port) });
  await processor.shutdown({ timeoutMillis: 10_000 });

  expect(sink.spans).toHaveLength(5);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 5 } });
});

test('export_retry_on_transient_error: UNAVAILABLE is tried again, after the wait of its RetryInfo', async () => {
  await using sink = await startGrpcSink();
  const processor = start(sink.url);
  sink.answers.push({ code: status.UNAVAILABLE }, { code: status.UNAVAILABLE, retryAfter: 300 });

  endAll(processor, 3);
  await processor.shutdown();

  expect(sink.calls).toHaveLength(3);
  expect(sink.calls[2]!.at - sink.calls[1]!.at).toBeGreaterThanOrEqual(295);
  expect(sink.spans).toHaveLength(3);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3 } });
});

test.for([status.INVALID_ARGUMENT, status.PERMISSION_DENIED, status.INTERNAL])(
  'code %i is final: rejected, counted, not sent again',
  async (code) => {
    await using sink = await startGrpcSink();
    const processor = start(sink.url);
    sink.answers.push({ code });

    endAll(processor, 3);
    await processor.shutdown();

    expect(sink.calls).toHaveLength(1);
    expect(balanced(processor).destinations).toMatchObject({
      otlp: { rejected: { [`grpc_${status[code]}`]: 3 }, exported: 0 },
    });
  },
);

test('each call is told with its code, and who listens cannot break it', async () => {
  await using sink = await startGrpcSink();
  const calls: unknown[] = [];
  const processor = start(sink.url, {
    onCall({ url, code, millis }) {
      calls.push([url, code, millis >= 0]);
      throw new Error('no');
    },
  });
  sink.answers.push({ code: status.UNAVAILABLE });

  endAll(processor, 1);
  await processor.shutdown();

  expect(calls).toEqual([
    [sink.url, 'UNAVAILABLE', true],
    [sink.url, 'OK', true],
  ]);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
});

test('a message that is too large is split until its parts are taken', async () => {
  await using sink = await startGrpcSink({ maxBytes: 700 });
  const processor = start(sink.url);

  endAll(processor, 10);
  await processor.shutdown();

  expect(new Set(sink.spans.map(({ spanId }) => spanId)).size).toBe(10);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 10 } });
});

test('a partial success is counted and never sent again', async () => {
  await using sink = await startGrpcSink();
  const processor = start(sink.url);
  sink.answers.push({ rejected: 2 });

  endAll(processor, 5);
  await processor.shutdown();

  expect(sink.calls).toHaveLength(1);
  expect(sink.spans).toHaveLength(3);
  expect(balanced(processor).destinations).toMatchObject({
    otlp: { exported: 3, rejected: { partial_success: 2 } },
  });
});

test('a receiver that hangs costs one deadline, then the call is made again', async () => {
  await using sink = await startGrpcSink();
  const processor = start(sink.url, { timeoutMillis: 100 });
  sink.answers.push({ hang: true });

  endAll(processor, 2);
  await processor.shutdown();

  expect(sink.calls).toHaveLength(2);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2 } });
});

test('log records and metrics go to their own services', async () => {
  await using sink = await startGrpcSink();
  const destinations = [otlpGrpcDestination({ url: sink.url })];
  const logs = resilientLogExporter({ destinations });
  const metrics = resilientMetricExporter({ destinations });
  const reader = new PeriodicExportingMetricReader({
    exporter: metrics,
    exportIntervalMillis: 60_000,
  });
  const provider = new MeterProvider({ readers: [reader] });

  provider.getMeter('app').createCounter('calls').add(3);
  await provider.shutdown();
  logs.export(makeLogRecords(2), () => undefined);
  await logs.shutdown();

  expect(sink.metrics).toMatchObject([{ name: 'calls', points: [{ value: 3 }] }]);
  expect(sink.logs).toMatchObject([{ body: 'a call was made' }, { body: 'a call was made' }]);
});

test('TLS with a client certificate: each side shows its own', async () => {
  const server = selfSignedCertificate();
  const client = selfSignedCertificate();
  const pair = { private_key: Buffer.from(server.key), cert_chain: Buffer.from(server.cert) };
  await using sink = await startGrpcSink({
    credentials: ServerCredentials.createSsl(Buffer.from(client.cert), [pair], true),
  });
  const url = sink.url.replace('http:', 'https:');
  const known = start(url, { tls: { ca: server.cert, ...client, minVersion: 'TLSv1.3' } });
  const unknown = start(url, { tls: { ca: server.cert } });

  endAll(known, 2);
  await known.shutdown();
  endAll(unknown, 1);
  await unknown.shutdown({ timeoutMillis: 200 });

  expect(sink.spans).toHaveLength(2);
  expect(balanced(known).destinations).toMatchObject({ otlp: { exported: 2 } });
  expect(balanced(unknown).destinations).toMatchObject({
    otlp: { dropped: { shutdown_timeout: 1 } },
  });
});

test('files that are not there at the start cost nothing but time, also over gRPC', async () => {
  const server = selfSignedCertificate();
  const pair = { private_key: Buffer.from(server.key), cert_chain: Buffer.from(server.cert) };
  await using sink = await startGrpcSink({
    credentials: ServerCredentials.createSsl(null, [pair], false),
  });
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-grpc-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const caFile = join(folder, 'ca.crt');
  const told = vi.fn<(message: string) => void>();
  diag.setLogger({ error: told, warn: told, info: told, debug: told, verbose: told });
  const processor = start(sink.url.replace('http:', 'https:'), { tls: { caFile } });

  endAll(processor, 2);
  await processor.forceFlush({ timeoutMillis: 100 }).catch(() => undefined);
  writeFileSync(caFile, server.cert);
  await processor.shutdown({ timeoutMillis: 10_000 });

  expect(sink.spans).toHaveLength(2);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2, dropped: {} } });
  const why = told.mock.calls.filter(([line]) => line.includes('tls_files: tls.caFile is'));
  expect(why).toHaveLength(1);
});

test('a receiver that ends TLS with an alert in the middle of a call has refused nothing', async () => {
  const server = selfSignedCertificate();
  const pair = { private_key: Buffer.from(server.key), cert_chain: Buffer.from(server.cert) };
  await using sink = await startGrpcSink({
    credentials: ServerCredentials.createSsl(null, [pair], false),
  });
  // What TLS 1.3 says to a client without the certificate that it wants, once the client has begun to send.
  const certificateRequired = Uint8Array.of(21, 3, 3, 0, 2, 2, 116);
  await using relay = await startCuttingRelay(sink.port, {
    cuts: 1,
    bytes: 20_000,
    lastWords: certificateRequired,
  });
  const codes: string[] = [];
  const processor = start(`https://127.0.0.1:${new URL(relay.url).port}`, {
    tls: { ca: server.cert },
    onCall: ({ code }) => codes.push(code),
  });

  for (const span of makeSpans(3, { attributes: { text: 'x'.repeat(20_000) } }))
    processor.onEnd(span);
  await processor.shutdown({ timeoutMillis: 10_000 });

  expect(codes.at(-1)).toBe('OK');
  expect(codes.length).toBeGreaterThan(1);
  expect(sink.spans).toHaveLength(3);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3, rejected: {} } });
});

test('a receiver that speaks HTTP only costs its spans, counted, and is hinted at', async () => {
  await using sink = await startOtlpSink();
  const processor = start(new URL(sink.tracesUrl).origin);

  endAll(processor, 1);
  await processor.shutdown({ timeoutMillis: 300 });

  const { otlp } = balanced(processor).destinations;
  expect(otlp).toMatchObject({ exported: 0, inFlight: 0 });
});

test.for([
  [{ url: 'localhost:4317' }, 'url is "localhost:4317": use an absolute URL'],
  [{ url: 'http://me:pw@localhost:4317' }, 'url is [redacted]'],
  [{ url: 'http://localhost:4317', compression: 'zstd' as never }, 'use none or gzip'],
  [{ url: `grpc://me:${token}@localhost:4317` }, 'url is "grpc://[redacted]@localhost:4317"'],
  [{ url: `http://me:${token}@localhost:port` }, 'url is "http://[redacted]@localhost:port"'],
  [{ url: 'http://localhost', headers: { 'x-key': 'größe' } }, 'headers["x-key"] is [redacted]'],
  [{ url: 'https://localhost', tls: { certFile: '/no/such' } }, 'tls.key'],
] as const)('%j is refused', ([options, message]) => {
  expect(() => otlpGrpcDestination(options)).toThrow(InvalidOptionError);
  expect(() => otlpGrpcDestination(options)).toThrow(message);
});

test('loaded where it is asked for, it is the same destination', async () => {
  await using sink = await startGrpcSink();
  const otlpGrpc = await loadOtlpGrpc();
  const processor = resilientSpanProcessor({ destinations: [otlpGrpc({ url: sink.url })] });

  endAll(processor, 3);
  await processor.shutdown();

  expect(sink.spans).toHaveLength(3);
  expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3 } });
});
