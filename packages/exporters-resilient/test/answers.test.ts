// Answers that are not what they should be: each is sent once where the receiver has it, and again where nobody has. Over
// real sockets, against the exact ledger and against how often the receiver was asked.
import type { Socket } from 'node:net';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  fetchTransport,
  otlpDestination,
  type OtlpOptions,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { accountOf, endSpans } from './fixtures/account.ts';
import { type RawServer, startRawServer } from './fixtures/raw-server.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
const PAGE = '<!-- gate --><!DOCTYPE html><html><body>Please sign in</body></html>';

const logged = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn(), verbose: vi.fn() };
beforeEach(() => diag.setLogger(logged, { suppressOverrideMessage: true }));
afterEach(() => {
  diag.disable();
  vi.clearAllMocks();
});
const warnings = (): string[] => logged.warn.mock.calls.map(([line]) => String(line));

test.each([
  ['fetch', fetchTransport],
  ['node:http', nodeTransport],
])('over %s: of what does not speak HTTP the log says so', async (_name, transport) => {
  await using server = await startRawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url: server.url, transport: transport() })],
  });
  endSpans(processor, 1);
  await processor.shutdown({ timeoutMillis: 1000 });

  expect(warnings()[0]).toMatch(/fails \((?:HPE_\w+|HTTPParserError)\).*does not speak HTTP/);
});

interface Receiver extends RawServer {
  /** Requests that were read. */
  requests: number;
}

type Reply = string | ((socket: Socket) => void);

/** Answers one request after the other as it is told, the last way again and again. */
async function answering(...replies: Reply[]): Promise<Receiver> {
  const server = await startRawServer((socket, chunk) => {
    if (!chunk.toString('latin1').startsWith('POST')) return;
    const reply = replies[Math.min(receiver.requests++, replies.length - 1)]!;
    if (typeof reply === 'string') socket.write(reply);
    else reply(socket);
  });
  const receiver: Receiver = Object.assign(server, { requests: 0 });
  return receiver;
}

