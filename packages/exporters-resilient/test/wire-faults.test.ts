// What goes wrong between two processes, with real sockets. Each case is checked against the exact ledger and against
// what the receiver decoded.
import { ledgerErrors, type LedgerSnapshot } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import {
  fetchTransport,
  otlpDestination,
  type OtlpOptions,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { selfSignedCertificate } from './fixtures/certificate.ts';
import { startCuttingRelay } from './fixtures/cutting-relay.ts';
import { startRawServer } from './fixtures/raw-server.ts';
import { makeSpans } from './fixtures/spans.ts';
import { startTlsServer } from './fixtures/tls-server.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
// Built at run time: no file holds anything that looks like a credential.
const token = (number: number): string => ['made', 'up', 'token', number].join('-');

function start(url: string, options: Partial<OtlpOptions>): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [otlpDestination({ url, ...options })],
    retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
  });
}

function endAll(processor: ResilientSpanProcessor, count: number, bytes = 10): void {
  for (const span of makeSpans(count, { attributes: { text: 'x'.repeat(bytes) } }))
    processor.onEnd(span);
}

function balanced(processor: ResilientSpanProcessor): LedgerSnapshot {
  const snapshot = processor.ledger();
  expect(ledgerErrors(snapshot)).toEqual([]);
  return snapshot;
}

describe.each([
  ['fetch', () => fetchTransport()],
  ['node:http', () => nodeTransport()],
])('over %s', (_name, transport) => {
  test('a connection that is reset in the middle of the request: nothing of it counts, all of it arrives', async () => {
    await using sink = await startOtlpSink();
    const port = Number(new URL(sink.tracesUrl).port);
    await using relay = await startCuttingRelay(port, { cuts: 2, bytes: 100_000 });
    const processor = start(relay.url, { transport: transport() });

    endAll(processor, 20, 50_000);
    await processor.shutdown();

    expect(relay.connections()).toBeGreaterThanOrEqual(3);
    expect(sink.spans).toHaveLength(20);
    expect(sink.duplicateSpans).toEqual([]);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 20, inFlight: 0 } });
  });

  test('an answer that trickles in byte by byte costs one deadline', async () => {
    let requests = 0;
    await using server = await startRawServer((socket) => {
      if (++requests > 1) {
        socket.write(OK);
        return;
      }
      const trickle = setInterval(() => socket.write('H'), 5);
      socket.on('close', () => clearInterval(trickle));
    });
    const processor = start(server.url, { transport: transport(), timeoutMillis: 500 });

    endAll(processor, 1);
    await processor.shutdown();

    expect(requests).toBe(2);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
  });

  test('Retry-After as a date pauses the receiver until then', async () => {
    await using sink = await startOtlpSink();
    const until = new Date(Date.now() + 2000);
    sink.answer({ status: 429, retryAfter: until, times: 1 });
    const processor = start(sink.tracesUrl, { transport: transport() });

    endAll(processor, 2);
    await processor.shutdown();

    const [, second] = sink.requests;
    // A date has whole seconds, and the timer is of another clock.
    const from = Math.floor(until.getTime() / 1000) * 1000;
    expect(second!.timeMillis).toBeGreaterThanOrEqual(from - 20);
    expect(sink.spans).toHaveLength(2);
  });

  test('401 with headers from a function: a new token, the same request, nothing lost', async () => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 401, times: 1 });
    let asked = 0;
    const headers = (): Record<string, string> => ({ authorization: `Bearer ${token(++asked)}` });
    const processor = start(sink.tracesUrl, { transport: transport(), headers });

    endAll(processor, 3);
    await processor.shutdown();

    expect(sink.requests.map(({ headers: sent }) => sent['authorization'])).toEqual([
      `Bearer ${token(1)}`,
      `Bearer ${token(2)}`,
    ]);
    expect(sink.spans).toHaveLength(3);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3, rejected: {} } });
  });

  test('a length that is too short leaves rubbish on the connection, which costs no span', async () => {
    let requests = 0;
    await using server = await startRawServer((socket, chunk) => {
      if (!chunk.toString('latin1').startsWith('POST')) return;
      requests++;
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nabcdef');
    });
    const processor = start(server.url, { transport: transport() });

    endAll(processor, 1);
    await processor.forceFlush();
    endAll(processor, 1);
    await processor.shutdown();

    expect(requests).toBeGreaterThanOrEqual(2);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2, inFlight: 0 } });
  });

  test('garbage with status 200 is a success, also where it calls itself JSON or protobuf', async () => {
    const kinds = ['application/json', 'application/x-protobuf', 'text/html'];
    let answers = 0;
    await using server = await startRawServer((socket, chunk) => {
      if (!chunk.toString('latin1').startsWith('POST')) return;
      const kind = kinds[answers++ % kinds.length]!;
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: ${kind}\r\ncontent-length: 6\r\n\r\n{\u0001"ab\n`,
      );
    });
    const processor = start(server.url, { transport: transport() });

    for (let i = 0; i < kinds.length; i++) {
      endAll(processor, 1);
      await processor.forceFlush();
    }
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3 } });
  });

  test('a receiver without TLS under an https URL is a failure that passes, until the time is over', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl.replace('http:', 'https:'), {
      transport: transport(),
      retry: { maxElapsedMillis: 20, initialDelayMillis: 5 },
    });

    endAll(processor, 2);
    await processor.shutdown();

    expect(sink.spans).toEqual([]);
    expect(balanced(processor).destinations).toMatchObject({
      otlp: { dropped: { retry_exhausted: 2 }, inFlight: 0 },
    });
  });

  test('OTLP/JSON: what the receiver decodes is what was sent', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl, {
      transport: transport(),
      protocol: 'http/json',
      compression: 'gzip',
    });

    endAll(processor, 20, 200);
    await processor.shutdown();

    expect(sink.errors).toEqual([]);
    expect(sink.spans).toHaveLength(20);
    expect(sink.spans[0]?.attributes).toEqual({ text: 'x'.repeat(200) });
    expect(sink.requests[0]?.headers['content-type']).toBe('application/json');
  });
});

test('a client certificate whose time is over costs its spans, counted, until a new one is there', async () => {
  const server = selfSignedCertificate();
  const expired = selfSignedCertificate({ expired: true });
  await using receiver = await startTlsServer({
    ...server,
    ca: [expired.cert],
    requestCert: true,
  });
  const transport = nodeTransport({
    tls: { ca: server.cert, cert: expired.cert, key: expired.key },
  });
  const processor = start(receiver.url, {
    transport,
    retry: { maxElapsedMillis: 20, initialDelayMillis: 5 },
  });

  endAll(processor, 2);
  await processor.shutdown();

  expect(receiver.clients).toEqual([]);
  expect(balanced(processor).destinations).toMatchObject({
    otlp: { dropped: { retry_exhausted: 2 }, inFlight: 0 },
  });
});
