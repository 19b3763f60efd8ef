import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import * as api from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SpanProcessor } from '../sdk-types.ts';
import { withSpan } from '../with-span.ts';
import type { MetricExporter } from '../sdk-types.ts';
import { type LoggerProvider, registerLogs } from './log-pipeline.ts';
import { createProviders, type ProviderOptions, type Providers } from './providers.ts';
import { createResource } from './resource.ts';
import type { SdkModules } from './sdk-modules.ts';

let running: Providers | undefined;

afterEach(async () => {
  await running?.shutdown();
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  vi.restoreAllMocks();
});

const resource = createResource({ 'service.name': 'support' });
const sdk: SdkModules = {
  trace: () => import('@opentelemetry/sdk-trace'),
  contextAsyncHooks: () => import('@opentelemetry/context-async-hooks'),
  metrics: () => import('@opentelemetry/sdk-metrics'),
  logs: () => import('@opentelemetry/sdk-logs'),
};

async function started(options: Partial<ProviderOptions> = {}) {
  const exporter = new InMemorySpanExporter();
  running = await createProviders({
    sdk,
    resource,
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    ...options,
  });
  return { providers: running, exporter };
}

function metricExporter() {
  const exported: string[][] = [];
  const exporter: MetricExporter = {
    export(batch, callback) {
      const { scopeMetrics } = batch as {
        scopeMetrics: { metrics: { descriptor: { name: string } }[] }[];
      };
      exported.push(
        scopeMetrics.flatMap((scope) => scope.metrics.map(({ descriptor }) => descriptor.name)),
      );
      callback({ code: 0 });
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  return { exporter, exported };
}

function hangingProcessor(): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnd: () => undefined,
    forceFlush: () => new Promise(() => undefined),
    shutdown: () => new Promise(() => undefined),
  };
}

