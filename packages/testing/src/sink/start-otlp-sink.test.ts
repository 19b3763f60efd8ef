import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unreachableUrl } from '../http/loopback-server.ts';
import type { OtlpSink } from './otlp-sink.ts';
import { startOtlpSink } from './start-otlp-sink.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

let sink: OtlpSink;
beforeEach(async () => {
  sink = await startOtlpSink();
});
afterEach(() => sink.close());

function spans(...spanIds: number[]): string {
  const list = spanIds.map((id) => ({
    traceId: TRACE_ID,
    spanId: id.toString(16).padStart(16, '0'),
    name: `span ${id}`,
  }));
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: list }] }] });
}

async function post(
  body: string | Buffer,
  { url = sink.tracesUrl, headers = {}, signal = AbortSignal.timeout(5000) } = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    // A Buffer is a Uint8Array, which fetch takes.
    body: body as string,
    signal,
  });
}

const outcomes = (): unknown[] => sink.requests.map(({ outcome, status }) => [outcome, status]);

describe('receiving', () => {
  test('a request is kept and recorded', async () => {
    const response = await post(spans(1, 2), { headers: { 'x-api-key': 'k' } });

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({});
    expect(sink.spans.map((span) => span.name)).toEqual(['span 1', 'span 2']);
    expect(sink.requests).toEqual([
      {
        signal: 'traces',
        method: 'POST',
        path: '/v1/traces',
        headers: expect.objectContaining({ 'x-api-key': 'k' }),
        encoding: 'json',
        contentEncoding: 'identity',
        wireBytes: spans(1, 2).length,
        bodyBytes: spans(1, 2).length,
        timeMillis: expect.any(Number),
        outcome: 'received',
        status: 200,
        items: 2,
      },
    ]);
    expect(sink.errors).toEqual([]);
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ])('%s is undone', async (contentEncoding, compress) => {
    const body = compress(spans(1));

    await post(body, { headers: { 'content-encoding': contentEncoding } });

    expect(sink.spans).toHaveLength(1);
    expect(sink.requests[0]).toMatchObject({
      contentEncoding,
      wireBytes: body.length,
      bodyBytes: spans(1).length,
    });
  });

  test('metrics and logs have paths of their own', async () => {
    const metric = {
      name: 'tokens',
      sum: { isMonotonic: true, aggregationTemporality: 2, dataPoints: [{ asInt: '7' }, {}] },
    };
    const log = { severityNumber: 9, body: { stringValue: 'hello' }, traceId: '', spanId: '' };

    await post(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }), {
      url: sink.metricsUrl,
    });
    await post(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] }), {
      url: sink.logsUrl,
    });

    expect(sink.metrics).toMatchObject([
      {
        name: 'tokens',
        type: 'sum',
        temporality: 'cumulative',
        isMonotonic: true,
        points: [{ value: 7, valueType: 'int' }, { value: undefined }],
      },
    ]);
    expect(sink.logs).toMatchObject([{ body: 'hello', severityNumber: 9, traceId: undefined }]);
    expect(sink.requests.map(({ items }) => items)).toEqual([2, 1]);
  });

  test('a span that comes again is counted as a duplicate', async () => {
    await post(spans(1, 2));
    await post(spans(2, 3));

    expect(sink.spans).toHaveLength(4);
    expect(sink.duplicateSpans.map((span) => span.name)).toEqual(['span 2']);
  });

  test('clear forgets everything, also which spans were seen', async () => {
    await post(spans(1));

    sink.clear();
    await post(spans(1));

    expect(sink.duplicateSpans).toEqual([]);
    expect(sink.requests).toHaveLength(1);
  });
});

