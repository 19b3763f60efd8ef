import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import { createRedactor } from '@llm-otel/redaction';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseMetrics } from './choose-metrics.ts';
import { exportPlan } from './export-plan.ts';
import { presetFor } from './presets.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

// As where @opentelemetry/sdk-metrics is not installed.
vi.mock(import('./sdk-modules.ts'), async (original) => {
  const { sdkModules } = await original();
  return { sdkModules: { ...sdkModules, metrics: undefined } };
});

const warn = vi.fn();
const info = vi.fn();
const silent = (): void => undefined;
beforeEach(() => {
  diag.setLogger({ error: silent, warn, info, debug: silent, verbose: silent });
  vi.clearAllMocks();
});
afterEach(() => diag.disable());

function choose(
  options: TelemetryOptions,
  environment: TelemetryEnvironment = {},
): ReturnType<typeof chooseMetrics> {
  const preset = presetFor('development', undefined);
  const plan = exportPlan(options, environment, preset);
  return chooseMetrics({ options, environment, plan, redactor: createRedactor() });
}

const hint = expect.stringContaining('run npm install @opentelemetry/sdk-metrics');

test('without the metrics SDK there are no metrics, and a hint how to get them', async () => {
  await expect(choose({ strict: true })).resolves.toBeUndefined();

  expect(info.mock.calls).toEqual([[hint]]);
  expect(warn).not.toHaveBeenCalled();
});

const asking: [TelemetryOptions, TelemetryEnvironment][] = [
  [{ metrics: { exportIntervalMillis: 1000 } }, {}],
  [{}, { metricsExporters: ['otlp'] }],
];

test.each(asking)(
  'where %j and %j ask for metrics, it is a warning; with strict it is thrown',
  async (options, environment) => {
    await expect(choose(options, environment)).resolves.toBeUndefined();
    expect(warn.mock.calls).toEqual([[hint]]);

    await expect(choose({ ...options, strict: true }, environment)).rejects.toMatchObject({
      code: 'LLM_OTEL_MISSING_PEER',
      packageName: '@opentelemetry/sdk-metrics',
    });
  },
);

test('nobody who switched metrics off hears of it', async () => {
  await choose({ metrics: false });
  await choose({}, { metricsExporters: ['none'] });

  expect([...info.mock.calls, ...warn.mock.calls]).toEqual([]);
});
