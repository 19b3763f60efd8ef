import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';
import { fetchTransport } from '../transport/fetch-transport.ts';
import { nodeTransport } from './node-transport.ts';

afterEach(() => diag.disable());

const partial = Buffer.from('{"partialSuccess":{"rejectedSpans":3,"errorMessage":"too old"}}');

/** What ten spans come to where the answer is `body`, said to be gzip. */
async function exported(body: Uint8Array, transport = nodeTransport()) {
  const logged = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn(), verbose: vi.fn() };
  diag.setLogger(logged, { suppressOverrideMessage: true });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  const processor = resilientSpanProcessor({ destinations: [otlpDestination({ url, transport })] });
  for (const span of makeSpans(10)) processor.onEnd(span);
  await processor.shutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const lines = (level: 'warn' | 'error') => logged[level].mock.calls.flat().join('\n');
  return {
    otlp: processor.ledger().destinations['otlp'],
    warn: lines('warn'),
    error: lines('error'),
  };
}

test.each([
  ['node:http', nodeTransport],
  ['fetch', fetchTransport],
])(
  'over %s a partial success in gzip counts, and is a warning with the words of the receiver',
  async (_name, make) => {
    const { otlp, warn, error } = await exported(gzipSync(partial), make());

    expect(otlp).toMatchObject({ exported: 7, rejected: { partial_success: 3 } });
    expect(warn).toContain('rejected 3 items of a request and took the others: too old');
    expect(error).toBe('');
  },
);

test.each([
  ['is none', Buffer.from('no gzip')],
  ['is cut', gzipSync(partial).subarray(0, 30)],
  ['grows without a bound', gzipSync(Buffer.alloc(10_000_000))],
])('gzip that %s does not send anything twice', async (_name, body) => {
  const { otlp, warn } = await exported(body);

  expect(otlp).toMatchObject({ exported: 10, rejected: {} });
  expect(warn).toContain('what was refused of them is not known');
});

test('a proxy and the path of a socket together are refused', () => {
  expect(() =>
    nodeTransport({ socketPath: '/run/otel.sock', proxy: { url: 'http://proxy:3128' } }),
  ).toThrow(/either proxy or socketPath/);
});
