// After an outage metrics arrive in the order they were collected: a back end refuses points older than the last one it took.
import { startOtlpSink } from '@llm-otel/testing';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { expect, onTestFinished, test } from 'vitest';
import { nodeTransport } from '../src/node/index.ts';
import { otlpMetricExporter } from '../src/index.ts';
import { diskSpool } from '../src/spool/index.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

function start(url: string, directory: string | undefined) {
  const exporter = otlpMetricExporter({
    url,
    transport: nodeTransport(),
    retry: { initialDelayMillis: 20, maxDelayMillis: 50 },
    breaker: { resetMillis: 50 },
    spool: directory === undefined ? undefined : diskSpool({ directory }),
  });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const counter = provider.getMeter('test').createCounter('calls');
  return {
    provider,
    /** One more call, and a collection of its own. */
    collect: async (): Promise<void> => {
      counter.add(1);
      await provider.forceFlush({ timeoutMillis: 50 }).catch(() => undefined);
    },
  };
}

const valuesOf = (sink: { readonly metrics: readonly { readonly points: unknown }[] }) =>
  sink.metrics.flatMap(({ points }) =>
    (points as readonly { readonly value: number }[]).map(({ value }) => value),
  );

test.each(['in memory', 'in a spool'])('what waited %s', async (where) => {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const { provider, collect } = start(
    `${sink.url}/v1/metrics`,
    where === 'in memory' ? undefined : folder.path,
  );

  for (let i = 0; i < 6; i++) await collect();
  sink.recover();
  for (let i = 0; i < 3; i++) await collect();
  await provider.shutdown();

  // The shutdown collects once more.
  expect(valuesOf(sink)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
});

test('what a process left in an outage, and behind it what the next one collects', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const url = `${sink.url}/v1/metrics`;
  const first = start(url, folder.path);
  for (let i = 0; i < 5; i++) await first.collect();
  await first.provider.shutdown();
  sink.recover();

  const second = start(url, folder.path);
  await sink.waitFor(({ metrics }) => metrics.length >= 5);
  await second.collect();
  await second.provider.shutdown();

  const values = valuesOf(sink);
  const left = values.slice(0, values.lastIndexOf(5) + 1);
  // What was on its way when the first process ended may have been taken just then, and comes again.
  expect([...new Set(left)]).toEqual([1, 2, 3, 4, 5]);
  expect(left).toEqual(left.toSorted((one, other) => one - other));
});
