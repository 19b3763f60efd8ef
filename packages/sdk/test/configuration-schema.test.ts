// Files are read as the schema has them. The judge is the parser of OpenTelemetry for JavaScript, which is made from the
// official schema 1.1 (open-telemetry/opentelemetry-configuration).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfigFile } from '@opentelemetry/configuration';
import { describe, expect, test } from 'vitest';
import { ConfigurationFileError } from '../src/configuration-file/index.ts';
import { readText } from './read-text.ts';

/** Whether the official schema takes a file. */
function isValid(text: string): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-schema-'));
  const path = join(directory, 'otel.yaml');
  writeFileSync(path, text);
  try {
    parseConfigFile(path);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Whether we do. What is not supported is no refusal. */
async function isTaken(text: string): Promise<boolean> {
  try {
    await readText(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationFileError);
    return false;
  }
}

const file = (text: string): string => `file_format: "1.1"\n${text}`;
const otlpMetrics = (more: string): string =>
  file(`meter_provider: { readers: [{ periodic: { exporter: { otlp_http: { ${more} } } } }] }`);
const prometheus = (more: string): string =>
  file(
    `meter_provider: { readers: [{ pull: { exporter: { prometheus/development: { ${more} } } } }] }`,
  );
const view = (selector: string, stream = ''): string =>
  file(
    `meter_provider: { readers: [{ periodic: { exporter: { console: } } }], views: [{ selector: { ${selector} }, stream: { ${stream} } }] }`,
  );

const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((name) =>
  ['', '2', '3', '4'].map((digit) => name + digit),
);

describe('a word means what the schema says, and no other spelling does', () => {
  test.each<[string, (word: string) => string, readonly string[]]>([
    ['log_level', (word) => file(`log_level: ${word}`), severities],
    [
      'encoding',
      (word) =>
        file(
          `tracer_provider: { processors: [{ simple: { exporter: { otlp_http: { encoding: ${word} } } } }] }`,
        ),
      ['protobuf', 'json'],
    ],
    [
      'temporality_preference',
      (word) => otlpMetrics(`temporality_preference: ${word}`),
      ['cumulative', 'delta', 'low_memory'],
    ],
    [
      'default_histogram_aggregation',
      (word) => otlpMetrics(`default_histogram_aggregation: ${word}`),
      ['explicit_bucket_histogram', 'base2_exponential_bucket_histogram'],
    ],
    [
      'instrument_type',
      (word) => view(`instrument_type: ${word}`),
      [
        'counter',
        'gauge',
        'histogram',
        'observable_counter',
        'observable_gauge',
        'observable_up_down_counter',
        'up_down_counter',
      ],
    ],
    [
      'type of an attribute',
      (word) => {
        const one = word.startsWith('string') ? 'a' : word.startsWith('bool') ? 'true' : '1';
        const value = word.endsWith('_array') ? `[${one}]` : one;
        return file(`resource: { attributes: [{ name: a, value: ${value}, type: "${word}" }] }`);
      },
      [
        'string',
        'bool',
        'int',
        'double',
        'string_array',
        'bool_array',
        'int_array',
        'double_array',
      ],
    ],
  ])('%s', async (_, text, words) => {
    for (const word of words) {
      for (const spelt of [word, word.toUpperCase(), `${word}s`]) {
        const valid = isValid(text(spelt));
        expect([spelt, valid]).toEqual([spelt, spelt === word]);
        expect([spelt, await isTaken(text(spelt))]).toEqual([spelt, valid]);
      }
    }
  });
});

test.each([
  [
    'Prometheus by the names of 1.1',
    prometheus(
      'scope_info_enabled: false, target_info_enabled/development: false, resource_constant_labels: { included: ["*"] }',
    ),
  ],
  [
    'how Prometheus translates names',
    prometheus('translation_strategy: underscore_escaping_with_suffixes'),
  ],
  [
    'random ids',
    file(
      'tracer_provider: { processors: [{ simple: { exporter: { console: } } }], id_generator: { random: } }',
    ),
  ],
  [
    'instrumentations of other languages, and others of this one',
    file(
      'instrumentation/development: { java: { jdbc: { enabled: true } }, python: { x: {} }, js: { http: { a: 1 } }, general: {} }',
    ),
  ],
  [
    'what a batch of metrics may have',
    file(
      'meter_provider: { readers: [{ periodic: { max_export_batch_size/development: 5, exporter: { console: } } }] }',
    ),
  ],
  [
    'events on spans',
    file('logger_provider: { processors: [{ event_to_span_event_bridge/development: }] }'),
  ],
  ['an attribute without a value', file('resource: { attributes: [{ name: a, value: }] }')],
  ['a distribution', file('distribution: { vendor: { a: 1 } }')],
  [
    'samplers',
    file(
      'tracer_provider: { processors: [{ simple: { exporter: { console: } } }], sampler: { composite/development: { rule_based: } } }',
    ),
  ],
  [
    'aggregations',
    view(
      'instrument_name: a',
      'aggregation: { base2_exponential_bucket_histogram: { max_scale: 10, max_size: 160, record_min_max: true } }',
    ),
  ],
])('taken as the schema takes it: %s', async (_, text) => {
  expect(isValid(text)).toBe(true);
  expect(await isTaken(text)).toBe(true);
});

const metrics = (members: string): string =>
  file(`meter_provider: { readers: [{ periodic: { ${members}, exporter: { console: } } }] }`);
const spans = (members: string): string =>
  file(`tracer_provider: { processors: [{ batch: { ${members}, exporter: { console: } } }] }`);
const limits = (members: string): string =>
  file(
    `tracer_provider: { processors: [{ simple: { exporter: { console: } } }], limits: { ${members} } }`,
  );

describe('a number is taken as the schema takes it', () => {
  test.each<[string, (value: string) => string]>([
    ...['interval', 'timeout'].map((key): [string, (value: string) => string] => [
      `periodic.${key}`,
      (value) => metrics(`${key}: ${value}`),
    ]),
    ['cardinality_limits', (value) => metrics(`cardinality_limits: { default: ${value} }`)],
    ...['schedule_delay', 'export_timeout', 'max_queue_size', 'max_export_batch_size'].map(
      (key): [string, (value: string) => string] => [
        `batch.${key}`,
        (value) => spans(`${key}: ${value}`),
      ],
    ),
    ['otlp_http.timeout', (value) => otlpMetrics(`timeout: ${value}`)],
    ...[
      'attribute_value_length_limit',
      'attribute_count_limit',
      'event_count_limit',
      'link_count_limit',
      'event_attribute_count_limit',
      'link_attribute_count_limit',
    ].map((key): [string, (value: string) => string] => [
      `limits.${key}`,
      (value) => limits(`${key}: ${value}`),
    ]),
    [
      'aggregation_cardinality_limit',
      (value) => view('unit: s', `aggregation_cardinality_limit: ${value}`),
    ],
    [
      'max_size',
      (value) =>
        view(
          'unit: s',
          `aggregation: { base2_exponential_bucket_histogram: { max_size: ${value} } }`,
        ),
    ],
  ])('%s', async (_, text) => {
    for (const value of ['-1', '0', '1', '2', '1.5', '""', 'text', ''])
      expect([value, await isTaken(text(value))]).toEqual([value, isValid(text(value))]);
  });
});

describe('a list is taken as the schema takes it', () => {
  test.each<[string, (list: string) => string, string]>([
    ['processors', (list) => file(`tracer_provider: { processors: ${list} }`), 'tracer_provider'],
    ['readers', (list) => file(`meter_provider: { readers: ${list} }`), 'meter_provider'],
    ['composite', (list) => file(`propagator: { composite: ${list} }`), 'propagator'],
    ['attributes', (list) => file(`resource: { attributes: ${list} }`), 'resource'],
    ['headers', (list) => otlpMetrics(`headers: ${list}`), 'headers'],
    ['included', (list) => view('unit: s', `attribute_keys: { included: ${list} }`), 'included'],
  ])('%s', async (_, text, named) => {
    for (const list of ['[]', '{}', 'text'])
      expect([list, await isTaken(text(list))]).toEqual([list, isValid(text(list))]);
    await expect(readText(text('[]'))).rejects.toThrow(
      new RegExp(`${named}.* is an empty list: use a list with at least one`),
    );
  });
});

test('an attribute without a type has that of its value', async () => {
  const attributes = (value: string): string =>
    file(`resource: { attributes: [{ name: a, value: ${value} }] }`);
  for (const [value, expected] of [
    ['text', 'text'],
    ['1', 1],
    ['1.5', 1.5],
    ['true', true],
    ['[1, 2]', [1, 2]],
    ['[a]', ['a']],
  ] as const) {
    expect([value, isValid(attributes(value))]).toEqual([value, true]);
    const { options } = await readText(attributes(value));
    expect(options.resourceAttributes).toEqual({ a: expected });
  }
  for (const value of ['[1, a]', '[]', '{ b: 1 }'])
    expect([value, isValid(attributes(value)), await isTaken(attributes(value))]).toEqual([
      value,
      false,
      false,
    ]);
});

test('a pattern that the SDK has no word for is told', async () => {
  const { unsupported } = await readText(view('instrument_name: "?x*"'));

  expect(unsupported).toEqual([
    expect.stringContaining('selector.instrument_name is not supported: the SDK knows * alone'),
  ]);
  expect((await readText(view('instrument_name: "x*"'))).unsupported).toEqual([]);
});

test('what is merged holds, and what stands beside it wins', async () => {
  const { plan } = await readText(
    file(`
tracer_provider:
  processors:
    - batch: { exporter: { otlp_http: &shared { timeout: 5000, compression: gzip } } }
logger_provider:
  processors:
    - batch: { exporter: { otlp_http: { <<: *shared, compression: none } } }
`),
  );

  expect(plan.logs).toMatchObject([
    {
      settings: { timeoutMillis: 5000, compression: 'none', url: 'http://localhost:4318/v1/logs' },
    },
  ]);
});

test('Prometheus by the names of 1.0 and of 1.1 is the same', async () => {
  const [older, newer] = await Promise.all(
    [
      'without_scope_info: true, without_target_info/development: true, with_resource_constant_labels: { included: ["service.*"] }',
      'scope_info_enabled: false, target_info_enabled/development: false, resource_constant_labels: { included: ["service.*"] }',
    ].map(async (members) => (await readText(prometheus(members))).plan.metrics?.prometheus),
  );

  expect(newer).toEqual([
    {
      host: undefined,
      port: undefined,
      withoutScopeInfo: true,
      withoutTargetInfo: true,
      resourceLabels: /^(?:service\..*)$/s,
    },
  ]);
  expect(older).toEqual(newer);
});

test('ours misspelt beside other instrumentations is told', async () => {
  await expect(
    readText(file('instrumentation/development: { js: { llm_otl: { content: span } } }')),
  ).rejects.toThrow('did you mean instrumentation/development.js.llm_otel?');
});
