// A declarative configuration file, on either OpenTelemetry line: providers, views, limits, and Prometheus beside a push.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTelemetry } from '@llm-otel/sdk';
import { startOtlpSink } from '@llm-otel/testing';
import { test } from './support.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('every signal goes where the file says, as the file says', async () => {
  await using sink = await startOtlpSink();
  const port = await freePort();
  const otlp = (signal: string) => ({ otlp_http: { endpoint: `\${SINK}/v1/${signal}` } });
  const batch = (signal: string) => [{ batch: { exporter: otlp(signal) } }];
  const file = {
    file_format: '1.0',
    resource: { attributes: [{ name: 'service.name', value: 'desk' }] },
    tracer_provider: { processors: batch('traces'), limits: { attribute_count_limit: 1 } },
    meter_provider: {
      readers: [
        { periodic: { exporter: otlp('metrics') } },
        { pull: { exporter: { 'prometheus/development': { host: '127.0.0.1', port } } } },
      ],
      views: [
        {
          selector: { instrument_name: 'desk.*', instrument_type: 'counter' },
          stream: { attribute_keys: { excluded: ['user.id'] } },
        },
        {
          selector: { instrument_name: 'desk.duration' },
          stream: { aggregation: { base2_exponential_bucket_histogram: { max_size: 20 } } },
        },
      ],
    },
    logger_provider: { processors: batch('logs'), limits: { attribute_count_limit: 1 } },
  };
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-file-'));
  const path = join(folder, 'otel.json');
  writeFileSync(path, JSON.stringify(file));
  const environment = { OTEL_CONFIG_FILE: path, SINK: sink.url, OTEL_SERVICE_NAME: 'not read' };
  const telemetry = await startTelemetry({ environment, strict: true });
  telemetry
    .tracer()
    .startSpan('work', { attributes: { a: 1, b: 2 } })
    .end();
  telemetry.meter('app').createCounter('desk.calls').add(2, { 'user.id': 'u', team: 'blue' });
  telemetry.meter('app').createHistogram('desk.duration').record(3);
  telemetry.logger('app').emit({ body: 'hello', attributes: { a: 1, b: 2 } });
  const scraped = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const report = await telemetry.shutdown();
  rmSync(folder, { recursive: true });

  assert.deepEqual(report.problems, []);
  assert.match(scraped, /^desk_calls_total\{(?!.*user_id).*team="blue".*\} 2/m);
  assert.deepEqual(sink.spans[0]?.attributes, { a: 1 });
  assert.equal(sink.spans[0]?.resource.attributes['service.name'], 'desk');
  assert.deepEqual(sink.logs[0]?.attributes, { a: 1 });
  const types = Object.fromEntries(sink.metrics.map(({ name, type }) => [name, type]));
  assert.equal(types['desk.calls'], 'sum');
  assert.equal(types['desk.duration'], 'exponentialHistogram');
});
