import { context, metrics, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import type { MetricExporter } from '../sdk-types.ts';
import { createMeterProvider } from './meter-provider.ts';
import { createResource } from './resource.ts';

const resource = createResource({ 'service.name': 'support' });
const sdk = { metrics: () => import('@opentelemetry/sdk-metrics') };

interface Batch {
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
  readonly scopeMetrics: readonly {
    readonly metrics: readonly { readonly descriptor: { readonly name: string } }[];
  }[];
}

function recording() {
  const batches: Batch[] = [];
  const shutdown = vi.fn<() => Promise<void>>(async () => undefined);
  const exporter: MetricExporter = {
    export(batch, done) {
      batches.push(batch as Batch);
      done({ code: 0 });
    },
    forceFlush: async () => undefined,
    shutdown,
  };
  return { batches, shutdown, exporter };
}

const namesIn = (batches: readonly Batch[]): string[] =>
  batches.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics.map(({ descriptor }) => descriptor.name)),
  );

afterEach(() => {
  for (const signal of [metrics, trace, context]) signal.disable();
});

test('metrics are measured, flushed and ended without tracing', async () => {
  const { batches, shutdown, exporter } = recording();
  const only = await createMeterProvider({
    sdk,
    resource,
    metrics: { exports: [{ exporter }] },
  });

  metrics.getMeter('test').createCounter('tickets').add(1);
  expect(await only.forceFlush()).toEqual({ complete: true, problems: [] });
  expect(namesIn(batches)).toEqual(['tickets']);
  expect(batches[0]?.resource.attributes).toMatchObject({
    'service.name': 'support',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.version': expect.stringMatching(/^\d/) as string,
  });
  expect(trace.getTracer('test').startSpan('none').isRecording()).toBe(false);

  const ended = await Promise.all([only.shutdown(), only.shutdown()]);
  expect(ended[0]).toBe(ended[1]);
  expect(shutdown).toHaveBeenCalledOnce();
  expect(namesIn(batches)).toEqual(['tickets', 'tickets']);
  expect(await only.forceFlush()).toBe(ended[0]);
});

test('a provider that is registered already stays the global one; after its end another one is', async () => {
  const [one, other] = [recording(), recording()];
  const start = ({ exporter }: ReturnType<typeof recording>) =>
    createMeterProvider({ sdk, resource, metrics: { exports: [{ exporter }] } });
  const first = await start(one);
  const second = await start(other);

  metrics.getMeter('test').createCounter('tickets').add(1);
  second.meterProvider.getMeter('test').createCounter('own').add(1);
  await second.shutdown();
  await first.shutdown();
  await using again = await start(other);
  metrics.getMeter('test').createCounter('later').add(1);
  await again.forceFlush();

  expect(namesIn(one.batches)).toEqual(['tickets']);
  expect(namesIn(other.batches)).toEqual(['own', 'later']);
});

test('without the package it says what is missing', async () => {
  const message = "Cannot find package '@opentelemetry/sdk-metrics' imported from here";
  const error = Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  const missing = { metrics: () => Promise.reject(error) };
  const { exporter } = recording();

  await expect(
    createMeterProvider({ sdk: missing, resource, metrics: { exports: [{ exporter }] } }),
  ).rejects.toMatchObject({ code: 'LLM_OTEL_MISSING_PEER' });
});
