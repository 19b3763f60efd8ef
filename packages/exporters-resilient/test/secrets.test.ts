// What a receiver, a proxy or a mistake in an option can bring to light: every line of the log, every error with its causes and
// every inspected object is searched for every form of what is secret.
import { inspect } from 'node:util';
import { status } from '@grpc/grpc-js';
import { startOtlpSink } from '@llm-otel/testing';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { otlpGrpcDestination } from '../src/grpc/index.ts';
import {
  type Destination,
  fetchTransport,
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { startGrpcSink } from './fixtures/grpc-sink.ts';
import { startRawServer } from './fixtures/raw-server.ts';
import { makeSpans } from './fixtures/spans.ts';

// Put together here, so that no file holds anything that looks like a credential.
const token = ['Made', 'up/at', 'run+time', '77'].join('_');
const password = ['also', 'made', 'up'].join('-');
const headers = {
  authorization: `Bearer ${token}`,
  'x-basic': `Basic ${btoa(`operator:${password}`)}`,
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const FORMS = [token, password].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Array.from(secret, (char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  base64(secret),
  base64(`Bearer ${secret}`),
  Buffer.from(secret).toString('hex'),
]);
const QUOTES = `no ${FORMS.join(' or ')}`;

const log = vi.fn();
beforeEach(() => {
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
});
afterEach(() => {
  diag.disable();
  log.mockReset();
});

function expectNoSecret(...printed: unknown[]): void {
  const text = [...log.mock.calls.flat(), ...printed]
    .map((one) => (typeof one === 'string' ? one : inspect(one, { depth: 20, showHidden: true })))
    .join('\n');
  for (const form of [...FORMS, token.slice(4, -4), password.slice(2, -2)])
    expect(text).not.toContain(form);
}

async function sent(destination: Destination): Promise<ResilientSpanProcessor> {
  const processor = resilientSpanProcessor({
    destinations: [destination],
    retry: { initialDelayMillis: 5, maxElapsedMillis: 10 },
  });
  for (const span of makeSpans(1)) processor.onEnd(span);
  await processor.shutdown({ timeoutMillis: 2000 });
  return processor;
}

const transports = [
  ['fetch', () => fetchTransport()],
  ['node:http', () => nodeTransport()],
] as const;

test.for(transports)(
  'over %s: what a receiver quotes in status text, headers and body',
  async ([, transport]) => {
    const answers = [
      ['401 Unauthorized', QUOTES],
      ['400 Bad Request', QUOTES],
      ['503 Service Unavailable', QUOTES],
      ['200 OK', JSON.stringify({ partialSuccess: { rejectedSpans: 1, errorMessage: QUOTES } })],
      ['200 OK', JSON.stringify({ partialSuccess: { rejectedSpans: 0, errorMessage: QUOTES } })],
      ['200 OK', QUOTES],
      ['200 OK', `<html>${QUOTES}`],
      ['302 Found', QUOTES],
    ] as const;
    for (const [line, body] of answers) {
      await using server = await startRawServer((socket) => {
        const json = body.startsWith('{')
          ? 'application/json'
          : `text/plain; x=${encodeURIComponent(token)}`;
        socket.end(
          `HTTP/1.1 ${line} ${token}\r\ncontent-type: ${json}\r\nlocation: http://${encodeURIComponent(password)}.example/${token}\r\nretry-after: ${token}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
      });
      const destination = otlpDestination({ url: server.url, headers, transport: transport() });

      const processor = await sent(destination);

      expect(log).toHaveBeenCalled();
      expectNoSecret(processor.ledger(), destination, processor);
    }
    expect(log.mock.calls.flat().join()).toContain('[redacted]');
  },
);

test('over gRPC: what a receiver quotes in its status', async () => {
  for (const code of [status.UNAUTHENTICATED, status.INVALID_ARGUMENT, status.UNAVAILABLE]) {
    await using sink = await startGrpcSink();
    sink.answers.push(...Array.from({ length: 9 }, () => ({ code, details: QUOTES })));
    const destination = otlpGrpcDestination({ url: sink.url, headers });

    const processor = await sent(destination);

    expect(log).toHaveBeenCalled();
    expectNoSecret(processor.ledger(), destination, processor);
  }
});

test('headers of a function that fails with what it was asked with', async () => {
  await using sink = await startOtlpSink();
  const failing = (): never => {
    throw new Error(`POST https://me:${password}@vault/?key=${token} failed`);
  };
  const bad = () => ({ authorization: `Bearer ${token}\u0001x` });
  for (const option of [failing, bad]) {
    const destination = otlpDestination({ url: sink.tracesUrl, headers: option });

    expectNoSecret((await sent(destination)).ledger(), destination);
  }
  expect(log.mock.calls.flat().join()).toContain('headers_');
});

const mistakes: readonly (() => unknown)[] = [
  ...[
    `grpc://me:${password}@host:4317`,
    `http://me:${password}@host:4318/v1/traces`,
    `http://me:${password}@host:port/v1/traces`,
    `http//me:${password}@host`,
    `me:${password}@host:4318`,
    `https://${encodeURIComponent(token)}@host`,
    `ftp://host/v1/traces?api_key=${encodeURIComponent(token)}`,
    `http://me:${password}/${token}@host:x`,
  ].flatMap((url) => [
    () => otlpDestination({ url }),
    () => otlpGrpcDestination({ url }),
    () => nodeTransport({ proxy: { url: url.replace('http:', 'socks5:') } }),
  ]),
  () => otlpDestination({ url: 'http://host', headers: { authorization: `${token}\nx: y` } }),
  () => otlpDestination({ url: 'http://host', headers: { [`Bearer ${token}`]: '' } }),
  () => otlpGrpcDestination({ url: 'http://host', headers: { authorization: `${token}ß` } }),
  () => nodeTransport({ tls: { keyFile: `-----BEGIN PRIVATE KEY-----\n${token}` } }),
  () => nodeTransport({ tls: { key: token, cert: token } }),
];

test('a mistake in an option is told without what is secret in it', () => {
  let told = 0;
  for (const mistake of mistakes) {
    let thrown: unknown;
    try {
      mistake();
    } catch (error) {
      thrown = error;
    }

    // A proxy with a password is no mistake.
    if (thrown === undefined) continue;
    expectNoSecret(thrown, thrown instanceof Error ? String(thrown) : '');
    told++;
  }
  expect(told).toBeGreaterThanOrEqual(mistakes.length - 4);
});

test('a password of a proxy that encodes nothing is sent as it is, and shown nowhere', async () => {
  const odd = `100%zz${password}`;
  await using server = await startRawServer((socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
  });
  const proxy = { url: new URL(server.url).origin.replace('//', `//me:${odd}@`) };
  for (const url of ['http://collector.test/v1/traces', 'https://collector.test/v1/traces']) {
    const transport = nodeTransport({ proxy });

    const processor = await sent(otlpDestination({ url, transport }));

    expect(processor.ledger().destinations).toMatchObject({ otlp: { rejected: {} } });
    expectNoSecret(transport, processor.ledger());
  }
  expect(log.mock.calls.flat().join()).toMatch(/http_407[^]*proxy_407/);
});
