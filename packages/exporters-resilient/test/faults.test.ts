import { ledgerErrors, type LedgerSnapshot } from '@llm-otel/core';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  fetchTransport,
  otlpDestination,
  type OtlpOptions,
  type RefusedRequest,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { startRawServer } from './fixtures/raw-server.ts';
import { startSizeLimited } from './fixtures/size-limited-server.ts';
import { makeSpans } from './fixtures/spans.ts';

// Built at run time: no file holds anything that looks like a credential.
const token = ['made', 'up', 'at', 'run', 'time'].join('-');

afterEach(() => diag.disable());

describe.each([
  ['fetch', () => fetchTransport()],
  ['node:http', () => nodeTransport()],
])('over %s', (_name, transport) => {
  const start = (url: string, options: Partial<OtlpOptions> = {}): ResilientSpanProcessor =>
    resilientSpanProcessor({
      destinations: [otlpDestination({ url, transport: transport(), ...options })],
      retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
      batch: { maxItems: 10 },
    });
  const endAll = (processor: ResilientSpanProcessor, count: number): void => {
    for (const span of makeSpans(count)) processor.onEnd(span);
  };
  const balanced = (processor: ResilientSpanProcessor): LedgerSnapshot => {
    const snapshot = processor.ledger();
    expect(ledgerErrors(snapshot)).toEqual([]);
    return snapshot;
  };

  test('export_http, export_single_span: a span arrives as it was', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);

    endAll(processor, 1);
    await processor.shutdown();

    expect(sink.errors).toEqual([]);
    expect(sink.spans).toMatchObject([
      { name: 'chat gpt-5-mini', attributes: { 'gen_ai.operation.name': 'chat' } },
    ]);
    expect(sink.requests).toMatchObject([
      { path: '/v1/traces', headers: { 'content-type': 'application/x-protobuf' } },
    ]);
  });

  test('export_batch_spans: many spans arrive in batches, each of them once', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);

    endAll(processor, 25);
    await processor.shutdown();

    expect(sink.spans).toHaveLength(25);
    expect(sink.duplicateSpans).toEqual([]);
    expect(sink.requests.map(({ items }) => items).toSorted((a, b) => b - a)).toEqual([10, 10, 5]);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 25, inFlight: 0 } });
  });

  test('export_with_auth_header: the header arrives and shows nowhere else', async () => {
    await using sink = await startOtlpSink();
    const log = vi.fn();
    diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
    const processor = start(sink.tracesUrl, { headers: { Authorization: `Bearer ${token}` } });
    sink.answer({ status: 401, times: 1, body: `unknown key Bearer ${token}, ${token}` });

    endAll(processor, 1);
    await processor.forceFlush();
    endAll(processor, 1);
    await processor.shutdown();

    expect(sink.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${token}`,
      `Bearer ${token}`,
    ]);
    const logged = log.mock.calls.flat().join('\n');
    expect(logged).toContain('[redacted]');
    expect(logged).not.toContain(token);
  });

  test('gzip: a large body is compressed, a small one is not', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl, { compression: 'gzip' });

    endAll(processor, 1);
    await processor.forceFlush();
    endAll(processor, 10);
    await processor.shutdown();

    expect(sink.requests.map(({ contentEncoding }) => contentEncoding)).toEqual([
      'identity',
      'gzip',
    ]);
    expect(sink.spans).toHaveLength(11);
  });

  test('export_connection_failure_handling: refused, the application goes on and the spans arrive once the receiver is up', async () => {
    await using sink = await startOtlpSink();
    await sink.stop();
    const processor = start(sink.tracesUrl);

    endAll(processor, 20);
    await processor.forceFlush({ timeoutMillis: 500 });
    expect(balanced(processor).destinations).toMatchObject({ otlp: { inFlight: 20 } });
    await sink.start();
    await processor.shutdown();

    expect(sink.spans).toHaveLength(20);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 20 } });
  });

  test('export_connection_failure_handling: a receiver that never comes costs its spans, counted, and no time beyond the deadline', async () => {
    const processor = start(`${await unreachableUrl()}/v1/traces`);

    endAll(processor, 5);
    await processor.shutdown({ timeoutMillis: 80 });

    expect(balanced(processor).destinations).toMatchObject({
      otlp: { dropped: { shutdown_timeout: 5 }, inFlight: 0 },
    });
  });

  test('export_connection_failure_handling: a name that does not resolve is a failure to connect', async () => {
    const processor = start('http://no-such-host.invalid/v1/traces');

    endAll(processor, 1);
    await processor.shutdown({ timeoutMillis: 50 });

    expect(balanced(processor).destinations).toMatchObject({ otlp: { inFlight: 0 } });
  });

  test.for([429, 502, 503, 504])(
    'export_retry_on_transient_error: %i is tried again until it works',
    async (status) => {
      await using sink = await startOtlpSink();
      const processor = start(sink.tracesUrl);
      sink.answer({ status, times: 2 });

      endAll(processor, 3);
      await processor.shutdown();

      expect(sink.requests.map((request) => request.status)).toEqual([status, status, 200]);
      expect(sink.spans).toHaveLength(3);
      expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 3 } });
    },
  );

  test('export_retry_on_transient_error: Retry-After in seconds is obeyed', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);
    sink.answer({ status: 503, retryAfter: 1, times: 1 });

    endAll(processor, 1);
    await processor.shutdown();

    const [first, second] = sink.requests;
    expect(second!.timeMillis - first!.timeMillis).toBeGreaterThanOrEqual(990);
    expect(sink.spans).toHaveLength(1);
  });

  test.for([400, 401, 404, 500, 501])(
    '%i is final: rejected, counted, not sent again',
    async (status) => {
      await using sink = await startOtlpSink();
      const processor = start(sink.tracesUrl);
      sink.answer({ status });

      endAll(processor, 3);
      await processor.shutdown();

      expect(sink.requests).toHaveLength(1);
      expect(balanced(processor).destinations).toMatchObject({
        otlp: { rejected: { [`http_${status}`]: 3 }, exported: 0 },
      });
    },
  );

  test('413 splits a request until its parts are taken', async () => {
    await using sink = await startOtlpSink({ maxBodyBytes: 700 });
    const processor = start(sink.tracesUrl);

    endAll(processor, 10);
    await processor.shutdown();

    expect(sink.spans).toHaveLength(10);
    expect(sink.duplicateSpans).toEqual([]);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 10 } });
  });

  test.each([
    ['text', 'text/plain', (): Buffer => Buffer.from('http: request body too large\n')],
    [
      'JSON',
      'application/json',
      (): Buffer => Buffer.from('{"code":3,"message":"http: request body too large"}'),
    ],
    [
      'protobuf',
      'application/x-protobuf',
      (): Buffer => Buffer.from('\u0008\u0003\u0012\u001chttp: request body too large'),
    ],
  ])(
    'a 400 that says too large, as %s, splits down to the span that is too large alone',
    async (_kind, type, answerOf) => {
      const lengths: number[] = [];
      await using server = await startSizeLimited(2000, lengths, type, answerOf());
      const refused: RefusedRequest[] = [];
      const processor = start(server.url, { onRefused: (request) => refused.push(request) });

      for (const span of makeSpans(1, { attributes: { prompt: 'x'.repeat(5000) } }))
        processor.onEnd(span);
      endAll(processor, 4);
      await processor.shutdown();

      expect(balanced(processor).destinations).toMatchObject({
        otlp: { exported: 4, rejected: { http_400: 1 } },
      });
      expect(refused).toMatchObject([{ items: 1, reason: 'http_400' }]);
      expect(lengths.length).toBeGreaterThan(1);
    },
  );

  test('413 for a single span rejects that one and delivers the others', async () => {
    await using sink = await startOtlpSink({ maxBodyBytes: 2000 });
    const processor = start(sink.tracesUrl);

    for (const span of makeSpans(1, { attributes: { prompt: 'x'.repeat(5000) } }))
      processor.onEnd(span);
    endAll(processor, 4);
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({
      otlp: { exported: 4, rejected: { http_413: 1 } },
    });
    expect(sink.spans).toHaveLength(4);
  });

  test('a partial success is counted and never sent again', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);
    sink.answer({ status: 200, partialSuccess: { rejected: 2, message: 'too old' }, times: 1 });

    endAll(processor, 5);
    await processor.shutdown();

    expect(sink.requests).toHaveLength(1);
    expect(sink.spans).toHaveLength(3);
    expect(balanced(processor).destinations).toMatchObject({
      otlp: { exported: 3, rejected: { partial_success: 2 } },
    });
  });

  test('a 200 with a body that is no answer is a success', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);
    sink.answer({ status: 200, body: 'welcome' });

    endAll(processor, 2);
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2 } });
  });

  test('a reset connection is tried again', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);
    sink.reset({ times: 2 });

    endAll(processor, 2);
    await processor.shutdown();

    expect(sink.spans).toHaveLength(2);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2 } });
  });

  test('a receiver that hangs costs one deadline, then the request is tried again', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl, { timeoutMillis: 50 });
    sink.hang({ times: 1 });

    endAll(processor, 2);
    await processor.shutdown();

    expect(sink.requests.map(({ outcome }) => outcome)).toEqual(['hung', 'received']);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 2 } });
  });

  test('a slow receiver gets everything', async () => {
    await using sink = await startOtlpSink();
    const processor = start(sink.tracesUrl);
    sink.slow(20);

    endAll(processor, 50);
    await processor.shutdown();

    expect(sink.spans).toHaveLength(50);
    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 50 } });
  });

  test('a 200 whose body never ends is read up to a limit and is a success', async () => {
    await using server = await startRawServer((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 99999999\r\n\r\n',
      );
      socket.write(Buffer.alloc(200_000, 'x'));
    });
    const processor = start(server.url);

    endAll(processor, 1);
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
  });

  test('a 200 that is torn in its body is a success: the receiver has said so', async () => {
    await using server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc');
      setImmediate(() => socket.destroy());
    });
    const processor = start(server.url);

    endAll(processor, 1);
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({ otlp: { exported: 1 } });
  });

  test('what does not speak HTTP is a failure that passes, until the time is over', async () => {
    await using server = await startRawServer((socket) => {
      socket.end('220 mail.example.com ESMTP\r\n');
    });
    const processor = start(server.url, { retry: { maxElapsedMillis: 1, initialDelayMillis: 2 } });

    endAll(processor, 1);
    await processor.shutdown();

    expect(balanced(processor).destinations).toMatchObject({
      otlp: { dropped: { retry_exhausted: 1 } },
    });
  });

  test('the same connection serves one request after the other', async () => {
    let requests = 0;
    await using server = await startRawServer((socket, chunk) => {
      if (!chunk.toString('latin1').startsWith('POST')) return;
      requests++;
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    const processor = start(server.url, { concurrency: 1 });

    for (let i = 0; i < 5; i++) {
      endAll(processor, 1);
      await processor.forceFlush();
    }
    await processor.shutdown();

    expect(requests).toBe(5);
    expect(server.connections).toBe(1);
  });
});
