// Answers over gRPC that are not what they should be, over HTTP/2 as it is on the wire.
import type { ServerHttp2Stream } from 'node:http2';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { otlpGrpcDestination, type OtlpGrpcOptions } from '../src/grpc/index.ts';
import { type ResilientSpanProcessor, resilientSpanProcessor } from '../src/index.ts';
import { accountOf, endSpans } from './fixtures/account.ts';
import { grpcFrame, startHttp2Server } from './fixtures/http2-server.ts';

const logged = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn(), verbose: vi.fn() };
beforeEach(() => diag.setLogger(logged, { suppressOverrideMessage: true }));
afterEach(() => {
  diag.disable();
  vi.clearAllMocks();
});
const warnings = (): string[] => logged.warn.mock.calls.map(([line]) => String(line));

function start(url: string, options: Partial<OtlpGrpcOptions> = {}): ResilientSpanProcessor {
  return resilientSpanProcessor({
    destinations: [otlpGrpcDestination({ url, timeoutMillis: 1000, ...options })],
    retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
    batch: { maxItems: 10 },
  });
}

type Reply = (stream: ServerHttp2Stream) => void;

const HEAD = { ':status': 200, 'content-type': 'application/grpc' };
const EMPTY = grpcFrame(new Uint8Array());

const taken: Reply = (stream) => {
  stream.respond(HEAD, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(EMPTY);
};
const answered: Reply = (stream) => {
  stream.respond(HEAD);
  stream.write(EMPTY);
};

const withoutEnd: readonly (readonly [string, Reply])[] = [
  ['nothing', answered],
  [
    'a reset',
    (stream) => {
      answered(stream);
      setTimeout(() => stream.close(2), 20);
    },
  ],
  [
    'the end of the connection',
    (stream) => {
      answered(stream);
      setTimeout(() => stream.session?.destroy(), 20);
    },
  ],
  [
    'the end of the stream',
    (stream) => {
      stream.respond(HEAD);
      stream.end(EMPTY);
    },
  ],
];

test.each(withoutEnd)(
  'a message with %s behind it is sent once, counted as exported, and told',
  async (...[, reply]) => {
    await using server = await startHttp2Server(reply);
    const processor = start(server.url);

    endSpans(processor, 30);
    await processor.shutdown();

    expect(server.requests).toBe(3);
    expect(accountOf(processor)).toMatchObject({ exported: 30, rejected: {}, dropped: {} });
    expect(warnings()).toEqual([expect.stringContaining('the answer has no end')]);
    expect(logged.error).not.toHaveBeenCalled();
  },
);

test('a shutdown that ends before the trailers come counts it as exported', async () => {
  await using server = await startHttp2Server(answered);
  const processor = start(server.url, { timeoutMillis: 60_000 });

  endSpans(processor, 4);
  await vi.waitFor(() => expect(server.requests).toBe(1), { timeout: 10_000 });
  await processor.shutdown({ timeoutMillis: 500 });

  expect(accountOf(processor)).toMatchObject({ exported: 4, dropped: {}, inFlight: 0 });
});

const PAGE = '<html><body>Please sign in</body></html>';
const passing: readonly (readonly [string, Reply, RegExp])[] = [
  [
    'a web page with status 200',
    (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      stream.end(PAGE);
    },
    /not_otlp: text\/html/,
  ],
  [
    'a redirect',
    (stream) => {
      stream.respond({ ':status': 302, location: 'http://login.example/' }, { endStream: true });
    },
    /http_302/,
  ],
  ['a stream that is reset', (stream) => stream.close(2), /grpc_INTERNAL/],
  ['a stream that is refused', (stream) => stream.close(7), /grpc_UNAVAILABLE/],
  ['a stream that is told to be calm', (stream) => stream.close(11), /grpc_RESOURCE_EXHAUSTED/],
  ['a connection that ends', (stream) => stream.session?.destroy(), /grpc_/],
  [
    'a head and nothing behind it',
    (stream) => {
      stream.respond(HEAD);
      stream.end();
    },
    /grpc_INTERNAL/,
  ],
];

test.each(passing)('%s is no answer: nothing is lost to it', async (...[, reply, told]) => {
  await using server = await startHttp2Server((stream, _headers, request) =>
    request === 1 ? reply(stream) : taken(stream),
  );
  const processor = start(server.url);

  endSpans(processor, 3);
  await processor.shutdown();

  expect(server.requests).toBe(2);
  expect(accountOf(processor)).toMatchObject({ exported: 3, rejected: {}, dropped: {} });
  expect(warnings()[0]).toMatch(told);
});

test('413 of a proxy splits the request', async () => {
  await using server = await startHttp2Server((stream, _headers, request) => {
    if (request > 1) taken(stream);
    else stream.respond({ ':status': 413 }, { endStream: true });
  });
  const processor = start(server.url);

  endSpans(processor, 4);
  await processor.shutdown();

  expect(server.requests).toBeGreaterThan(2);
  expect(accountOf(processor)).toMatchObject({ exported: 4, rejected: {} });
});

test('a receiver that goes away politely (GOAWAY) loses nothing and gets nothing twice', async () => {
  await using server = await startHttp2Server((stream, _headers, request) => {
    taken(stream);
    if (request % 2 === 0) stream.session?.goaway(0);
    if (request % 2 === 0) stream.session?.close();
  });
  const processor = start(server.url, { concurrency: 1 });

  endSpans(processor, 60);
  await processor.shutdown();

  expect(server.requests).toBe(6);
  expect(accountOf(processor)).toMatchObject({ exported: 60, rejected: {}, dropped: {} });
});
