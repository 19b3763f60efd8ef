import { readTelemetryEnvironment } from '@llm-otel/core/setup';
import * as exporters from '@llm-otel/exporters-resilient';
import { fileDestination } from '@llm-otel/exporters-resilient/node';
import { expect, test, vi } from 'vitest';
import { openReceivers } from './open-receivers.ts';
import type { Receiver } from './receiver.ts';

// As they are, and noted down.
vi.mock(import('@llm-otel/exporters-resilient'), { spy: true });
vi.mock(import('@llm-otel/exporters-resilient/node'), { spy: true });

const otlp: Receiver = {
  kind: 'otlp',
  settings: {
    url: 'http://127.0.0.1:9/v1/traces',
    protocol: 'http/protobuf',
    headers: {},
    compression: 'none',
    timeoutMillis: 1000,
    tls: { caFile: undefined, certFile: undefined, keyFile: undefined },
  },
};

test('several of a kind have names of their own', async () => {
  const receivers: Receiver[] = [
    otlp,
    otlp,
    { kind: 'console' },
    { kind: 'otlp-lines', path: undefined },
    { kind: 'otlp-lines', path: '/tmp/spans.jsonl' },
    { kind: 'console' },
  ];
  const opened = await openReceivers('traces', receivers, { environment: {} });

  expect(opened.map(({ name }) => name)).toEqual([
    'otlp',
    'otlp-2',
    'console',
    'otlp-console',
    'otlp-file',
    'console-2',
  ]);
});

test('a receiver that fails again and again is left alone for as long as the variable says, in seconds', async () => {
  const environment = readTelemetryEnvironment({ OTEL_CIRCUIT_BREAKER_RESET_TIMEOUT: '120' });
  await openReceivers('traces', [otlp], { environment });

  expect(exporters.otlpDestination).toHaveBeenLastCalledWith(
    expect.objectContaining({ breaker: { resetMillis: 120_000 } }),
  );
});

test('a fallback stands behind each receiver of OTLP', async () => {
  const environment = readTelemetryEnvironment({ OTEL_FALLBACK_EXPORTER: 'stdout' });
  const [opened] = await openReceivers('traces', [otlp], { environment });

  expect(opened?.name).toBe('otlp');
  expect(exporters.failoverDestination).toHaveBeenCalledOnce();
});

test('each receiver has a fallback file of its own', async () => {
  const environment = readTelemetryEnvironment({
    OTEL_FALLBACK_EXPORTER: 'file',
    OTEL_FALLBACK_FILE: '/tmp/lost',
  });
  await openReceivers('traces', [otlp, otlp], { environment });

  const paths = vi
    .mocked(fileDestination)
    .mock.calls.map(([{ path }]) => path)
    .filter((path) => path.startsWith('/tmp/lost'));
  expect(paths).toEqual(['/tmp/lost.traces.jsonl', '/tmp/lost.otlp-2.traces.jsonl']);
});
