import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import type { Signal } from '@llm-otel/core';
import { otlpSettings } from '@llm-otel/core/setup';
import { unreachableUrl } from '@llm-otel/testing';
import { afterEach, expect, test } from 'vitest';
import { grpcFindings } from './grpc-findings.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function urlOf(server: Server | Http2Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
}

function receiver(answer: (stream: ServerHttp2Stream, path: unknown) => void): Http2Server {
  return createServer().on('stream', (stream, headers) => {
    stream.resume();
    answer(stream, headers[':path']);
  });
}

/** As gRPC ends a call: the status comes behind the message, or at once. */
function endWith(status: number, late: boolean): (stream: ServerHttp2Stream) => void {
  return (stream) => {
    const type = { 'content-type': 'application/grpc' };
    if (!late) {
      stream.respond(
        { ':status': 200, ...type, 'grpc-status': String(status) },
        { endStream: true },
      );
      return;
    }
    stream.respond({ ':status': 200, ...type }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status) }));
    stream.end(Buffer.alloc(5));
  };
}

const idsAt = async (url: string, now = Date.now, signal: Signal = 'traces'): Promise<string[]> => {
  const settings = otlpSettings(signal, { otlpEndpoint: url, otlpProtocol: 'grpc' });
  return (await grpcFindings({ ...settings, signal }, now)).map(({ id }) => id);
};

test.each<[Signal, string]>([
  ['traces', '/opentelemetry.proto.collector.trace.v1.TraceService/Export'],
  ['metrics', '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export'],
  ['logs', '/opentelemetry.proto.collector.logs.v1.LogsService/Export'],
])('a receiver that takes an empty call for %s is fine', async (signal, service) => {
  let called: unknown;
  const url = await urlOf(
    receiver((stream, path) => {
      called = path;
      endWith(0, true)(stream);
    }),
  );

  expect(await idsAt(url, Date.now, signal)).toEqual([]);
  expect(called).toBe(service);
});

test.each([
  [16, 'endpoint-unauthorized'],
  [7, 'endpoint-unauthorized'],
  [12, 'wrong-protocol'],
  [14, 'endpoint-unhealthy'],
])('status %i', async (status, id) => {
  for (const late of [true, false]) {
    expect(await idsAt(await urlOf(receiver(endWith(status, late))))).toEqual([id]);
  }
});

test('a receiver of HTTP/1.1, one of HTTP/2 that is none of gRPC, and nobody', async () => {
  const plain = await urlOf(createHttpServer((_, response) => response.end()));
  const other = await urlOf(
    receiver((stream) => stream.respond({ ':status': 404 }, { endStream: true })),
  );

  expect(await idsAt(plain)).toEqual(['wrong-protocol']);
  expect(await idsAt(other)).toEqual(['wrong-protocol']);
  expect(await idsAt(await unreachableUrl())).toEqual(['endpoint-unreachable']);
});

test('a certificate file that is not there is told', async () => {
  const settings = otlpSettings('traces', {
    otlpTracesEndpoint: 'https://127.0.0.1:1',
    otlpProtocol: 'grpc',
    otlpCertificate: '/nowhere/ca.pem',
  });

  const [finding] = await grpcFindings({ ...settings, signal: 'traces' }, Date.now);

  expect(finding?.what).toContain('ENOENT');
});

test('a clock that is wrong', async () => {
  const url = await urlOf(receiver(endWith(0, true)));

  expect(await idsAt(url, () => Date.now() + 60_000)).toEqual(['clock-skew']);
});
