import { startOtlpSink } from '@llm-otel/testing';
import { ledgerErrors } from '@llm-otel/core';
import { exporterDestination } from '@llm-otel/exporters-resilient';
import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test } from 'vitest';
import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';

let running: Telemetry | undefined;

afterEach(async () => {
  await running?.shutdown({ timeoutMillis: 100 });
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

/** Without the variables of the machine that runs the tests. */
async function start(options: TelemetryOptions = {}): Promise<Telemetry> {
  running = await startTelemetry({ environment: {}, strict: true, ...options });
  return running;
}

function inMemory() {
  const exporter = new InMemorySpanExporter();
  return { exporter, destinations: [exporterDestination('memory', exporter)] };
}

test('creation_with_defaults: without any option spans go to a local receiver', async () => {
  const telemetry = await start();

  expect(telemetry).toMatchObject({ enabled: true, preset: 'development', content: 'none' });
  expect(Object.keys(telemetry.ledger()[0]?.destinations ?? {})).toEqual(['otlp']);
  expect(telemetry.tracer().startSpan('work').isRecording()).toBe(true);
});

test('creation_with_custom_config: options reach the parts they are for', async () => {
  const { exporter, destinations } = inMemory();
  const telemetry = await start({
    destinations,
    preset: 'production',
    sampling: 1,
    content: 'span',
    serviceName: 'support',
    spanLimits: { attributeCountLimit: 1 },
    maxContentBytes: 1000,
    baggageKeys: ['user.id'],
    metrics: false,
  });
  const baggage = propagation.createBaggage({ 'user.id': { value: 'u-1' }, other: { value: 'x' } });

  telemetry
    .tracer('app')
    .startSpan('work', {}, propagation.setBaggage(ROOT_CONTEXT, baggage))
    .end();
  const report = await telemetry.forceFlush();

  const [span] = exporter.getFinishedSpans();
  expect(telemetry).toMatchObject({ preset: 'production', content: 'span' });
  expect(span?.attributes).toEqual({ 'user.id': 'u-1' });
  expect(span?.resource.attributes['service.name']).toBe('support');
  expect(report).toMatchObject({ complete: true, problems: [] });
});

test('from_env_vars: a start without options follows the environment', async () => {
  await using sink = await startOtlpSink();
  const telemetry = await start({
    environment: {
      OTEL_SERVICE_NAME: 'from-environment',
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a%20b',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '1',
      DEPLOYMENT_ENVIRONMENT: 'staging',
    },
  });

  telemetry
    .tracer('app')
    .startSpan('work', { attributes: { a: 'x'.repeat(5000), b: 2 } })
    .end();
  await telemetry.forceFlush();

  const [span] = sink.spans;
  expect(Object.keys(span?.attributes ?? {})).toEqual(['a']);
  expect(span?.resource.attributes).toMatchObject({
    'service.name': 'from-environment',
    'deployment.environment.name': 'staging',
  });
  expect(sink.requests[0]?.headers).toMatchObject({ 'x-team': 'a b', 'content-encoding': 'gzip' });
  expect(sink.requests.map(({ signal }) => signal)).toEqual(['traces']);
});

test('from_env_vars: an option wins over its variable', async () => {
  await using sink = await startOtlpSink();
  const telemetry = await start({
    endpoint: sink.url,
    serviceName: 'option',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_SERVICE_NAME: 'variable',
    },
  });

  telemetry.tracer().startSpan('work').end();
  await telemetry.forceFlush();

  expect(sink.spans[0]?.resource.attributes['service.name']).toBe('option');
});

test('tracer_acquisition: tracers of the handle and of the global API belong to one provider', async () => {
  const { exporter, destinations } = inMemory();
  const telemetry = await start({ destinations, metrics: false });

  telemetry.tracer('mine', '1.0.0').startSpan('a').end();
  trace.getTracer('global').startSpan('b').end();
  telemetry.tracer().startSpan('c').end();
  await telemetry.forceFlush();

  expect(
    exporter.getFinishedSpans().map(({ instrumentationScope }) => instrumentationScope.name),
  ).toEqual(['mine', 'global', '@llm-otel/sdk']);
});

test('meter_acquisition: a counter reaches the receiver, and so does the ledger as metrics', async () => {
  await using sink = await startOtlpSink();
  const telemetry = await start({ endpoint: sink.url });

  telemetry.meter('app').createCounter('calls').add(3);
  telemetry.tracer().startSpan('work').end();
  await telemetry.shutdown();

  const names = sink.metrics.map(({ name }) => name);
  expect(names).toContain('calls');
  expect(names).toContain('otel.sdk.processor.span.processed');
  expect(telemetry.ledger().map(({ signal }) => signal)).toEqual(['traces', 'metrics']);
  expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
});

test('meter_acquisition: without metrics a meter does nothing', async () => {
  const telemetry = await start({ metrics: false });

  expect(() => telemetry.meter().createCounter('calls').add(1)).not.toThrow();
});

test('logger_acquisition: a log record carries the ids of the active span', async () => {
  const exporter = new InMemoryLogRecordExporter();
  const telemetry = await start({
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter })],
    metrics: false,
  });

  const ids = telemetry.tracer().startActiveSpan('work', (span) => {
    telemetry.logger('app').emit({ body: 'hello' });
    return span.spanContext();
  });
  await telemetry.forceFlush({ timeoutMillis: 50 });

  expect(exporter.getFinishedLogRecords().map(({ spanContext }) => spanContext)).toEqual([ids]);
});

test('logger_acquisition: without log processors a logger does nothing', async () => {
  const telemetry = await start();

  expect(() => telemetry.logger().emit({ body: 'hello' })).not.toThrow();
});

test('shutdown_flushes_spans: what is in the queue arrives', async () => {
  await using sink = await startOtlpSink();
  const telemetry = await start({ endpoint: sink.url, batch: { delayMillis: 60_000 } });
  for (let i = 0; i < 1000; i++) telemetry.tracer().startSpan(`span ${i}`).end();

  await expect(telemetry.shutdown()).resolves.toMatchObject({ complete: true, problems: [] });

  expect(sink.spans).toHaveLength(1000);
});

test('shutdown_timeout: a receiver that never answers holds nobody up, and what is lost is counted', async () => {
  await using sink = await startOtlpSink();
  sink.hang();
  const telemetry = await start({ endpoint: sink.url, metrics: false });
  for (let i = 0; i < 10; i++) telemetry.tracer().startSpan(`span ${i}`).end();

  const before = performance.now();
  const report = await telemetry.shutdown({ timeoutMillis: 200 });

  expect(performance.now() - before).toBeLessThan(2000);
  expect(report.complete).toBe(false);
  expect(report.problems).toContain('10 spans dropped for otlp: shutdown_timeout');
  expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
});

test('double_shutdown_safe: the second call gets the outcome of the first', async () => {
  const { exporter, destinations } = inMemory();
  const telemetry = await start({ destinations, metrics: false });
  telemetry.tracer().startSpan('work').end();

  const [first, second] = await Promise.all([telemetry.shutdown(), telemetry.shutdown()]);

  expect(second).toBe(first);
  await expect(telemetry.forceFlush()).resolves.toBe(first);
  expect(exporter.getFinishedSpans().length).toBeLessThanOrEqual(1);
});
