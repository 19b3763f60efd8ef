import fs, { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { InvalidOptionError } from '@llm-otel/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Certificate, selfSignedCertificate } from '../../test/fixtures/certificate.ts';
import { startTlsServer } from '../../test/fixtures/tls-server.ts';
import type { Transport, TransportResponse } from '../transport/transport.ts';
import { nodeTransport } from './node-transport.ts';
import type { TlsOptions } from './tls-options.ts';

const server = selfSignedCertificate();
const client = selfSignedCertificate();
const renewed = selfSignedCertificate();
const expired = selfSignedCertificate({ expired: true });
// A receiver that asks who we are, and knows all of the above.
const mutual = {
  ...server,
  ca: [client.cert, renewed.cert, expired.cert],
  requestCert: true,
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-tls-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function post(transport: Transport, url: string): Promise<TransportResponse> {
  const { signal } = new AbortController();
  return transport.send({ url, headers: {}, body: new Uint8Array([1]), signal });
}

/** Writes a certificate and its key as a secret is mounted: beside, then into place. */
function mount(name: string, { cert, key }: Certificate): { certFile: string; keyFile: string } {
  const files = { certFile: join(folder, `${name}.crt`), keyFile: join(folder, `${name}.key`) };
  replace(files.certFile, cert);
  replace(files.keyFile, key);
  return files;
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

test('a receiver that asks for a client certificate gets it', async () => {
  await using receiver = await startTlsServer(mutual);
  const transport = nodeTransport({
    tls: { ca: server.cert, cert: client.cert, key: client.key },
  });

  const { status } = await post(transport, receiver.url);
  transport.close?.();

  expect(status).toBe(200);
  expect(receiver.clients[0]).not.toBe('');
});

test('without one the receiver refuses the connection', async () => {
  await using receiver = await startTlsServer({ ...mutual, maxVersion: 'TLSv1.2' });
  const transport = nodeTransport({ tls: { ca: server.cert } });

  await expect(post(transport, receiver.url)).rejects.toMatchObject({
    code: expect.stringMatching(/^E/),
  });
});

test('an expired client certificate is refused by the receiver, one that is not is taken', async () => {
  await using receiver = await startTlsServer({ ...mutual, maxVersion: 'TLSv1.2' });
  const transport = nodeTransport({
    tls: { ca: server.cert, cert: expired.cert, key: expired.key },
  });

  // The receiver closes the connection: whether that is met while reading or while writing is a matter of time.
  await expect(post(transport, receiver.url)).rejects.toMatchObject({
    code: expect.stringMatching(/^E/),
  });
  expect(receiver.clients).toEqual([]);
});

test('an expired certificate of the receiver is refused by us', async () => {
  await using receiver = await startTlsServer(expired);

  await expect(
    post(nodeTransport({ tls: { ca: expired.cert } }), receiver.url),
  ).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
});

test('certificates are read again when their files change, and a half-made change is not taken', async () => {
  await using receiver = await startTlsServer(mutual);
  const files = mount('renewed', client);
  const transport = nodeTransport({ tls: { ca: server.cert, ...files } });
  await post(transport, receiver.url);

  replace(files.certFile, renewed.cert);
  await post(transport, receiver.url);
  replace(files.keyFile, renewed.key);
  await post(transport, receiver.url);
  rmSync(files.keyFile);
  await post(transport, receiver.url);
  transport.close?.();

  const [first, half, second, missing] = receiver.clients;
  expect(half).toBe(first);
  expect(second).not.toBe(first);
  expect(missing).toBe(second);
});

test('files that are not there yet fail the attempts with that reason, and are taken when they are', async () => {
  await using receiver = await startTlsServer(mutual);
  const files = { certFile: join(folder, 'late.crt'), keyFile: join(folder, 'late.key') };
  const caFile = join(folder, 'late-ca.crt');
  const transport = nodeTransport({ tls: { caFile, ...files } });
  const fails = (): Promise<unknown> =>
    post(transport, receiver.url).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => `${error.code}: ${error.message}`,
    );

  const outcomes = [await fails()];
  replace(caFile, '');
  replace(files.certFile, client.cert);
  replace(files.keyFile, renewed.key);
  outcomes.push(await fails());
  replace(caFile, server.cert);
  outcomes.push(await fails());
  replace(files.keyFile, client.key);
  outcomes.push(await fails());
  transport.close?.();

  expect(outcomes).toEqual([
    `tls_files: tls.caFile is ${JSON.stringify(caFile)}: use a file that can be read (ENOENT)`,
    expect.stringMatching(/^tls_files: .*no certificate in ca/),
    expect.stringMatching(/^tls_files: .*KEY_VALUES_MISMATCH/),
    200,
  ]);
  expect(receiver.clients).toHaveLength(1);
});

test('a file that we get the right to read later is read, though it did not change', async () => {
  await using receiver = await startTlsServer(server);
  const caFile = join(folder, 'forbidden.crt');
  writeFileSync(caFile, server.cert);
  // The permissions of a file do not bind root, who may run this.
  using forbidden = vi.spyOn(fs, 'readFileSync').mockImplementation(() => {
    throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
  });
  const transport = nodeTransport({ tls: { caFile } });
  await expect(post(transport, receiver.url)).rejects.toThrow(/EACCES/);

  forbidden.mockRestore();

  expect(await post(transport, receiver.url)).toMatchObject({ status: 200 });
  transport.close?.();
});

test('a key that stands in the place of its path does not show', async () => {
  const transport = nodeTransport({ tls: { certFile: client.cert, keyFile: client.key } });

  const error = await post(transport, 'https://127.0.0.1:9').catch((thrown: unknown) => thrown);

  expect(String(error)).toContain('tls.certFile is "[redacted]"');
  expect(String(error)).not.toContain('BEGIN');
});

test('a connection that is in use as the certificate changes is used to its end, and then not kept', async () => {
  await using receiver = await startTlsServer(mutual);
  const files = mount('in-use', client);
  const transport = nodeTransport({ tls: { ca: server.cert, ...files } });
  await post(transport, receiver.url);

  const running = post(transport, receiver.url);
  replace(files.certFile, renewed.cert);
  replace(files.keyFile, renewed.key);
  const answers = await Promise.all([running, post(transport, receiver.url)]);
  await vi.waitFor(async () => expect(await receiver.connections()).toBe(1), { timeout: 10_000 });
  transport.close?.();

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(receiver.clients).size).toBe(2);
});

test('a receiver that knows no TLS 1.3 is refused where that is the least', async () => {
  await using receiver = await startTlsServer({ ...server, maxVersion: 'TLSv1.2' });

  await expect(
    post(nodeTransport({ tls: { ca: server.cert, minVersion: 'TLSv1.3' } }), receiver.url),
  ).rejects.toThrow(/protocol version/);
  const { status } = await post(nodeTransport({ tls: { ca: server.cert } }), receiver.url);
  expect(status).toBe(200);
});

test.for<[TlsOptions, string]>([
  [{ minVersion: 'TLSv1' as never }, 'tls.minVersion is "TLSv1": use TLSv1.2 or TLSv1.3'],
  [{ ca: 'x', caFile: '/y' }, 'either tls.ca or tls.caFile'],
  [{ cert: client.cert }, 'a client certificate together with its key'],
  [{ keyFile: '/no/such/key' }, 'a client certificate together with its key'],
  [{ ca: 'made up' }, 'certificates and a key in PEM'],
  [{ cert: client.cert, key: renewed.key }, 'that belong together'],
])('%j is refused', ([tls, message]) => {
  expect(() => nodeTransport({ tls })).toThrow(InvalidOptionError);
  expect(() => nodeTransport({ tls })).toThrow(message);
});

test('neither a key nor a password prints', () => {
  const password = ['made', 'up'].join('-');
  const transport = nodeTransport({
    tls: { cert: client.cert, key: client.key },
    proxy: { url: `http://me:${password}@127.0.0.1:3128` },
  });

  const printed = inspect(transport, { depth: 9, showHidden: true }) + JSON.stringify(transport);

  expect(printed).not.toContain('PRIVATE KEY');
  expect(printed).not.toContain(password);
});
