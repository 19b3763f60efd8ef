// A variable that is wrong costs what it is for, and never the whole telemetry of a process.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

test.each([
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', join(import.meta.dirname, 'not-there.crt')],
  ['OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE', import.meta.dirname],
  ['OTEL_EXPORTER_OTLP_CLIENT_KEY', '/not/there.key'],
  ['OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE', '/not/there.crt'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'x-ok=1,x y=2,,broken,x-newline=%0A'],
])('%s=%s keeps nothing from being sent', async (name, value) => {
  const { telemetry, sink } = await startWithSink({
    strict: false,
    environment: { [name]: value },
  });

  telemetry.tracer().startSpan('sent').end();
  const report = await telemetry.shutdown();

  expect(telemetry.enabled).toBe(true);
  expect(report).toMatchObject({ complete: true, dropped: 0 });
  expect(sink.spans).toMatchObject([{ name: 'sent' }]);
});

test('a certificate that is not there yet fails the attempts of its signal, with that reason', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://127.0.0.1:9/v1/traces',
      OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: '/not/there.crt',
    },
    metrics: false,
    endpoint: undefined,
  });

  telemetry.tracer().startSpan('kept').end();
  const report = await telemetry.shutdown({ timeoutMillis: 300 });

  expect(telemetry.enabled).toBe(true);
  expect(report).toMatchObject({ complete: false, dropped: 1 });
  expect(sink.spans).toEqual([]);
});
