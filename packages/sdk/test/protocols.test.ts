// The protocol that is asked for is the one that is spoken: never another one in its place.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeOtlpRequest, unreachableUrl } from '@llm-otel/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

/** A receiver for gRPC that shares nothing with the client: HTTP/2 of Node.js, and frames read by hand. */
async function startGrpcReceiver(): Promise<{
  readonly url: string;
  readonly calls: {
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly message: Uint8Array;
  }[];
}> {
  const calls: { path: string; headers: IncomingHttpHeaders; message: Uint8Array }[] = [];
  const server: Http2Server = createServer();
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      // One byte says whether it is compressed, four give the length.
      const message = Uint8Array.from(Buffer.concat(chunks).subarray(5));
      calls.push({ path: headers[':path'] ?? '', headers, message });
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.alloc(5));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

test('OTEL_EXPORTER_OTLP_PROTOCOL=grpc speaks gRPC, for spans and for metrics', async () => {
  const receiver = await startGrpcReceiver();
  const { telemetry } = await startWithSink({
    endpoint: undefined,
    environment: {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a',
    },
  });

  telemetry.tracer().startSpan('by gRPC').end();
  telemetry.meter().createCounter('calls').add(1);
  const report = await telemetry.shutdown();

  expect(report).toMatchObject({ complete: true, problems: [], rejected: 0, dropped: 0 });
  const traces = receiver.calls.find(({ path }) => path.includes('TraceService'));
  expect(traces).toMatchObject({
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    headers: { 'content-type': 'application/grpc', 'x-tenant': 'a' },
  });
  expect(decodeOtlpRequest('traces', 'protobuf', traces!.message).spans).toMatchObject([
    { name: 'by gRPC' },
  ]);
  expect(receiver.calls.map(({ path }) => path)).toContain(
    '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  );
});

test('OTEL_EXPORTER_OTLP_PROTOCOL=http/json speaks JSON', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  });

  telemetry.tracer().startSpan('in JSON').end();
  await telemetry.shutdown();

  expect(sink.errors).toEqual([]);
  expect(sink.spans).toMatchObject([{ name: 'in JSON' }]);
  expect(sink.requests.map(({ headers }) => headers['content-type'])).toContain('application/json');
});

test('the protocol can be an option, and the receiver be reached with gzip and zstd', async () => {
  const { telemetry, sink } = await startWithSink({
    protocol: 'http/protobuf',
    compression: 'gzip',
  });

  telemetry.tracer().startSpan('x'.repeat(5000)).end();
  await telemetry.shutdown();

  expect(sink.requests.map(({ contentEncoding }) => contentEncoding)).toContain('gzip');
});

test('OTEL_FALLBACK_EXPORTER=file keeps what the receiver does not get', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-fallback-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { telemetry } = await startWithSink({
    endpoint: await unreachableUrl(),
    environment: {
      OTEL_FALLBACK_EXPORTER: 'file',
      OTEL_FALLBACK_FILE: join(folder, 'lost'),
      OTEL_METRICS_EXPORTER: 'none',
    },
  });

  telemetry.tracer().startSpan('nobody took me').end();
  const report = await telemetry.shutdown({ timeoutMillis: 100 });

  const [line = ''] = readFileSync(join(folder, 'lost.traces.jsonl'), 'utf8').split('\n');
  expect(decodeOtlpRequest('traces', 'json', new TextEncoder().encode(line)).spans).toMatchObject([
    { name: 'nobody took me' },
  ]);
  expect(telemetry.ledger()[0]?.destinations).toMatchObject({ otlp: { exported: 1, dropped: {} } });
  expect(report.problems.filter((problem) => problem.includes('dropped'))).toEqual([]);
});

test('OTEL_FALLBACK_EXPORTER=stdout prints it as OTLP/JSON', async () => {
  const print = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  onTestFinished(() => print.mockRestore());
  const { telemetry } = await startWithSink({
    endpoint: await unreachableUrl(),
    environment: { OTEL_FALLBACK_EXPORTER: 'stdout', OTEL_METRICS_EXPORTER: 'none' },
  });

  telemetry.tracer().startSpan('nobody took me').end();
  await telemetry.shutdown({ timeoutMillis: 100 });

  expect(print.mock.calls.flat().join('\n')).toContain('"name":"nobody took me"');
});
