import { describe, expect, test } from 'vitest';
import { problemsOf, readText } from '../../test/read-text.ts';

describe('a file that says nothing but its version', () => {
  test.each([
    ['1.0', []],
    ['1.1', []],
    ['1.2', ['otel.yaml:1:1 file_format 1.2 is newer than 1.1: what is new in it is not known']],
    ['1.10', ['otel.yaml:1:1 file_format 1.10 is newer than 1.1: what is new in it is not known']],
  ])('of a file of the format %s is told: %j', async (format, told) => {
    expect((await readText(`file_format: "${format}"`)).unsupported).toEqual(told);
  });

  test('has what the schema has as defaults: nothing is sent, and nothing is found out', async () => {
    const { environment, plan, disabled, unsupported } = await readText('file_format: "1.0"');

    expect({ disabled, unsupported }).toEqual({ disabled: false, unsupported: [] });
    expect(environment).toEqual({
      propagators: ['none'],
      resourceAttributes: {},
      resourceDetectors: ['none'],
    });
    expect(plan).toMatchObject({ traces: [], metrics: undefined, logs: undefined });
    expect(String(plan.sampler)).toMatch(/^ParentBased/);
  });
});

test('everything that the schema can say and we can do', async () => {
  const file = await readText(
    `
file_format: "1.0"
log_level: warn2
attribute_limits: { attribute_value_length_limit: 4000, attribute_count_limit: 64 }
resource:
  attributes:
    - { name: service.name, value: desk }
    - { name: replicas, value: 3, type: int }
    - { name: zones, value: [a, b], type: string_array }
  attributes_list: team=blue,service.name=hidden
  detection/development:
    detectors: [{ host: }, { process: }, { service: }, { container: }]
propagator:
  composite: [{ tracecontext: }, { b3: }]
  composite_list: baggage,tracecontext
tracer_provider:
  processors:
    - batch:
        schedule_delay: 100
        export_timeout: 2000
        max_queue_size: 4096
        max_export_batch_size: 256
        exporter:
          otlp_http:
            endpoint: https://collector.example/v1/traces
            headers: [{ name: authorization, value: "Bearer \${TOKEN}" }, { name: empty, value: }]
            headers_list: authorization=old,x-team=blue
            compression: gzip
            timeout: 5000
            encoding: json
            tls: { ca_file: /ca.pem, cert_file: /cert.pem, key_file: /key.pem }
    - batch:
        max_queue_size: 100
        exporter: { otlp_grpc: { endpoint: http://127.0.0.1:4317 } }
    - simple: { exporter: { otlp_file/development: { output_stream: file:///tmp/spans.jsonl } } }
    - simple: { exporter: { console: } }
  limits: { attribute_count_limit: 99, event_count_limit: 1, link_count_limit: 2 }
  sampler: { always_on: }
meter_provider:
  readers:
    - periodic:
        interval: 5000
        timeout: 1000
        exporter:
          otlp_http: { temporality_preference: low_memory }
        cardinality_limits: { default: 500, up_down_counter: 5 }
    - pull:
        exporter:
          prometheus/development:
            port: 9999
            without_scope_info: true
            with_resource_constant_labels: { included: ["service.*"] }
  views:
    - selector: { instrument_name: "desk.*", instrument_type: histogram }
      stream:
        name: desk
        aggregation: { explicit_bucket_histogram: { boundaries: [1, 2.5] } }
        aggregation_cardinality_limit: 7
        attribute_keys: { excluded: [user.id] }
logger_provider:
  processors: [{ batch: { exporter: { otlp_file/development: } } }]
  limits: { attribute_value_length_limit: 3000, attribute_count_limit: 5 }
instrumentation/development:
  js:
    llm_otel:
      preset: production
      content: span
      exceptions: both
      max_content_bytes: 1000
      dialects: [current, openinference]
      redaction: { version: 1, presets: [secrets] }
      baggage_keys: [tenant]
      runtime_metrics: true
      fallback: { exporter: file, file: /tmp/fallback }
      spool: { directory: /tmp/spool, mode: always, max_age: 1000, dead_letters: { max_bytes: 0 } }
      process_end: true
`,
    { TOKEN: 't0p', OTEL_SERVICE_NAME: 'from-variable' },
  );

  expect(file.unsupported).toEqual([]);
  expect(file.environment).toEqual({
    attributeCountLimit: 64,
    attributeValueLengthLimit: 4000,
    resourceAttributes: { team: 'blue', 'service.name': 'hidden' },
    resourceDetectors: ['host', 'os', 'process', 'serviceinstance', 'container'],
    serviceName: 'from-variable',
    propagators: ['tracecontext', 'b3', 'baggage'],
    batchMaxExportItems: 256,
    batchMaxQueueItems: 4096,
    // A simple processor waits for nothing.
    batchDelayMillis: 0,
    batchExportTimeoutMillis: 2000,
    spanAttributeCountLimit: 99,
    spanEventCountLimit: 1,
    spanLinkCountLimit: 2,
    logBatchDelayMillis: 1000,
    logAttributeCountLimit: 5,
    logAttributeValueLengthLimit: 3000,
    fallbackExporter: 'file',
    fallbackFile: '/tmp/fallback',
  });
  expect(file.options).toEqual({
    logLevel: 'warn',
    resourceAttributes: { 'service.name': 'desk', replicas: 3, zones: ['a', 'b'] },
    preset: 'production',
    content: 'span',
    exceptions: 'both',
    maxContentBytes: 1000,
    dialects: ['current', 'openinference'],
    redaction: { version: 1, presets: ['secrets'] },
    baggageKeys: ['tenant'],
    runtimeMetrics: true,
    processEnd: true,
    spool: {
      directory: '/tmp/spool',
      mode: 'always',
      maxAgeMillis: 1000,
      deadLetters: { maxBytes: 0 },
    },
  });
  const noFiles = { caFile: undefined, certFile: undefined, keyFile: undefined };
  expect(file.plan.traces).toEqual([
    {
      kind: 'otlp',
      settings: {
        url: 'https://collector.example/v1/traces',
        protocol: 'http/json',
        headers: { authorization: 'Bearer t0p', 'x-team': 'blue' },
        compression: 'gzip',
        timeoutMillis: 5000,
        tls: { caFile: '/ca.pem', certFile: '/cert.pem', keyFile: '/key.pem' },
      },
    },
    {
      kind: 'otlp',
      settings: {
        url: 'http://127.0.0.1:4317',
        protocol: 'grpc',
        headers: {},
        compression: 'none',
        timeoutMillis: 10_000,
        tls: noFiles,
      },
    },
    { kind: 'otlp-lines', path: '/tmp/spans.jsonl' },
    { kind: 'console' },
  ]);
  expect(String(file.plan.sampler)).toBe('ConsistentSampler{1}');
  expect(file.plan.logs).toEqual([{ kind: 'otlp-lines', path: undefined }]);
  expect(file.plan.metrics).toMatchObject({
    periodic: [
      {
        receivers: [{ settings: { url: 'http://localhost:4318/v1/metrics' } }],
        exportIntervalMillis: 5000,
        exportTimeoutMillis: 1000,
        temporality: 'lowmemory',
        cardinalityLimits: { default: 500, upDownCounter: 5 },
      },
    ],
    prometheus: [{ port: 9999, withoutScopeInfo: true, resourceLabels: /^(?:service\..*)$/s }],
    views: [
      {
        instrumentName: 'desk.*',
        instrumentType: 'HISTOGRAM',
        name: 'desk',
        aggregation: { type: 4, options: { boundaries: [1, 2.5] } },
        aggregationCardinalityLimit: 7,
      },
    ],
  });
  const [view] = file.plan.metrics?.views ?? [];
  expect(view?.attributesProcessors?.[0]?.process({ 'user.id': 1, team: 'a' })).toEqual({
    team: 'a',
  });
});

