import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

test.each([
  ['a hint', {}],
  ['a warning', { metrics: { exportIntervalMillis: 1000 } }],
])(
  'without @opentelemetry/sdk-metrics spans are sent all the same, with %s that names the package to install',
  async (kind, options) => {
    await using sink = await startOtlpSink();

    const { code, stdout, stderr } = await runNode(
      ['without-package.ts', '@opentelemetry/sdk-metrics', JSON.stringify(options)],
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        OTEL_LOG_LEVEL: kind === 'a hint' ? 'info' : 'warn',
      },
    ).ended;

    expect(code).toBe(0);
    // Info goes to standard output, in front of what the process prints itself.
    expect(stdout + stderr).toContain('run npm install @opentelemetry/sdk-metrics');
    expect(stdout).toContain(
      '{"enabled":true,"report":{"complete":true,"problems":[],"delivered":1,',
    );
    expect(sink.requests.map(({ signal }) => signal)).toEqual(['traces']);
    expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
  },
);

test('Prometheus is an extra: without its package spans are sent all the same, and one line says what to install', async () => {
  await using sink = await startOtlpSink();
  const missing = '@opentelemetry/exporter-prometheus';

  const { code, stdout, stderr } = await runNode(['without-package.ts', missing], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_LOG_LEVEL: 'warn',
  }).ended;

  expect(code).toBe(0);
  expect(stdout + stderr).toContain(`run npm install ${missing}`);
  expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
});

test.each([
  ['the others carry the trace', [], 0, ['work']],
  ['with strict nothing starts', [JSON.stringify({ strict: true })], 1, []],
])(
  'without the package of one propagator, %s, and one line says what to install',
  async (_, options, expected, names) => {
    await using sink = await startOtlpSink();
    const missing = '@opentelemetry/propagator-b3';

    const { code, stdout, stderr } = await runNode(['without-package.ts', missing, ...options], {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_PROPAGATORS: 'tracecontext,b3',
      OTEL_LOG_LEVEL: 'warn',
    }).ended;

    expect(code).toBe(expected);
    expect(stdout + stderr).toContain(`run npm install ${missing}`);
    expect(sink.spans.map(({ name }) => name)).toEqual(names);
    if (expected === 0) expect(stdout).toContain('"fields":["traceparent","tracestate"]');
  },
);

test.each([
  ['@opentelemetry/host-metrics', false],
  ['@opentelemetry/instrumentation-host-metrics', true],
])(
  'without %s the process is measured all the same, each once; whether that is deprecated is told: %s',
  async (missing, isDeprecated) => {
    await using sink = await startOtlpSink();

    const { code, stdout, stderr } = await runNode(['without-package.ts', missing], {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      LLM_OTEL_RUNTIME_METRICS: 'true',
    }).ended;

    expect(code).toBe(0);
    const names = sink.metrics.map(({ name }) => name);
    expect(names.filter((name) => name === 'process.memory.usage')).toHaveLength(1);
    expect((stdout + stderr).includes('host-metrics is deprecated')).toBe(isDeprecated);
  },
);
