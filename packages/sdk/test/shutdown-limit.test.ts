import type { SpanProcessor } from '@llm-otel/core';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { fakeClock } from '@llm-otel/testing';
import { context, diag, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';

afterEach(() => {
  for (const signal of [trace, context, propagation, diag]) signal.disable();
});

/** As slow as a receiver that is not there. */
const hanging: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => new Promise(() => undefined),
  shutdown: () => new Promise(() => undefined),
};

/** How long a shutdown that is not told a limit waits for what never ends, in milliseconds. */
async function waits(options: TelemetryOptions): Promise<number> {
  const clock = fakeClock();
  const telemetry = await startTelemetry({
    environment: { OTEL_TRACES_EXPORTER: 'none' },
    metrics: false,
    spanProcessors: [hanging],
    logLevel: 'none',
    strict: true,
    ...options,
    clock,
  });
  const start = clock.monotonicMillis();
  const waited = telemetry.shutdown().then(() => clock.monotonicMillis() - start);
  for (let millis = 0; millis < 20_000; millis += 250) await clock.advance(250);
  return waited;
}

test('in development, two seconds for a receiver that nobody named', async () => {
  expect(await waits({ preset: 'development' })).toBe(2000);
});

test.each([
  ['an option names it', { endpoint: 'http://collector.example:4318' }],
  ['a variable names it', { environment: namedByVariable() }],
  ['it is production', { preset: 'production' as const }],
])('ten seconds where %s', async (_case, options) => {
  expect(await waits({ preset: 'development', ...options })).toBe(10_000);
});

function namedByVariable(): Record<string, string> {
  return {
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://collector.example/v1/metrics',
  };
}
