import assert from 'node:assert/strict';
import { ledgerErrors } from '@llm-otel/core';
import { startTelemetry } from '@llm-otel/sdk';
import { startOtlpSink } from '@llm-otel/testing';
import { trace } from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

test('creation_with_defaults: without any option telemetry is on', async () => {
  const telemetry = await startTelemetry({ environment: {}, strict: true });

  assert.equal(telemetry.enabled, true);
  assert.equal(telemetry.tracer().startSpan('work').isRecording(), true);
  await telemetry.shutdown({ timeoutMillis: 1 });
});

test('creation_with_custom_config: options reach the parts they are for', async () => {
  const { spans } = await observed({ spanLimits: { attributeCountLimit: 1 } }, (telemetry) => {
    telemetry
      .tracer()
      .startSpan('work', { attributes: { a: 1, b: 2 } })
      .end();
  });

  assert.deepEqual(Object.keys(spanNamed(spans, 'work').attributes), ['a']);
});

test('from_env_vars: variables are read where no option says otherwise', async () => {
  const environment = { OTEL_SERVICE_NAME: 'from-environment', OTEL_SPAN_EVENT_COUNT_LIMIT: '1' };

  const { spans } = await observed({ environment, serviceName: undefined }, (telemetry) => {
    telemetry.tracer().startSpan('work').addEvent('a').addEvent('b').end();
  });

  const work = spanNamed(spans, 'work');
  assert.equal(work.resource.attributes['service.name'], 'from-environment');
  assert.equal(work.events.length, 1);
});

test('tracer_acquisition: tracers of the handle and of the API are of one provider', async () => {
  const { spans } = await observed({}, (telemetry) => {
    telemetry.tracer('mine', '1.0.0').startSpan('a').end();
    trace.getTracer('global').startSpan('b').end();
  });

  assert.deepEqual(spans.map(({ scope }) => scope.name).toSorted(), ['global', 'mine']);
});

test('meter_acquisition: counter_creation, histogram_creation, metric_recording, and what they hold arrives', async () => {
  const { sink } = await observed({}, (telemetry) => {
    telemetry.meter('app').createCounter('calls').add(3);
    telemetry.meter('app').createHistogram('seconds', { unit: 's' }).record(0.5);
  });

  const named = Object.fromEntries(sink.metrics.map((metric) => [metric.name, metric]));
  assert.ok(named['calls'] !== undefined && named['seconds'] !== undefined);
  assert.equal(named['seconds'].unit, 's');
});

test('logger_acquisition: log_trace_correlation, a record carries the ids of the active span', async () => {
  const records: { readonly spanContext?: unknown }[] = [];
  const processor = {
    onEmit: (record: unknown) => void records.push(record as { readonly spanContext?: unknown }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  let expected: unknown;

  await observed({ logRecordProcessors: [processor] }, (telemetry) =>
    telemetry.tracer().startActiveSpan('work', (span) => {
      expected = span.spanContext();
      telemetry.logger('app').emit({ body: 'hello' });
      span.end();
    }),
  );

  assert.deepEqual(
    records.map(({ spanContext }) => spanContext),
    [expected],
  );
});

test('shutdown_flushes_spans: batch_export, what is in the queue arrives by export_http', async () => {
  const { spans } = await observed({ batch: { delayMillis: 60_000 } }, (telemetry) => {
    for (let at = 0; at < 1000; at++) telemetry.tracer().startSpan(`span ${at}`).end();
  });

  assert.equal(spans.length, 1000);
});

test('shutdown_timeout: a receiver that never answers holds nobody up, and what is lost is counted', async () => {
  await using sink = await startOtlpSink();
  sink.hang();
  const telemetry = await startTelemetry({ endpoint: sink.url, metrics: false, strict: true });
  telemetry.tracer().startSpan('work').end();

  const report = await telemetry.shutdown({ timeoutMillis: 100 });

  assert.equal(report.complete, false);
  assert.deepEqual(telemetry.ledger().flatMap(ledgerErrors), []);
});

test('double_shutdown_safe: the second call gets the outcome of the first', async () => {
  const { ledger } = await observed({}, async (telemetry) => {
    telemetry.tracer().startSpan('work').end();
    const [first, second] = await Promise.all([telemetry.shutdown(), telemetry.shutdown()]);
    assert.equal(first, second);
  });

  assert.equal(ledger.destinations['otlp']?.exported, 1);
});

test('resource_attributes_set: service, process and what the application adds are on the resource', async () => {
  const { spans } = await observed(
    { resourceAttributes: { 'deployment.environment.name': 'staging' } },
    (telemetry) => telemetry.tracer().startSpan('work').end(),
  );

  const { attributes } = spanNamed(spans, 'work').resource;
  assert.equal(attributes['service.name'], 'support-desk');
  assert.equal(attributes['deployment.environment.name'], 'staging');
  assert.equal(attributes['telemetry.sdk.language'], 'nodejs');
});