describe('after the start', () => {
  test('tracers of the global API make spans with the resource, and context flows', async () => {
    const { exporter } = await started();

    await withSpan(trace.getTracer('test'), 'parent', {}, async () => {
      await Promise.resolve();
      withSpan(trace.getTracer('test'), 'child', {}, () => undefined);
    });

    const [child, parent] = exporter.getFinishedSpans();
    expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId);
    expect(parent?.resource.attributes).toMatchObject({
      'service.name': 'support',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': 'opentelemetry',
    });
    expect(parent?.resource.attributes['telemetry.sdk.version']).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('the sampler, the limits and the propagator are in use', async () => {
    const { exporter } = await started({
      sampler: {
        shouldSample: (_, _id, name) => ({ decision: name === 'kept' ? 2 : 0 }),
        toString: () => 'test',
      },
      spanLimits: { attributeCountLimit: 1, eventCountLimit: undefined },
      propagator: {
        inject: (_, carrier, setter) => setter.set(carrier, 'x', '1'),
        extract: (active) => active,
        fields: () => ['x'],
      },
    });
    const tracer = trace.getTracer('test');

    tracer.startSpan('kept', { attributes: { a: 1, b: 2 } }).end();
    tracer.startSpan('left out').end();
    const carrier = {};
    propagation.inject(ROOT_CONTEXT, carrier);

    expect(exporter.getFinishedSpans().map(({ attributes }) => attributes)).toEqual([{ a: 1 }]);
    expect(carrier).toEqual({ x: '1' });
  });

  test.each([
    [{ exportIntervalMillis: 0 }, { exportIntervalMillis: 1, exportTimeoutMillis: 1 }],
    [{ exportTimeoutMillis: 0 }, { exportIntervalMillis: 60_000, exportTimeoutMillis: 60_000 }],
    [
      { exportIntervalMillis: 10, exportTimeoutMillis: 0 },
      { exportIntervalMillis: 10, exportTimeoutMillis: 10 },
    ],
    [{}, { exportIntervalMillis: 60_000, exportTimeoutMillis: 30_000 }],
  ])('a reader is given no time that it refuses: %j', async (given, expected) => {
    const module = await import('@opentelemetry/sdk-metrics');
    const seen = vi.fn<(options: object) => void>();
    class Reader extends module.PeriodicExportingMetricReader {
      constructor(options: ConstructorParameters<typeof module.PeriodicExportingMetricReader>[0]) {
        super(options);
        seen(options);
      }
    }
    const { providers } = await started({
      sdk: {
        ...sdk,
        metrics: async () => ({ ...module, PeriodicExportingMetricReader: Reader }),
      },
      metrics: { exports: [{ exporter: metricExporter().exporter, ...given }] },
    });
    await providers.shutdown();

    expect(seen.mock.calls[0]?.[0]).toMatchObject(expected);
  });

  test('metrics are exported with the resource, and once more at the end', async () => {
    const { exporter, exported } = metricExporter();
    const { providers } = await started({
      metrics: { exports: [{ exporter, exportIntervalMillis: 1000 }] },
    });

    metrics.getMeter('test').createCounter('calls').add(1);
    await expect(providers.forceFlush()).resolves.toEqual({ complete: true, problems: [] });
    await providers.shutdown();

    expect(exported).toEqual([['calls'], ['calls']]);
  });

  test('each metric exporter has its own interval, and a view renames and drops', async () => {
    const [first, second] = [metricExporter(), metricExporter()];
    const { providers } = await started({
      metrics: {
        exports: [
          { exporter: first.exporter },
          { exporter: second.exporter, exportIntervalMillis: 1000 },
        ],
        views: [
          { instrumentName: 'calls', name: 'requests' },
          { instrumentName: 'noise', aggregation: { type: 1 } },
        ],
      },
    });

    metrics.getMeter('test').createCounter('calls').add(1);
    metrics.getMeter('test').createCounter('noise').add(1);
    await providers.forceFlush();

    expect([first.exported, second.exported]).toEqual([[['requests']], [['requests']]]);
  });

  test('a meter provider is not made without a metric exporter', async () => {
    const { providers } = await started();

    expect(providers.meterProvider).toBeUndefined();
  });

  test('logs carry the ids of the active span', async () => {
    const exporter = new InMemoryLogRecordExporter();
    const { providers } = await started({
      logRecordProcessors: [new SimpleLogRecordProcessor({ exporter })],
    });

    const spanContext = withSpan(trace.getTracer('test'), 'work', {}, (span) => {
      providers.loggerProvider?.getLogger('test').emit({ body: 'hello', severityNumber: 9 });
      return span.spanContext();
    });
    await providers.forceFlush();

    const [record] = exporter.getFinishedLogRecords();
    expect(record?.body).toBe('hello');
    expect(record?.spanContext).toEqual(spanContext);
  });

  test('the global logger is ours where the API has logs', async () => {
    const exporter = new InMemoryLogRecordExporter();
    const { providers } = await started({
      logRecordProcessors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const logs = (api as { logs?: typeof api.logs }).logs;

    logs?.getLogger('test').emit({ body: 'hello' });
    const records = exporter.getFinishedLogRecords().map(({ body }) => body);
    await providers.shutdown();
    const afterwards = vi.spyOn(exporter, 'export');
    logs?.getLogger('test').emit({ body: 'after' });

    expect(records).toEqual(logs === undefined ? [] : ['hello']);
    expect(afterwards).not.toHaveBeenCalled();
  });
});

describe('the global logger provider', () => {
  const key = Symbol.for('io.opentelemetry.js.api.logs');
  const globals = globalThis as unknown as Record<symbol, unknown>;
  const provider: LoggerProvider = { getLogger: () => ({ emit: () => undefined }) };
  const fromApi = (version: number): unknown =>
    (globals[key] as ((version: number) => unknown) | undefined)?.(version);

  afterEach(() => void delete globals[key]);

  test('is ours on API 1.9, whose logs have an API package of their own, in the version that the package asks for, until it is taken back', () => {
    const takeBack = registerLogs(provider, {});

    expect(fromApi(1)).toBe(provider);
    expect(fromApi(2)).not.toBe(provider);
    expect(fromApi(2)).toHaveProperty('getLogger');
    takeBack();
    expect(globals[key]).toBeUndefined();
  });

  test('one of somebody else stays, and that is told', () => {
    const warn = vi.fn();
    diag.setLogger({ ...console, verbose: () => undefined, warn });
    const other = (): unknown => provider;
    globals[key] = other;

    registerLogs(provider, {})();

    expect(globals[key]).toBe(other);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('another logs set-up is already registered'),
    );
  });

  test('so it is where the API has logs itself', () => {
    const warn = vi.fn();
    diag.setLogger({ ...console, verbose: () => undefined, warn });
    const takeBackFirst = registerLogs(provider);

    registerLogs(provider)();

    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('another logs set-up is already registered'),
    );
    takeBackFirst();
    registerLogs(provider)();
    expect(warn).toHaveBeenCalledOnce();
  });

  test('one that was put in the place of ours is not taken back', () => {
    const takeBack = registerLogs(provider, {});
    const other = (): unknown => provider;
    globals[key] = other;

    takeBack();

    expect(globals[key]).toBe(other);
  });
});

describe('a second start', () => {
  test('is refused with an explanation, and the first goes on', async () => {
    const { exporter } = await started();

    await expect(createProviders({ sdk, resource, spanProcessors: [] })).rejects.toMatchObject({
      code: 'LLM_OTEL_ALREADY_REGISTERED',
    });

    trace.getTracer('test').startSpan('work').end();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  test('beside a provider of somebody else is refused', async () => {
    trace.setGlobalTracerProvider(new TracerProvider());

    await expect(createProviders({ sdk, resource, spanProcessors: [] })).rejects.toThrow(
      /a tracer provider is already registered/,
    );
  });

  test('works after one that failed half way', async () => {
    const { exporter } = metricExporter();
    const exports = [{ exporter, exportIntervalMillis: -1 }];

    await expect(
      createProviders({ sdk, resource, spanProcessors: [], metrics: { exports } }),
    ).rejects.toThrow(/exportIntervalMillis/);

    await expect(started()).resolves.toBeDefined();
  });

  test('after a shutdown works', async () => {
    const { providers } = await started();
    await providers.shutdown();

    const { exporter } = await started();
    trace.getTracer('second').startSpan('work').end();

    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  test('that another version of the API came before is explained', async () => {
    const key = Symbol.for('opentelemetry.js.api.1');
    const registry: unknown = Reflect.get(globalThis, key);
    Reflect.set(globalThis, key, { version: '1.2.0' });

    const start = createProviders({ sdk, resource, spanProcessors: [] });

    await expect(start).rejects.toMatchObject({ code: 'LLM_OTEL_API_MISMATCH' });
    Reflect.set(globalThis, key, registry);
  });
});

test('a context manager and a propagator that are there stay, with a warning', async () => {
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: warn, debug: () => undefined, verbose: warn });
  const theirs = { inject: () => undefined, extract: () => ROOT_CONTEXT, fields: () => ['theirs'] };
  propagation.setGlobalPropagator(theirs);

  const { providers } = await started({ propagator: { ...theirs, fields: () => ['ours'] } });
  await providers.shutdown();

  expect(propagation.fields()).toEqual(['theirs']);
  expect(warn).toHaveBeenCalledWith(
    'llm-otel: another propagation set-up is already registered with OpenTelemetry and stays in use',
  );
});

describe('a shutdown', () => {
  test('sends what is in the queue', async () => {
    const exporter = new InMemorySpanExporter();
    const sent = vi.spyOn(exporter, 'export');
    const { providers } = await started({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
    trace.getTracer('test').startSpan('work').end();

    await expect(providers.shutdown()).resolves.toEqual({ complete: true, problems: [] });

    expect(sent.mock.calls.flatMap(([spans]) => spans.map(({ name }) => name))).toEqual(['work']);
  });

  test('a second time gives the outcome of the first', async () => {
    const { providers } = await started();

    const first = providers.shutdown();

    expect(providers.shutdown()).toBe(first);
    await expect(providers.forceFlush()).resolves.toBe(await first);
  });

  test('with a processor that hangs is over in time and tells which', async () => {
    const { providers } = await started({ spanProcessors: [hangingProcessor()] });

    const report = await providers.shutdown({ timeoutMillis: 5 });

    expect(report.complete).toBe(false);
    expect(report.problems).toEqual([
      expect.stringMatching(/^span processor 1: forceFlush did not finish within \d ms$/),
      expect.stringMatching(/^span processor 1: shutdown did not finish within \d ms$/),
    ]);
  });

  test('with a processor that hangs still shuts the others down', async () => {
    const exporter = new InMemorySpanExporter();
    const ended = vi.spyOn(exporter, 'shutdown');
    const { providers } = await started({
      spanProcessors: [hangingProcessor(), new BatchSpanProcessor({ exporter })],
    });

    await providers.shutdown({ timeoutMillis: 5 });

    expect(ended).toHaveBeenCalledOnce();
  });

  test('leaves alone what somebody registered in our place', async () => {
    const { providers } = await started();
    trace.disable();
    const theirs = new TracerProvider();
    trace.setGlobalTracerProvider(theirs);

    await providers.shutdown();

    expect(trace.getTracer('test').startSpan('work').isRecording()).toBe(true);
  });

  test('happens at the end of an await using block', async () => {
    {
      await using _ = (await started()).providers;
    }

    expect(trace.getTracer('test').startSpan('work').isRecording()).toBe(false);
  });
});
