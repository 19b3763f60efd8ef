// Telemetry from a declarative configuration file, into real receivers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let directory: string;
const sinks: OtlpSink[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llm-otel-file-'));
});
afterEach(async () => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  rmSync(directory, { recursive: true, force: true });
  await Promise.all(sinks.splice(0).map((sink) => sink.close()));
});

async function sink(): Promise<OtlpSink> {
  const started = await startOtlpSink();
  sinks.push(started);
  return started;
}

function start(text: string, variables = {}, options: TelemetryOptions = {}) {
  const path = join(directory, 'otel.yaml');
  writeFileSync(path, text);
  return startTelemetry({
    environment: { OTEL_CONFIG_FILE: path, ...variables },
    strict: true,
    ...options,
  });
}

const file = `
file_format: "1.0"
resource:
  attributes:
    - name: service.name
      value: desk
propagator:
  composite: [{ tracecontext: }]
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: \${FIRST}/v1/traces
            headers:
              - name: authorization
                value: Bearer \${TOKEN}
    - batch:
        exporter:
          otlp_http:
            endpoint: \${SECOND}/v1/traces
            encoding: json
            compression: gzip
  limits:
    attribute_count_limit: 2
meter_provider:
  readers:
    - periodic:
        exporter:
          otlp_http:
            endpoint: \${FIRST}/v1/metrics
            temporality_preference: delta
            default_histogram_aggregation: base2_exponential_bucket_histogram
    - periodic:
        exporter:
          otlp_http:
            endpoint: \${SECOND}/v1/metrics
  views:
    - selector:
        instrument_name: desk.requests
      stream:
        name: desk.calls
        attribute_keys:
          excluded: [user.*]
logger_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: \${FIRST}/v1/logs
  limits:
    attribute_count_limit: 1
`;

test('every signal goes where the file says, as the file says', async () => {
  const [first, second] = [await sink(), await sink()];
  const telemetry = await start(file, { FIRST: first.url, SECOND: second.url, TOKEN: 't0p' });
  const span = telemetry.tracer('app').startSpan('work', { attributes: { a: 1, b: 2, c: 3 } });
  span.end();
  telemetry.meter('app').createCounter('desk.requests').add(2, { 'user.id': 'u', team: 'blue' });
  telemetry.meter('app').createHistogram('desk.duration').record(3);
  telemetry.logger('app').emit({ body: 'hello', attributes: { a: 1, b: 2 } });
  const report = await telemetry.shutdown();

  expect(report).toMatchObject({ complete: true, problems: [], dropped: 0 });
  for (const receiver of [first, second]) {
    expect(receiver.spans).toMatchObject([{ name: 'work', attributes: { a: 1, b: 2 } }]);
    expect(receiver.spans[0]?.resource.attributes['service.name']).toBe('desk');
    const counter = receiver.metrics.find(({ name }) => name === 'desk.calls');
    expect(counter).toMatchObject({ points: [{ value: 2, attributes: { team: 'blue' } }] });
  }
  expect(first.logs).toMatchObject([{ body: 'hello', attributes: { a: 1 } }]);
  expect(second.logs).toEqual([]);
  const typeOf = (receiver: OtlpSink, name: string) =>
    receiver.metrics.find((metric) => metric.name === name)?.type;
  expect(typeOf(first, 'desk.duration')).toBe('exponentialHistogram');
  expect(typeOf(second, 'desk.duration')).toBe('histogram');
  const ledger = telemetry.ledger().find(({ signal }) => signal === 'metrics');
  expect(Object.keys(ledger?.destinations ?? {})).toEqual(['otlp', 'otlp (2)']);
});