describe('variables', () => {
  test('are typed as what stands there would be, and in quotes they are text', async () => {
    const { environment, disabled } = await readText(
      'file_format: "1.0"\ndisabled: ${OFF}\nattribute_limits:\n  attribute_count_limit: ${N:-7}',
      { OFF: 'true' },
    );
    expect({ disabled, n: environment.attributeCountLimit }).toEqual({ disabled: true, n: 7 });

    expect(
      await problemsOf('file_format: "1.0"\ndisabled: "${OFF}"', { OFF: 'true' }),
    ).toHaveLength(1);
  });

  test('in braces without quotes are no YAML, which is said', async () => {
    expect(await problemsOf('file_format: "1.0"\nattribute_limits: { a: ${N} }')).toContain(
      'write ${…} in quotes inside of { } and [ ]',
    );
  });

  test('cannot put in more than one value, and keys have none', async () => {
    const { options } = await readText(
      'file_format: "1.0"\nresource: { attributes: [{ name: a, value: "${X}" }] }',
      { X: 'b }] }\ndisabled: true' },
    );
    expect(options.resourceAttributes).toEqual({ a: 'b }] }\ndisabled: true' });

    expect(await problemsOf('file_format: "1.0"\n${KEY}: true', { KEY: 'disabled' })).toHaveLength(
      1,
    );
  });

  test('that nobody names are not read, but for the proxies of the machine', async () => {
    const { environment } = await readText('file_format: "1.0"', {
      OTEL_SERVICE_NAME: 'not read',
      OTEL_TRACES_EXPORTER: 'console',
      HTTPS_PROXY: 'http://proxy.example:3128',
    });

    expect(environment).toMatchObject({ httpsProxy: 'http://proxy.example:3128' });
    expect(environment.serviceName).toBeUndefined();
    expect(environment.tracesExporters).toBeUndefined();
  });
});

