import { checkMetricConformance } from '@llm-otel/llm-conventions/conformance';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { sdks } from './contract/clients.ts';
import { observedPair } from './pair.ts';

test.each(sdks)('$name: operations and sessions are measured on both sides', async (sdk) => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e8 });
  const provider = new MeterProvider({ readers: [reader] });
  const { call, client } = await observedPair(sdk, { meter: provider.getMeter('test') });
  await call({ name: 'add', arguments: { a: 1, b: 2 } });
  await call({ name: 'refuse', arguments: {} });
  await client.close();
  await provider.forceFlush();

  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  expect(metrics.map(({ descriptor }) => descriptor.name).toSorted()).toEqual([
    'mcp.client.operation.duration',
    'mcp.client.session.duration',
    'mcp.server.operation.duration',
    'mcp.server.session.duration',
  ]);
  for (const { descriptor, dataPoints } of metrics) {
    const points = dataPoints.map(({ attributes }) => attributes);
    expect(
      checkMetricConformance({
        name: descriptor.name,
        unit: descriptor.unit,
        points: dataPoints,
      }).errors,
    ).toEqual([]);
    expect(points.every((point) => 'mcp.protocol.version' in point)).toBe(true);
    if (!descriptor.name.includes('operation')) continue;
    expect(points).toContainEqual(
      expect.objectContaining({ 'gen_ai.tool.name': 'refuse', 'error.type': 'tool_error' }),
    );
    // Ids of requests and sessions would never stop growing.
    expect(points.flatMap((point) => Object.keys(point))).not.toContain('jsonrpc.request.id');
  }
  await provider.shutdown();
});
