import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import { createRedactor } from '@llm-otel/redaction';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseLogs } from './choose-logs.ts';
import { exportPlan } from './export-plan.ts';
import { presetFor } from './presets.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

// As where @opentelemetry/sdk-logs is not installed.
vi.mock(import('./sdk-modules.ts'), async (original) => {
  const { sdkModules } = await original();
  return { sdkModules: { ...sdkModules, logs: undefined } };
});

const warn = vi.fn();
const silent = (): void => undefined;
beforeEach(() => {
  diag.setLogger({ error: silent, warn, info: silent, debug: silent, verbose: silent });
  vi.clearAllMocks();
});
afterEach(() => diag.disable());

function choose(
  options: TelemetryOptions,
  environment: TelemetryEnvironment = {},
): ReturnType<typeof chooseLogs> {
  const plan = exportPlan(options, environment, presetFor('development', undefined));
  return chooseLogs({ options, environment, plan, redactor: createRedactor() });
}

const asking: [TelemetryOptions, TelemetryEnvironment][] = [
  [{ logs: true }, {}],
  [{}, { logsExporters: ['otlp'] }],
];

test.each(asking)(
  'without the logs SDK, where %j and %j ask for logs, they are off and that is a warning; with strict it is thrown',
  async (options, environment) => {
    await expect(choose(options, environment)).resolves.toBeUndefined();
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/log records are off: .*run npm install @opentelemetry\/sdk-logs/)],
    ]);

    await expect(choose({ ...options, strict: true }, environment)).rejects.toMatchObject({
      code: 'LLM_OTEL_MISSING_PEER',
      packageName: '@opentelemetry/sdk-logs',
    });
  },
);

test('where nobody asks for logs, nothing is said of them', async () => {
  await expect(choose({ strict: true })).resolves.toBeUndefined();

  expect(warn).not.toHaveBeenCalled();
});
