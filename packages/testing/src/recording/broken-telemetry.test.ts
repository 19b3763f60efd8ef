import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { brokenMeter, brokenTracers } from './broken-telemetry.ts';

const rows = brokenTracers((processor) =>
  new TracerProvider({ spanProcessors: [processor] }).getTracer('test'),
);

test.each(rows)('%s fails whoever makes and ends a span without a guard', async (_, tracer) => {
  expect(() => tracer().startSpan('work').end()).toThrow('broken on purpose');
});

test('a provider with a broken processor still shuts down', async () => {
  const providers: TracerProvider[] = [];
  brokenTracers((processor) => {
    const provider = new TracerProvider({ spanProcessors: [processor] });
    providers.push(provider);
    return provider.getTracer('test');
  }).forEach(([, tracer]) => tracer());

  expect(providers).toHaveLength(2);
  for (const provider of providers) {
    await expect(provider.forceFlush()).resolves.toBeUndefined();
    await expect(provider.shutdown()).resolves.toBeUndefined();
  }
});

test.each(['createCounter', 'createGauge', 'createHistogram', 'createObservableGauge'] as const)(
  'a broken meter has no %s',
  (make) => {
    expect(() => brokenMeter()[make]('calls')).toThrow('broken on purpose');
  },
);
