import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from '../../test/fixtures/certificate.ts';
import { startProxy } from '../../test/fixtures/proxy-server.ts';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { startTlsServer } from '../../test/fixtures/tls-server.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { nodeTransport } from './node-transport.ts';
import { Proxy } from './proxy.ts';

const password = ['made', 'up', 'password'].join('-');
const request = {
  headers: { 'content-type': 'application/x-protobuf' },
  body: encodeTraceRequest([makeSpan()]),
  signal: new AbortController().signal,
};

test('a plain request is sent on by the proxy, which is told who we are', async () => {
  await using sink = await startOtlpSink();
  await using proxy = await startProxy(Number(new URL(sink.tracesUrl).port));
  const url = proxy.url.replace('//', `//me:${password}@`);
  const transport = nodeTransport({ proxy: { url } });

  const { status } = await transport.send({ url: 'http://collector.test/v1/traces', ...request });
  transport.close?.();

  expect(status).toBe(200);
  expect(sink.spans).toHaveLength(1);
  expect(proxy.asked).toEqual(['POST http://collector.test/v1/traces']);
  expect(proxy.authorizations).toEqual([
    `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
  ]);
});

test('a request over TLS goes through a tunnel, which stays open for the next one', async () => {
  const certificate = selfSignedCertificate({ hostName: 'collector.test' });
  await using receiver = await startTlsServer(certificate);
  await using proxy = await startProxy(receiver.port);
  const transport = nodeTransport({
    proxy: { url: proxy.url },
    tls: { ca: certificate.cert },
  });

  for (let i = 0; i < 3; i++) {
    const answer = await transport.send({ url: 'https://collector.test/v1/traces', ...request });
    expect(Buffer.from(answer.body).toString()).toBe('ok');
  }
  transport.close?.();

  expect(receiver.clients).toHaveLength(3);
  expect(proxy.asked).toEqual(['CONNECT collector.test:443']);
});

test('a tunnel to an address holds the certificate against the address', async () => {
  const ofAddress = selfSignedCertificate({ address: '192.0.2.1' });
  const certificate = selfSignedCertificate({ hostName: 'collector.test' });
  for (const [own, expected] of [
    [ofAddress, 'ok'],
    [certificate, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const) {
    await using receiver = await startTlsServer(own);
    await using proxy = await startProxy(receiver.port);
    const transport = nodeTransport({ proxy: { url: proxy.url }, tls: { ca: own.cert } });

    // Not a loopback address: those go without a proxy. The proxy of the test leads to the receiver anyway.
    const sent = transport.send({ url: 'https://192.0.2.1/v1/traces', ...request });

    const outcome = await sent.then(
      ({ body }) => Buffer.from(body).toString(),
      ({ code }: { code: string }) => code,
    );
    transport.close?.();
    expect(outcome).toBe(expected);
  }
});

test('a proxy that opens no tunnel is a failure that names the status, not the password', async () => {
  await using proxy = await startProxy(1, 407);
  const url = proxy.url.replace('//', `//me:${password}@`);
  const transport = nodeTransport({ proxy: { url } });

  const sent = transport.send({ url: 'https://collector.test/', ...request });

  await expect(sent).rejects.toMatchObject({ code: 'proxy_407' });
  await expect(sent).rejects.not.toThrow(password);
});

test('a proxy that is not there is a failure with a code', async () => {
  const transport = nodeTransport({ proxy: { url: 'http://127.0.0.1:1' } });

  await expect(
    transport.send({ url: 'https://collector.test/', ...request }),
  ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test.for([
  ['https://collector.example', '', true],
  ['https://localhost:4318', '', false],
  ['http://127.0.0.1:4318', '', false],
  ['http://[::1]:4318', '', false],
  ['https://collector.example', '*', false],
  ['https://collector.example', 'example', false],
  ['https://collector.example', '.example, other', false],
  ['https://collector.example', '*.example', false],
  ['https://COLLECTOR.example', 'collector.EXAMPLE', false],
  ['https://badexample', 'example', true],
  ['https://collector.example', 'collector.example:443', false],
  ['https://collector.example:4318', 'collector.example:443', true],
  ['http://10.0.0.7', '10.0.0.7', false],
  ['http://[fd00::1]:4318', 'fd00::1', false],
  ['http://[fd00::1]:4318', '[fd00::1]:4318', false],
] as const)('%s with NO_PROXY=%s: through the proxy is %s', ([target, noProxy, expected]) => {
  const proxy = new Proxy({ url: 'http://proxy.example:3128', noProxy });

  expect(proxy.isFor(new URL(target))).toBe(expected);
});

test('a proxy that is no URL is refused, without its password', () => {
  expect(() => nodeTransport({ proxy: { url: 'proxy:3128' } })).toThrow(InvalidOptionError);
  expect(() => nodeTransport({ proxy: { url: `socks5://me:${password}@proxy` } })).toThrow(
    'proxy.url is [redacted]: use an absolute http or https URL',
  );
});

test('a Unix socket is connected to instead of host and port', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-socket-'));
  const socketPath = join(folder, 'otel.sock');
  const hosts: (string | undefined)[] = [];
  const server = createServer((incoming, response) => {
    hosts.push(incoming.headers.host);
    incoming.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
  const transport = nodeTransport({ socketPath });

  const { status } = await transport.send({ url: 'http://collector/v1/traces', ...request });
  transport.close?.();
  server.close();
  rmSync(folder, { recursive: true });

  expect(status).toBe(200);
  expect(hosts).toEqual(['collector']);
});
