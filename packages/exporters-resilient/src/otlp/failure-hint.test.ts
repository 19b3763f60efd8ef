import { diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { setUp } from '../../test/fixtures/processor.ts';
import type { Transport } from '../transport/transport.ts';
import { failureHint, printableAddress } from './failure-hint.ts';
import { otlpDestination } from './otlp-destination.ts';

afterEach(() => diag.disable());

test('an address is printed without credentials and without its query', () => {
  expect(printableAddress('https://me:pw@host:8443/in/v1/traces?key=1#x')).toBe(
    'https://host:8443/in/v1/traces',
  );
});

test('a hint fits the signal, and there is none for a failure that says enough', () => {
  const http = { url: 'http://localhost:4318/v1/traces', isGrpc: false };
  expect(failureHint(http, 'ECONNREFUSED', 'traces')).toContain('OTEL_TRACES_EXPORTER=console');
  expect(failureHint(http, 'ECONNREFUSED', 'metrics')).toContain('OTEL_METRICS_EXPORTER=none');
  expect(failureHint(http, 'ECONNREFUSED', 'logs')).toContain('OTEL_LOGS_EXPORTER=none');
  expect(failureHint(http, 'http_503', 'traces')).toBeUndefined();
  expect(failureHint(http, 'http_404', 'traces')).toBeUndefined();
  const noPath = { url: 'http://localhost:4318/', isGrpc: false };
  expect(failureHint(noPath, 'http_404', 'logs')).toContain('does it lack /v1/logs?');
  const wrongPort = { url: 'http://localhost:4317/v1/traces', isGrpc: false };
  expect(failureHint(wrongPort, 'ECONNRESET', 'traces')).toContain('4318');
  const grpc = { url: 'http://localhost:4318', isGrpc: true };
  expect(failureHint(grpc, 'grpc_UNAVAILABLE', 'traces')).toContain('4317');
  const unix = { url: 'unix:/run/otel.sock', isGrpc: true };
  expect(failureHint(unix, 'grpc_UNAVAILABLE', 'traces')).toContain('is a receiver running there?');
});

test('a receiver that is not there is named in the log, without the key in its query', async () => {
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: vi.fn(), debug: vi.fn(), verbose: vi.fn() });
  const transport: Transport = {
    send: () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })),
  };
  const url = 'http://localhost:4318/v1/traces?key=made-up';
  const setup = setUp({
    destinations: [otlpDestination({ url, transport })],
    batch: { maxItems: 1 },
  });

  setup.end(1);
  await setup.turns();

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toMatch(
    /^llm-otel: export to otlp at http:\/\/localhost:4318\/v1\/traces fails \(ECONNREFUSED\), .*: is a receiver running there\?/,
  );
  expect(warn.mock.calls[0]?.[0]).not.toContain('made-up');
});
