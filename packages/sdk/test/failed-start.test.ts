// A start that fails must leave nothing behind: the application goes on, and may start again.
import { consoleDestination } from '@llm-otel/exporters-resilient';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const { made, ended } = vi.hoisted(() => ({ made: [] as string[], ended: [] as string[] }));

// The pipelines as they are, and noted down.
vi.mock(import('@llm-otel/exporters-resilient'), async (original) => {
  const module = await original();
  const noting = <Options, T extends { shutdown(limit?: object): Promise<unknown> }>(
    name: string,
    make: (options: Options) => T,
  ) => {
    return (options: Options): T => {
      const pipeline = make(options);
      made.push(name);
      const shutdown = pipeline.shutdown.bind(pipeline);
      pipeline.shutdown = (limit) => {
        ended.push(name);
        return shutdown(limit);
      };
      return pipeline;
    };
  };
  return {
    ...module,
    resilientSpanProcessor: noting('spans', module.resilientSpanProcessor),
    resilientMetricExporter: noting('metrics', module.resilientMetricExporter),
    resilientLogProcessor: noting('logs', module.resilientLogProcessor),
  };
});

beforeEach(() => {
  made.length = 0;
  ended.length = 0;
});
afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

const options: TelemetryOptions = { environment: {}, strict: true, logLevel: 'none', logs: true };

test('where somebody else has registered, no pipeline goes on', async () => {
  trace.setGlobalTracerProvider(new TracerProvider());

  await expect(startTelemetry(options)).rejects.toThrow(/already registered/);

  expect(made.toSorted()).toEqual(['logs', 'metrics', 'spans']);
  expect(ended.toSorted()).toEqual(['logs', 'metrics', 'spans']);
});

test('where the pipeline of spans cannot be made, those of metrics and logs do not go on', async () => {
  const destinations = [consoleDestination(), consoleDestination()];

  await expect(startTelemetry({ ...options, destinations })).rejects.toThrow(/console/);

  expect(made.toSorted()).toEqual(['logs', 'metrics']);
  expect(ended.toSorted()).toEqual(['logs', 'metrics']);
});

test('the exporter of an application ends as well', async () => {
  const exporter = {
    export: () => undefined,
    forceFlush: async () => undefined,
    shutdown: vi.fn<() => Promise<void>>(async () => undefined),
  };
  trace.setGlobalTracerProvider(new TracerProvider());

  await expect(startTelemetry({ ...options, metrics: { exporter } })).rejects.toThrow(/already/);

  expect(exporter.shutdown).toHaveBeenCalledOnce();
});