const head = (headers: string, status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\n${headers}\r\n\r\n`;
const json = (value: unknown): string => {
  const body = JSON.stringify(value);
  return `${head(`content-type: application/json\r\ncontent-length: ${body.length}`)}${body}`;
};
const page = (status = '200 OK', type = 'text/html; charset=utf-8'): string =>
  `${head(`content-type: ${type}\r\ncontent-length: ${PAGE.length}`, status)}${PAGE}`;

describe.each([
  ['fetch', () => fetchTransport()],
  ['node:http', () => nodeTransport()],
])('over %s', (_name, transport) => {
  const start = (url: string, options: Partial<OtlpOptions> = {}): ResilientSpanProcessor =>
    resilientSpanProcessor({
      destinations: [
        otlpDestination({ url, transport: transport(), timeoutMillis: 1000, ...options }),
      ],
      retry: { initialDelayMillis: 5, maxDelayMillis: 20 },
      batch: { maxItems: 10 },
    });

  const unread: readonly (readonly [string, Reply, RegExp])[] = [
    ['never comes', head('content-length: 10'), /did not arrive \(200, no content type\)/],
    [
      'never ends',
      `${head('transfer-encoding: chunked')}3\r\nabc\r\n`,
      /did not arrive \(200, no content type\)/,
    ],
    [
      'is reset',
      (socket) => {
        socket.write(`${head('content-length: 10')}abc`);
        setImmediate(() => socket.resetAndDestroy());
      },
      /did not arrive in full/,
    ],
    [
      'is shorter than it says',
      (socket) => {
        socket.end(`${head('content-length: 10')}abc`);
      },
      /did not arrive in full/,
    ],
    ['has a chunk that is none', `${head('transfer-encoding: chunked')}zz\r\nabc\r\n`, /in full/],
    [
      'is longer than anyone reads',
      head('content-length: 200000') + 'x'.repeat(200_000),
      /in full/,
    ],
    [
      'is rubbish',
      `${head('content-type: application/x-protobuf\r\ncontent-length: 3')}\u0001"a`,
      /is not one of OTLP \(200, application\/x-protobuf\)/,
    ],
    [
      'is a word of a home-made receiver',
      `${head('content-type: text/html\r\ncontent-length: 2')}ok`,
      /is not one of OTLP \(200, text\/html\)/,
    ],
  ];

  test.each(unread)(
    'a 200 whose body %s is sent once, counted as exported, and told',
    async (...[, reply, told]) => {
      await using receiver = await answering(reply);
      const processor = start(receiver.url);

      endSpans(processor, 30);
      await processor.shutdown();

      expect(receiver.requests).toBe(3);
      expect(accountOf(processor)).toMatchObject({
        exported: 30,
        rejected: {},
        dropped: {},
        inFlight: 0,
      });
      expect(warnings()).toEqual([expect.stringMatching(told)]);
      expect(logged.error).not.toHaveBeenCalled();
    },
  );

  test('a shutdown that ends while the body of a 200 is awaited counts it as exported', async () => {
    await using receiver = await answering(head('content-length: 10'));
    const processor = start(receiver.url, { timeoutMillis: 60_000 });

    endSpans(processor, 4);
    await vi.waitFor(() => expect(receiver.requests).toBe(1), { timeout: 10_000 });
    await processor.shutdown({ timeoutMillis: 500 });

    expect(accountOf(processor)).toMatchObject({ exported: 4, dropped: {}, inFlight: 0 });
  });

  test('what a partial success says counts, also where the connection breaks behind it', async () => {
    await using receiver = await answering((socket) => {
      const body = JSON.stringify({ partialSuccess: { rejectedSpans: '2' } });
      socket.end(`${head('content-type: application/json\r\ncontent-length: 900')}${body}`);
    });
    const processor = start(receiver.url);

    endSpans(processor, 5);
    await processor.shutdown();

    expect(accountOf(processor)).toMatchObject({ exported: 3, rejected: { partial_success: 2 } });
  });

  test('a 400 whose body never comes is as final as any other', async () => {
    await using receiver = await answering(head('content-length: 10', '400 Bad Request'));
    const processor = start(receiver.url);

    endSpans(processor, 2);
    await processor.shutdown();

    expect(receiver.requests).toBe(1);
    expect(accountOf(processor)).toMatchObject({ rejected: { http_400: 2 }, inFlight: 0 });
  });

  test('a 401 whose body never comes is tried again with a new token', async () => {
    await using receiver = await answering(head('content-length: 10', '401 Unauthorized'), OK);
    let asked = 0;
    const processor = start(receiver.url, { headers: () => ({ 'x-key': `number ${++asked}` }) });

    endSpans(processor, 2);
    await processor.shutdown();

    expect([receiver.requests, asked]).toEqual([2, 2]);
    expect(accountOf(processor)).toMatchObject({ exported: 2, rejected: {} });
  });

  test('a web page is no receiver: nothing counts as exported, and all of it arrives once one is there', async () => {
    await using receiver = await answering(page(), page('203 Fine', 'text/plain'), OK);
    const processor = start(`${receiver.url}?key=${'k'.repeat(12)}`);

    endSpans(processor, 3);
    await processor.shutdown();

    expect(receiver.requests).toBe(3);
    expect(accountOf(processor)).toMatchObject({ exported: 3, rejected: {}, dropped: {} });
    const [line, ...others] = warnings();
    expect(others).toEqual([]);
    expect(line).toContain(`fails (not_otlp: 200, text/html; charset=utf-8)`);
    expect(line).toContain(receiver.url);
    expect(line).toContain('a web page');
    expect(line).not.toContain('kkkk');
  });

  test('a web page that stays costs its spans after their time, counted and told', async () => {
    await using receiver = await answering(page());
    const processor = start(receiver.url, {
      retry: { maxElapsedMillis: 20, initialDelayMillis: 5 },
    });

    endSpans(processor, 3);
    await processor.shutdown();

    expect(accountOf(processor)).toMatchObject({ exported: 0, dropped: { retry_exhausted: 3 } });
    expect(logged.error).toHaveBeenCalledOnce();
  });

  test.for(['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'])(
    '%s is not followed, and nothing is lost to it before its time',
    async (status) => {
      await using other = await answering(OK);
      const login = `${new URL(other.url).origin}/login?next=${'secret'.repeat(2)}`;
      const moved = head(`location: ${login}\r\ncontent-length: 0`, status);
      await using receiver = await answering(moved, OK);
      const processor = start(receiver.url, { headers: { authorization: 'Bearer of-nothing' } });

      endSpans(processor, 2);
      await processor.shutdown();

      expect([receiver.requests, other.requests, other.connections]).toEqual([2, 0, 0]);
      expect(accountOf(processor)).toMatchObject({ exported: 2, rejected: {} });
      expect(warnings()[0]).toContain(`points to ${new URL(other.url).origin}, redirects are not`);
      expect(warnings()[0]).not.toContain('secret');
    },
  );

  test('an empty partial success is a success and nothing is said', async () => {
    await using receiver = await answering(
      json({ partialSuccess: {} }),
      json({ partialSuccess: { rejectedSpans: 0 } }),
      json({ partialSuccess: { rejectedSpans: '0', errorMessage: '' } }),
      json({ partialSuccess: null }),
      json({}),
      `${head('content-type: application/x-protobuf\r\ncontent-length: 2')}\n\u0000`,
    );
    const processor = start(receiver.url);

    for (let i = 0; i < 6; i++) {
      endSpans(processor, 1);
      await processor.forceFlush();
    }
    await processor.shutdown();

    expect(accountOf(processor)).toMatchObject({ exported: 6, rejected: {} });
    expect([...warnings(), ...logged.error.mock.calls]).toEqual([]);
  });

  test('a partial success with 0 rejected and a message is a success with a warning, told once', async () => {
    await using receiver = await answering(
      json({ partialSuccess: { rejectedSpans: '0', errorMessage: 'use gzip' } }),
    );
    const processor = start(receiver.url);

    for (let i = 0; i < 3; i++) {
      endSpans(processor, 1);
      await processor.forceFlush();
    }
    await processor.shutdown();

    expect(accountOf(processor)).toMatchObject({ exported: 3, rejected: {} });
    expect(warnings()).toEqual([expect.stringContaining('use gzip')]);
    expect(logged.error).not.toHaveBeenCalled();
  });
});