test('variables that the file does not name are not read, and options win over the file', async () => {
  const [named, other, third] = [await sink(), await sink(), await sink()];
  const variables = {
    FIRST: named.url,
    SECOND: named.url,
    TOKEN: 'x',
    OTEL_EXPORTER_OTLP_ENDPOINT: other.url,
    OTEL_SERVICE_NAME: 'ignored',
    OTEL_TRACES_EXPORTER: 'none',
  };
  const options = { serviceName: 'from code', endpoint: third.url, metrics: false, logs: false };
  const plain = await start(file, variables);
  plain.tracer().startSpan('plain').end();
  await plain.shutdown();
  const telemetry = await start(file, variables, options as TelemetryOptions);
  telemetry.tracer().startSpan('overridden').end();
  await telemetry.shutdown();

  expect(named.spans.map(({ name }) => name)).toEqual(['plain', 'plain']);
  expect(named.spans[0]?.resource.attributes['service.name']).toBe('desk');
  expect(third.spans[0]).toMatchObject({ name: 'overridden' });
  expect(third.spans[0]?.resource.attributes['service.name']).toBe('from code');
  expect(third.metrics).toEqual([]);
  expect(other.requests).toEqual([]);
});

test('a policy of ours decides on the traces, and lines of OTLP go into a file', async () => {
  const lines = join(directory, 'spans.jsonl');
  const telemetry = await start(`
file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          otlp_file/development:
            output_stream: ${pathToFileURL(lines).href}
instrumentation/development:
  js:
    llm_otel:
      sampling:
        version: 1
        rules:
          - name: errors
            when:
              error: true
            keep: all
          - name: rest
            keep: none
`);
  telemetry.tracer().startSpan('fine').end();
  const failed = telemetry.tracer().startSpan('failed');
  failed.setStatus({ code: 2 });
  failed.end();
  await telemetry.shutdown();

  expect(readFileSync(lines, 'utf8')).toContain('"failed"');
  expect(readFileSync(lines, 'utf8')).not.toContain('"fine"');
});

test('the key for pseudonyms is read beside the file, which has no place for it', async () => {
  const lines = join(directory, 'hashed.jsonl');
  const text = `
file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          otlp_file/development:
            output_stream: ${pathToFileURL(lines).href}
instrumentation/development:
  js:
    llm_otel:
      redaction:
        version: 1
        presets: [pii]
        actions: { email_address: hash }
`;
  const telemetry = await start(text, { OTEL_REDACTION_HASH_KEY: 'sixteen bytes at the least' });
  telemetry
    .tracer()
    .startSpan('call', { attributes: { said: 'ada@example.com' } })
    .end();
  await telemetry.shutdown();

  expect(readFileSync(lines, 'utf8')).toMatch(/\[REDACTED:email_address #[a-z2-7]{12}\]/);
  await expect(start(text)).rejects.toThrow('redaction.actions.email_address is "hash"');
});

test('a file that switches telemetry off does, and so does the variable', async () => {
  const telemetry = await start('file_format: "1.0"\ndisabled: true');
  expect(telemetry.enabled).toBe(false);

  const off = await start('this is no configuration', { OTEL_SDK_DISABLED: 'true' });
  expect(off.enabled).toBe(false);
});

test('what is not supported is a warning once, and an error with strict', async () => {
  const text = 'file_format: "1.0"\nresource:\n  schema_url: https://example.com/1';
  const warn = vi.fn<(message: string) => void>();
  diag.setLogger({ error: warn, warn, info: warn, debug: () => undefined, verbose: warn });

  const telemetry = await start(text, {}, { strict: false });
  await telemetry.shutdown();
  expect(warn.mock.calls).toEqual([
    [
      'llm-otel: otel.yaml:3:3 resource.schema_url is not supported: the attributes come from several versions of the conventions (ignored)',
    ],
  ]);
  await expect(start(text)).rejects.toMatchObject({ code: 'LLM_OTEL_INVALID_CONFIGURATION_FILE' });
});

test('a file with a mistake leaves the application without telemetry, and the log says where it is', async () => {
  const error = vi.fn<(message: string) => void>();
  const ignore = (): void => undefined;
  diag.setLogger({ error, warn: ignore, info: ignore, debug: ignore, verbose: ignore });

  const telemetry = await start('file_format: "1.0"\ndisbled: true', {}, { strict: false });

  expect(telemetry.enabled).toBe(false);
  expect(error.mock.calls.join()).toContain('otel.yaml:2:1 disbled is not an option');
});
