import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Answer, scriptedTransport } from '../test/fixtures/scripted-transport.ts';
import {
  otlpDestination,
  otlpMetricExporter,
  resilientLogExporter,
  type ResilientMetricExporter,
} from './index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Half of each longest wait between two attempts, so that they come at 0, 0.5, 1.5 and 3.5 s. */
const random = (): number => 0.5;

function metrics(transport: ReturnType<typeof scriptedTransport>): {
  readonly exporter: Pick<ResilientMetricExporter, 'ledger'>;
  readonly provider: { shutdown(): Promise<void>; forceFlush(): Promise<void> };
} {
  const exporter = otlpMetricExporter({ url: 'http://localhost/v1/metrics', transport, random });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const provider = new MeterProvider({ readers: [reader] });
  provider.getMeter('test').createCounter('requests').add(1);
  return { exporter, provider };
}

function logs(transport: ReturnType<typeof scriptedTransport>): ReturnType<typeof metrics> {
  const exporter = resilientLogExporter({
    destinations: [otlpDestination({ url: 'http://localhost/v1/logs', transport })],
    random,
  });
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
  provider.getLogger('test').emit({ body: 'said' });
  return { exporter, provider };
}

const signals = { metrics, logs };

test.each([
  ['metrics', { status: 503 }, 10_500],
  ['logs', { status: 503 }, 10_500],
  ['metrics', 'reset', 10_500],
  ['logs', 'reset', 10_500],
  // Only after the 10 s of an attempt it is in trouble.
  ['metrics', 'hang', 15_500],
  ['logs', 'hang', 15_500],
] as [keyof typeof signals, Answer, number][])(
  'behind the reader or processor of OpenTelemetry a shutdown flushes first, and ends in time all the same: %s, %o',
  async (signal, answer, within) => {
    const { exporter, provider } = signals[signal](scriptedTransport(answer));
    const stopped = vi.fn();

    const stop = provider.shutdown().then(stopped, stopped);
    await vi.advanceTimersByTimeAsync(within);

    expect(stopped).toHaveBeenCalledOnce();
    await stop;
    expect(exporter.ledger().destinations['otlp']).toMatchObject({
      inFlight: 0,
      dropped: { shutdown_timeout: 1 },
    });
  },
);

test.each(['metrics', 'logs'] as const)(
  'a receiver that comes back while a flush of %s waits has everything when it ends',
  async (signal) => {
    const transport = scriptedTransport({ status: 503 });
    const { exporter, provider } = signals[signal](transport);
    const flushed = vi.fn();

    const flush = provider.forceFlush().then(flushed);
    await vi.advanceTimersByTimeAsync(1500);
    expect(flushed).not.toHaveBeenCalled();
    transport.script = [{ status: 200 }];
    await vi.advanceTimersByTimeAsync(5000);
    await flush;

    expect(exporter.ledger().destinations['otlp']).toMatchObject({ exported: 1 });
  },
);
