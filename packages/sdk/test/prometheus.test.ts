// The metrics that Prometheus comes and asks for, over HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const settings = (port: number, exporters: string): TelemetryOptions['environment'] => ({
  OTEL_METRICS_EXPORTER: exporters,
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
  OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
});
const scrape = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
const secret = ['sk', 'proj', 'a'.repeat(48)].join('-');

test('they are there as long as telemetry runs, redacted', async () => {
  const port = await freePort();
  const { telemetry } = await startWithSink({ environment: settings(port, 'prometheus') });
  telemetry.meter('app').createCounter('desk.requests').add(3, { 'api.key': secret, team: 'blue' });

  const text = await scrape(port);
  await telemetry.shutdown();

  expect(text).toMatch(/^desk_requests_total\{.*team="blue".*\} 3/m);
  expect(text).not.toContain(secret);
  expect(text).toContain('target_info');
  await expect(scrape(port)).rejects.toThrow(/fetch failed/);
});

test('what tells about telemetry itself is among them, and a push beside it goes on', async () => {
  const port = await freePort();
  const { telemetry, sink } = await startWithSink({
    environment: settings(port, 'otlp,prometheus'),
  });
  telemetry.tracer().startSpan('work').end();
  await telemetry.forceFlush();

  expect(await scrape(port)).toContain('otel_sdk_processor_span_processed');
  expect(sink.metrics.map(({ name }) => name)).toContain('otel.sdk.processor.span.processed');
});

test('a metric has a thousand combinations of attributes at most, as in a push', async () => {
  const port = await freePort();
  const { telemetry } = await startWithSink({ environment: settings(port, 'prometheus') });
  const requests = telemetry.meter('app').createCounter('desk.requests');
  for (let user = 0; user < 3000; user++) requests.add(1, { 'user.id': `user-${user}` });

  const series = (await scrape(port)).match(/^desk_requests_total\{.*$/gm) ?? [];
  expect(series).toHaveLength(1000);
  expect(series.find((line) => line.includes('otel_metric_overflow="true"'))).toMatch(/ 2001$/);
});

test('a port that is taken leaves spans as they are; with strict it is thrown', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const environment = settings(port, 'prometheus');

  await expect(startTelemetry({ environment, strict: true, logLevel: 'none' })).rejects.toThrow(
    /EADDRINUSE/,
  );
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: warn, debug: () => undefined, verbose: warn });
  const { telemetry, sink } = await startWithSink({
    environment,
    strict: false,
    logLevel: undefined,
  });
  telemetry.tracer().startSpan('work').end();
  await telemetry.forceFlush();
  await new Promise((resolve) => server.close(resolve));

  expect(sink.spans).toHaveLength(1);
  expect(warn.mock.calls.join()).toMatch(/Prometheus cannot ask for metrics here: .*EADDRINUSE/);
});
