// Connections that are not what they were: idle ones that the receiver has closed, ones that are silently dead, addresses of
// both families, sockets of the file system.
import { lookup } from 'node:dns/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { otlpGrpcDestination } from '../src/grpc/index.ts';
import {
  type Destination,
  fetchTransport,
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { accountOf, endSpans } from './fixtures/account.ts';
import { startGrpcSink } from './fixtures/grpc-sink.ts';
import { startRawServer } from './fixtures/raw-server.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
// Built at run time: no file holds anything that looks like a credential.
const token = (number: number): string => ['made', 'up', 'token', number].join('-');

interface Started {
  readonly processor: ResilientSpanProcessor;
  readonly circuits: () => unknown;
}

function start(destination: Destination, patience = 60_000): Started {
  const processor = resilientSpanProcessor({
    destinations: [destination],
    // A failure that counted would wait for longer than a test takes.
    retry: { initialDelayMillis: patience, maxDelayMillis: patience },
    batch: { maxItems: 10 },
    random: () => 1,
  });
  return { processor, circuits: () => processor.ledger().destinations['otlp']?.circuits };
}

describe.each([
  ['fetch', () => fetchTransport()],
  ['node:http', () => nodeTransport()],
])('over %s', (_name, transport) => {
  test.for([
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
    ['closes', (socket: Socket) => socket.end()],
  ] as const)(
    'a receiver that %s every idle connection at the next request costs no wait and no failure',
    async ([, leave]) => {
      const known = new WeakSet<Socket>();
      const waiting: Socket[] = [];
      let isFirstRound = true;
      await using server = await startRawServer((socket, chunk) => {
        if (!chunk.toString('latin1').startsWith('POST')) return;
        if (known.has(socket)) {
          leave(socket);
          return;
        }
        known.add(socket);
        waiting.push(socket);
        // All at once, so that each of the first requests has a connection of its own.
        if (isFirstRound && waiting.length < 4) return;
        isFirstRound = false;
        for (const one of waiting.splice(0)) one.write(OK);
      });
      const { processor } = start(otlpDestination({ url: server.url, transport: transport() }));
      endSpans(processor, 40);
      await processor.forceFlush({ timeoutMillis: 5000 });
      expect(accountOf(processor)).toMatchObject({ exported: 40 });
      expect(server.connections).toBe(4);

      for (let i = 0; i < 4; i++) {
        endSpans(processor, 10);
        await processor.forceFlush({ timeoutMillis: 5000 });
      }

      expect(accountOf(processor)).toMatchObject({ exported: 80, inFlight: 0, dropped: {} });
      await processor.shutdown();
    },
  );

  test.for(['127.0.0.1', '::1'])(
    'a receiver that listens on %s only is found, as localhost where that names it',
    async (host) => {
      let requests = 0;
      const server: Server = createServer((request, response) => {
        requests++;
        request.resume().on('end', () => response.end());
      });
      await new Promise<void>((resolve) => {
        server.listen(0, host, resolve);
      });
      const { port } = server.address() as AddressInfo;
      const literal = host === '::1' ? '[::1]' : host;
      const found = await lookup('localhost', { all: true });
      const names = found.some(({ address }) => address === host)
        ? ['localhost', literal]
        : [literal];
      for (const name of names) {
        const url = `http://${name}:${port}/v1/traces`;
        const { processor } = start(otlpDestination({ url, transport: transport() }));
        endSpans(processor, 1);
        await processor.shutdown();
        expect(accountOf(processor)).toMatchObject({ exported: 1 });
      }
      server.closeAllConnections();
      server.close();
      expect(requests).toBe(names.length);
    },
  );

  test('requests that are refused together ask for a new token once, and none is lost', async () => {
    let newest = token(2);
    const taken: string[] = [];
    const server = createServer((request, response) => {
      const { authorization } = request.headers;
      request.resume().on('end', () => {
        response.statusCode = authorization === `Bearer ${newest}` ? 200 : 401;
        if (response.statusCode === 200) taken.push(newest);
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
    let asked = 0;
    const headers = async () => {
      asked++;
      await new Promise((resolve) => setImmediate(resolve));
      return { authorization: `Bearer ${token(asked)}` };
    };
    const destination = otlpDestination({ url, headers, transport: transport() });
    const { processor } = start(destination);

    endSpans(processor, 40);
    await processor.forceFlush();
    newest = token(3);
    endSpans(processor, 40);
    await processor.shutdown();
    server.closeAllConnections();
    server.close();

    expect(asked).toBe(3);
    expect(taken).toHaveLength(8);
    expect(accountOf(processor)).toMatchObject({ exported: 80, rejected: {} });
  });
});

describe('over gRPC', () => {
  test('a connection that is silently dead is replaced after one deadline', async () => {
    await using sink = await startGrpcSink();
    let connections = 0;
    let isDead = false;
    const sockets = new Set<Socket>();
    const relay = createTcp((socket) => {
      const number = ++connections;
      const onward = connect(sink.port, '127.0.0.1');
      for (const one of [socket, onward]) {
        sockets.add(one);
        one.on('error', () => undefined);
      }
      // As with a firewall that has forgotten it: nothing arrives, and nobody is told.
      const passes = (): boolean => !isDead || number > 1;
      socket.on('data', (chunk) => passes() && onward.write(chunk));
      onward.on('data', (chunk) => passes() && socket.write(chunk));
    });
    await new Promise<void>((resolve) => {
      relay.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const destination = otlpGrpcDestination({ url, timeoutMillis: 500 });
    const { processor } = start(destination, 5);
    endSpans(processor, 1);
    await processor.forceFlush();

    isDead = true;
    endSpans(processor, 30);
    await processor.forceFlush({ timeoutMillis: 10_000 });

    expect(accountOf(processor)).toMatchObject({ exported: 31, inFlight: 0 });
    expect(connections).toBe(2);
    await processor.shutdown();
    for (const socket of sockets) socket.destroy();
    relay.close();
  });

  test('a Unix socket, and the addresses of IPv6', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'llm-otel-grpc-'));
    for (const address of [`unix:${join(folder, 'otel.sock')}`, '[::1]:0']) {
      await using sink = await startGrpcSink({ address });
      const url = address.startsWith('unix:') ? address : `http://[::1]:${sink.port}`;
      const { processor } = start(otlpGrpcDestination({ url }));
      endSpans(processor, 2);
      await processor.shutdown();

      expect(sink.spans).toHaveLength(2);
      expect(accountOf(processor)).toMatchObject({ exported: 2 });
    }
    rmSync(folder, { recursive: true });
  });
});