describe('what is not OTLP is refused and recorded', () => {
  test.each([
    ['broken JSON', '{', {}, 400, /not JSON/],
    ['broken gzip', 'x', { 'content-encoding': 'gzip' }, 400, /broken gzip data/],
    ['an unknown compression', 'x', { 'content-encoding': 'br' }, 415, /br is not supported/],
    ['another content type', 'x', { 'content-type': 'text/plain' }, 415, /text\/plain is not/],
    ['broken protobuf', 'x', { 'content-type': 'application/x-protobuf' }, 400, /byte/],
  ])('%s', async (_name, body, headers, status, message) => {
    const response = await post(body, { headers });

    expect(response.status).toBe(status);
    expect(sink.errors).toEqual([{ request: 0, message: expect.stringMatching(message) }]);
    expect(outcomes()).toEqual([['malformed', status]]);
  });

  test('the answer says what is wrong', async () => {
    const response = await post('{"resourceSpans":7}');

    expect(await response.json()).toEqual({
      code: 3,
      message: 'ExportTraceServiceRequest.resourceSpans: 7 instead of an array',
    });
  });

  test('another path or method', async () => {
    expect((await post('', { url: `${sink.url}/v2/traces` })).status).toBe(404);
    expect((await fetch(sink.tracesUrl)).status).toBe(405);
    expect(sink.errors).toHaveLength(2);
  });

  test('a body above the limit, also one that only grows when unpacked', async () => {
    await using small = await startOtlpSink({ maxBodyBytes: 100 });
    const bomb = gzipSync(Buffer.alloc(100_000));

    expect((await post(spans(1, 2, 3), { url: small.tracesUrl })).status).toBe(413);
    const headers = { 'content-encoding': 'gzip' };
    expect((await post(gzipSync(bomb), { url: small.tracesUrl, headers })).status).toBe(413);
  });

  test('a client that goes away in the middle of its body', async () => {
    const client = httpRequest(sink.tracesUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    client.on('error', () => undefined);
    client.write('{"resourceSpans"', () => client.destroy());

    await sink.waitFor(({ requests }) => requests.length === 1);

    expect(outcomes()).toEqual([['aborted', undefined]]);
    expect(sink.errors).toEqual([]);
  });
});

describe('faults', () => {
  test('an answer lasts for its number of requests and keeps nothing', async () => {
    sink.answer({ status: 503, retryAfter: 2, times: 1 });

    const refused = await post(spans(1));
    await post(spans(1));

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await refused.json()).toEqual({ code: 14, message: 'answered 503 on purpose' });
    expect(sink.spans).toHaveLength(1);
    expect(outcomes()).toEqual([
      ['refused', 503],
      ['received', 200],
    ]);
  });

  test('faults come in the order they were asked for, an endless one last', async () => {
    sink.answer({ status: 500 });
    sink.answer({ status: 429, times: 1 });
    sink.answer({ status: 502, times: 1 });
    const statuses = async (count: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let index = 0; index < count; index += 1) seen.push((await post(spans(1))).status);
      return seen;
    };

    expect(await statuses(4)).toEqual([429, 502, 500, 500]);
    sink.answer({ status: 504 });
    expect(await statuses(1)).toEqual([504]);
    sink.recover();
    expect(await statuses(1)).toEqual([200]);
  });

  test('a fault can be for one signal', async () => {
    sink.answer({ status: 503, signal: 'metrics' });

    expect((await post(spans(1))).status).toBe(200);
    expect((await post('{}', { url: sink.metricsUrl })).status).toBe(503);
  });

  test('partial success leaves out the last items, in JSON and in protobuf', async () => {
    sink.answer({ status: 200, partialSuccess: { rejected: 300, message: 'full' }, times: 1 });
    sink.answer({ status: 200, partialSuccess: { rejected: 1 }, times: 1 });
    sink.answer({ status: 200, partialSuccess: { rejected: 300, message: 'full' }, times: 1 });

    const json = await post(spans(1, 2));
    await post(spans(3, 4));
    const protobuf = await fetch(sink.tracesUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(),
    });

    expect(await json.json()).toEqual({
      partialSuccess: { rejectedSpans: '300', errorMessage: 'full' },
    });
    expect(sink.spans.map((span) => span.name)).toEqual(['span 3']);
    expect(new Uint8Array(await protobuf.arrayBuffer())).toEqual(
      Uint8Array.of(0x0a, 9, 0x08, 0xac, 0x02, 0x12, 4, ...Buffer.from('full')),
    );
  });

  test('an answer that HTTP does not have is refused at once', () => {
    expect(() => sink.answer({ status: 42 })).toThrow('status is 42: use a whole number');
    expect(() => sink.answer({ status: 503, retryAfter: 'a\nb' })).toThrow(/retry-after/);
  });

  test('a body and a Retry-After date can be chosen', async () => {
    const date = new Date('2026-01-02T03:04:05Z');
    sink.answer({ status: 429, body: 'slow down', retryAfter: date });

    const response = await post(spans(1));

    expect(response.headers.get('retry-after')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(await response.text()).toBe('slow down');
  });

  test('a reset breaks the connection after the body', async () => {
    sink.reset({ times: 1 });

    await expect(post(spans(1))).rejects.toThrow('fetch failed');

    expect(sink.spans).toEqual([]);
    expect(outcomes()).toEqual([['reset', undefined]]);
  });

  test('a lost reply leads to a duplicate', async () => {
    sink.reset({ times: 1, received: true });

    await post(spans(1)).catch(() => undefined);
    await post(spans(1));

    expect(sink.duplicateSpans).toHaveLength(1);
  });

  test('a hung request is never answered', async () => {
    sink.hang({ times: 1 });
    const controller = new AbortController();
    const hung = post(spans(1), { signal: controller.signal });

    await sink.waitFor(({ requests }) => requests.length === 1);
    controller.abort();

    await expect(hung).rejects.toThrow(/abort/);
    expect(outcomes()).toEqual([['hung', undefined]]);
  });

  test('a slow sink has the spans before it answers', async () => {
    sink.slow(60_000);
    const answered = post(spans(1)).then(
      () => 'answered',
      () => 'cut',
    );

    await sink.waitFor(1);
    await sink.stop();

    expect(await answered).toBe('cut');
  });

  test('a short delay ends in an answer', async () => {
    sink.slow(1);

    expect((await post(spans(1))).status).toBe(200);
  });

  test('a stopped sink refuses connections and comes back on the same port', async () => {
    await sink.stop();
    await expect(post(spans(1))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

    await sink.start();
    await sink.start();

    expect((await post(spans(1))).status).toBe(200);
  });

  test('a closed sink stays closed', async () => {
    await sink.close();

    await expect(sink.start()).rejects.toThrow('the sink was closed');
  });

  test('a port in use is an error', async () => {
    const port = Number(new URL(sink.url).port);

    await expect(startOtlpSink({ port })).rejects.toThrow('EADDRINUSE');
  });

  test('nothing listens at the unreachable address', async () => {
    const url = await unreachableUrl();

    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});

describe('waitFor', () => {
  test('resolves when the last span is there', async () => {
    const waiting = sink.waitFor(3);

    await post(spans(1, 2));
    await post(spans(3));
    await waiting;

    expect(sink.spans).toHaveLength(3);
  });

  test('resolves at once when the condition is met', async () => {
    await sink.waitFor(() => true);
    await sink.waitFor(0);
  });

  test('says what there was when the time is over', async () => {
    sink.answer({ status: 503, times: 1 });
    await post(spans(1));
    await post('{');

    await expect(sink.waitFor(1, 1)).rejects.toThrow(
      '1 spans not there after 1 ms: 0 spans, 0 metrics and 0 log records received; ' +
        'in 2 requests; 1 refused (503); 1 malformed (400); first error: not JSON',
    );
  });

  test('a condition that throws fails the wait', async () => {
    const waiting = sink.waitFor(({ spans }) => {
      if (spans.length > 0) throw new Error('not this span');
      return false;
    });
    const failed = expect(waiting).rejects.toThrow('not this span');

    await post(spans(1));

    await failed;
  });
});