test('what the schema has and we do not is told, and the rest holds', async () => {
  const { unsupported, plan } = await readText(`
file_format: "1.0"
tracer_provider:
  processors:
    - batch: { exporter: { zipkin: { endpoint: http://127.0.0.1:9411 } } }
    - batch: { exporter: { console: } }
  tracer_configurator/development: {}
`);

  expect(unsupported).toEqual([
    'otel.yaml:5:28 tracer_provider.processors[0].batch.exporter.zipkin is not supported: it is deprecated: send OTLP to a Collector with a zipkin exporter',
    'otel.yaml:7:3 tracer_provider.tracer_configurator/development is not supported: the SDK cannot switch single tracers off',
  ]);
  expect(plan.traces).toEqual([{ kind: 'console' }]);
});

describe('JSON', () => {
  const json = (value: unknown): ReturnType<typeof readText> =>
    readText(JSON.stringify(value), { N: '9' }, 'otel.json');

  test('says the same, with numbers from variables', async () => {
    const { environment } = await json({
      file_format: '1.0',
      attribute_limits: { attribute_count_limit: '${N}' },
    });

    expect(environment.attributeCountLimit).toBe(9);
  });

  test('is refused by path', async () => {
    const text = JSON.stringify({
      file_format: '1.0',
      resource: { attributs: [], schema_url: '${' },
    });

    expect(await problemsOf(text, {}, 'otel.json')).toEqual([
      'otel.json resource.schema_url: use ${NAME}, ${env:NAME} or ${NAME:-default}, and $$ for a dollar sign',
      'otel.json resource.attributs is not an option: did you mean resource.attributes?',
    ]);
    expect(await problemsOf('{', {}, 'otel.json')).toHaveLength(1);
    expect(await problemsOf('['.repeat(100) + ']'.repeat(100), {}, 'otel.json')).toEqual([
      'it is nested too deeply',
    ]);
  });
});
