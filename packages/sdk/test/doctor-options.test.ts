import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ApplicationFolder, type Diagnosis } from './application-folder.ts';

const SDK = pathToFileURL(join(import.meta.dirname, '../src/index.ts')).href;
const RESILIENT = import.meta.resolve('@llm-otel/exporters-resilient');
const START = ['--json', '--import', './telemetry.js'];

/** What doctor says of an application that starts telemetry with these options in code. */
async function diagnosed(
  options: string,
  variables: Readonly<Record<string, string>> = {},
  args: readonly string[] = START,
): Promise<Diagnosis> {
  using application = new ApplicationFolder();
  application.install('@opentelemetry/api@1.10');
  application.write(
    'telemetry.js',
    `import { startTelemetry } from '${SDK}';
     import { otlpDestination } from '${RESILIENT}';
     await startTelemetry(${options});`,
  );
  // Awaited here: the folder is gone with this function.
  return await application.doctor(args, variables);
}

test('options in code are judged: redaction, limits, and the receiver that they name', async () => {
  const url = await unreachableUrl();

  const { findings, code } = await diagnosed(
    `{ preset: 'production', redaction: false, endpoint: '${url}', metrics: false, spanLimits: { attributeCountLimit: 5 } }`,
  );

  expect(findings.map(({ id }) => id)).toEqual([
    'endpoint-unreachable',
    'redaction-off',
    'attribute-count-limit',
  ]);
  expect(findings[0]?.what).toContain(url);
  expect(findings[2]?.what).toBe('spanLimits.attributeCountLimit=5 drops attributes');
  expect(code).toBe(1);
});

test('the receiver in code is asked with its headers, and not that of the variables', async () => {
  await using sink = await startOtlpSink();

  const { ids } = await diagnosed(`{ endpoint: '${sink.url}', metrics: false }`, {
    OTEL_EXPORTER_OTLP_ENDPOINT: await unreachableUrl(),
  });

  expect(ids).toEqual([]);
  expect(sink.spans).toEqual([]);
});

test('a variable that an option overrules is no finding, one that holds is told once', async () => {
  const variables = {
    NODE_ENV: 'production',
    OTEL_REDACTION_ENABLED: 'false',
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '5',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
  };

  const overruled = await diagnosed(
    '{ redaction: { enabled: true }, spanLimits: { attributeCountLimit: 128 } }',
    variables,
  );
  const holding = await diagnosed("{ preset: 'production' }", variables);

  expect(overruled.ids).toEqual([]);
  expect(holding.ids.toSorted()).toEqual(['attribute-count-limit', 'redaction-off']);
});

test('the receiver of each signal is shown, and what is to be mended is named for it', async () => {
  await using sink = await startOtlpSink();
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${sink.url}/nothing`,
  };

  const { findings } = await diagnosed('{ logs: true }', variables);
  const { stdout } = await diagnosed('{ logs: true }', variables, [
    '--offline',
    '--import',
    './telemetry.js',
  ]);

  expect(findings.map(({ id, fix }) => `${id}: ${fix}`)).toEqual([
    'wrong-endpoint: OTEL_EXPORTER_OTLP_ENDPOINT is the address without /v1/logs; OTEL_EXPORTER_OTLP_LOGS_ENDPOINT is used as it is; where it takes no logs: OTEL_LOGS_EXPORTER=none, or the option logs: false',
  ]);
  expect(stdout).toContain(`endpoint = ${sink.url}/v1/traces`);
  expect(stdout).toContain(`endpoint of metrics = ${sink.url}/v1/metrics`);
  expect(stdout).toContain(`endpoint of logs = ${sink.url}/nothing`);
});

test('destinations in code take the place of a receiver', async () => {
  const destination =
    "{ destinations: [otlpDestination({ name: 'own', url: 'http://127.0.0.1:1/v1/traces' })], metrics: false }";

  const { ids, outcomes } = await diagnosed(destination);

  expect(ids).toEqual([]);
  expect(outcomes.find(({ check }) => check === 'the receiver')?.skipped).toContain('destinations');
});

test('a start that failed is told with its reason', async () => {
  const { findings } = await diagnosed("{ endpoint: 'no address' }", {}, [...START, '--offline']);

  expect(findings.map(({ id }) => id)).toEqual(['no-tracer-provider']);
  expect(findings[0]?.what).toContain('no address');
});

test('--settings tells what holds in the started process, without keys', async () => {
  const options =
    "{ endpoint: 'http://127.0.0.1:1/?key=t0p', headers: { authorization: 't0p' }, metrics: false }";

  const { stdout } = await diagnosed(options, {}, ['--offline', '--import', './telemetry.js']);

  expect(stdout).toMatch(/redaction\.enabled = true +the started telemetry/);
  expect(stdout).toMatch(/endpoint = http:\/\/127\.0\.0\.1:1\S* +the started telemetry/);
  expect(stdout).not.toContain('t0p');
});
