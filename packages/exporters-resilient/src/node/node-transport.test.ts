import { createServer } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Socket } from 'node:net';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { InvalidOptionError } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from '../../test/fixtures/certificate.ts';
import { startRawServer } from '../../test/fixtures/raw-server.ts';
import { nodeTransport } from './node-transport.ts';

const certificate = selfSignedCertificate();
const post = {
  headers: { 'content-type': 'application/x-protobuf' },
  body: new Uint8Array([1, 2, 3]),
  signal: new AbortController().signal,
};

async function startTls(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(certificate, (request, response) => {
    request.resume();
    request.on('end', () => response.end('ok'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

test('a certificate that nobody vouches for is not accepted', async () => {
  await using server = await startTls();

  await expect(nodeTransport().send({ url: server.url, ...post })).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});

test('a certificate authority can be given', async () => {
  await using server = await startTls();
  const transport = nodeTransport({ tls: { ca: certificate.cert } });

  const response = await transport.send({ url: server.url, ...post });
  transport.close?.();

  expect(response.status).toBe(200);
  expect(Buffer.from(response.body).toString()).toBe('ok');
});

test('TLS to a receiver that speaks none is a failure with a code', async () => {
  await using server = await startRawServer((socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
  );

  await expect(
    nodeTransport().send({ url: server.url.replace('http:', 'https:'), ...post }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
});

test('an aborted attempt closes its connection', async () => {
  const closed: Promise<void>[] = [];
  const abort = new AbortController();
  const server = createTcp((socket: Socket) => {
    closed.push(
      new Promise((resolve) => {
        socket.on('close', () => resolve());
      }),
    );
    socket.on('error', () => undefined);
    socket.on('data', () => abort.abort());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  await expect(nodeTransport().send({ url, ...post, signal: abort.signal })).rejects.toThrow(
    'abort',
  );

  await Promise.all(closed);
  expect(closed).toHaveLength(1);
  server.close();
});

test('a connection that the receiver has closed meanwhile is replaced without a failure', async () => {
  let answered = 0;
  await using server = await startRawServer((socket) => {
    // The second request on a connection finds it reset.
    if (++answered === 2) socket.resetAndDestroy();
    else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  const transport = nodeTransport();

  const first = await transport.send({ url: server.url, ...post });
  const second = await transport.send({ url: server.url, ...post });
  transport.close?.();

  expect([first.status, second.status]).toEqual([200, 200]);
  expect(server.connections).toBe(2);
});

test('the level of gzip can be chosen', async () => {
  const body = Buffer.from(
    Array.from({ length: 20_000 }, (_, i) => `word${(i * 7919) % 1000} `).join(''),
  );

  const fast = await nodeTransport().gzip!(body);
  const small = await nodeTransport({ gzipLevel: 9 }).gzip!(body);

  expect(small.length).toBeLessThan(fast.length);
  expect(gunzipSync(fast).equals(body)).toBe(true);
});

test('zstd packs smaller than gzip, and its level can be chosen', async () => {
  const random = seededRandom(7);
  const body = Buffer.from(
    Array.from({ length: 20_000 }, () => `word${Math.floor(random.next() * 1000)} `).join(''),
  );

  const packed = await nodeTransport().zstd!(body);
  const small = await nodeTransport({ zstdLevel: 19 }).zstd!(body);

  expect(zstdDecompressSync(packed).equals(body)).toBe(true);
  expect(packed.length).toBeLessThan((await nodeTransport().gzip!(body)).length);
  expect(small.length).toBeLessThan(packed.length);
});

test('options that cannot be used are refused', () => {
  expect(() => nodeTransport({ gzipLevel: 0 })).toThrow(InvalidOptionError);
  expect(() => nodeTransport({ gzipLevel: 10 })).toThrow(
    'gzipLevel is "10": use a whole number from 1 to 9',
  );
  expect(() => nodeTransport({ maxSockets: 0.5 })).toThrow('maxSockets');
});
