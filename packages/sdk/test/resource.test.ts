// What every signal says about where it comes from.
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { type SinkOptions, startWithSink } from './start-with-sink.ts';

/** The resource of a span, a metric and a log record. */
async function resources(options: SinkOptions): Promise<unknown[]> {
  const exporter = new InMemoryLogRecordExporter();
  const logs = [new SimpleLogRecordProcessor({ exporter })];
  const { telemetry, sink } = await startWithSink({ ...options, logRecordProcessors: logs });

  telemetry.meter('app').createCounter('calls').add(1);
  telemetry.tracer().startSpan('work').end();
  telemetry.logger('app').emit({ body: 'hello' });
  const [record] = exporter.getFinishedLogRecords();
  await telemetry.shutdown();

  return [
    sink.spans[0]?.resource.attributes,
    sink.metrics[0]?.resource.attributes,
    record?.resource.attributes,
  ];
}

test('resource_attributes_set: span, metric and log record say which service and which part of it they come from', async () => {
  const found = await resources({
    serviceName: 'support',
    serviceVersion: '1.2.3',
    deploymentEnvironment: 'staging',
    resourceAttributes: { 'service.namespace': 'desk', 'service.component': 'billing' },
  });

  const expected = expect.objectContaining({
    'service.name': 'support',
    'service.version': '1.2.3',
    'service.namespace': 'desk',
    'service.component': 'billing',
    'deployment.environment.name': 'staging',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
  });
  expect(found).toEqual([expected, expected, expected]);
  // One process, one instance.
  const instances = found.map(
    (attributes) => (attributes as Record<string, unknown>)['service.instance.id'],
  );
  expect(new Set(instances).size).toBe(1);
  expect(instances[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('resource_attributes_set: OTEL_SERVICE_VERSION and OTEL_RESOURCE_ATTRIBUTES are on every signal', async () => {
  const environment = {
    OTEL_SERVICE_VERSION: '4.5.6',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.0.0,service.component=web%20shop',
  };

  const expected = expect.objectContaining({
    'service.version': '4.5.6',
    'service.component': 'web shop',
  });
  await expect(resources({ environment })).resolves.toEqual([expected, expected, expected]);
});

test('resource_attributes_set: the option for the version wins over its variable', async () => {
  const environment = { OTEL_SERVICE_VERSION: '4.5.6' };

  const expected = expect.objectContaining({ 'service.version': '7.8.9' });
  await expect(resources({ environment, serviceVersion: '7.8.9' })).resolves.toEqual([
    expected,
    expected,
    expected,
  ]);
});
