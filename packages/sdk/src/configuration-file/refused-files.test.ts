import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { problemsOf, readText } from '../../test/read-text.ts';
import { ConfigurationFileError, readConfigurationFile } from './index.ts';

describe('what is wrong is told, all of it, with line and column', () => {
  test.each([
    [
      'tracer_provder: {}',
      'otel.yaml:2:1 tracer_provder is not an option: did you mean tracer_provider?',
    ],
    ['disabled: "yes"', 'otel.yaml:2:1 disabled is text that does not fit: use true or false'],
    [
      'attribute_limits:\n  attribute_count_limit: -1',
      'otel.yaml:3:3 attribute_limits.attribute_count_limit is the number -1: use a whole number of at least 0',
    ],
    [
      'tracer_provider: { processors: [{ batch: { exporter: { otlp_http: { endpoint: "${MISSING}" } } } }] }',
      'otel.yaml:2:69 tracer_provider.processors[0].batch.exporter.otlp_http.endpoint is empty text: use an http or https URL',
    ],
    ['tracer_provider: {}', 'otel.yaml:2:1 tracer_provider.processors is empty: use a list'],
    [
      'tracer_provider:\n  processors:\n    - batch: { exporter: { console: , otlp_http: } }',
      'otel.yaml:4:16 tracer_provider.processors[0].batch.exporter is a mapping: use a mapping with one key, one of otlp_http, otlp_grpc, otlp_file/development, console',
    ],
    [
      'resource: { attributes: [{ name: replicas, value: "3", type: int }] }',
      'otel.yaml:2:44 resource.attributes[0].value is text that does not fit: use a value of the type int, or name its type in type',
    ],
    [
      'resource: { attributes: [{ name: replicas, value: [3, x] }] }',
      'otel.yaml:2:44 resource.attributes[0].value is a list: use text, a number, true or false, or a list of one of them',
    ],
    [
      'tracer_provider: { processors: [] }',
      'otel.yaml:2:20 tracer_provider.processors is an empty list: use a list with at least one',
    ],
    [
      'propagator: { composite: [tracecontext] }',
      'otel.yaml:2:27 propagator.composite[0] is text that does not fit: use a mapping',
    ],
    // Lower case since 1.0.0-rc.3: SeverityNumber of open-telemetry/opentelemetry-configuration.
    ['log_level: INFO', 'otel.yaml:2:1 log_level is text that does not fit: use one of trace'],
    [
      'instrumentation/development: { js: { llm_otel: { redaction: { version: 2 } } } }',
      'otel.yaml:2:50 instrumentation/development.js.llm_otel.redaction: redaction.version is 2: use 1',
    ],
  ])('%s', async (text, problem) => {
    expect(await problemsOf(`file_format: "1.0"\n${text}`)).toEqual([
      expect.stringContaining(problem) as string,
    ]);
  });

  test('several at once', async () => {
    expect(await problemsOf('disabled: 1\nlog_levl: info')).toHaveLength(3);
  });

  test.each(['0.4', '2.0', '1', 'x'])('a file of the format %s', async (format) => {
    expect(await problemsOf(`file_format: "${format}"`)).toEqual([
      'otel.yaml:1:1 file_format is text that does not fit: use "1.0", in quotes',
    ]);
  });

  test('a file of a later minor version, in front of what is wrong in it', async () => {
    expect(await problemsOf('file_format: "1.2"\nstability: stable')).toEqual([
      'otel.yaml:1:1 file_format 1.2 is newer than 1.1: what is new in it is not known',
      expect.stringContaining('otel.yaml:2:1 stability is not an option') as string,
    ]);
  });

  test('what is no YAML, has a key twice, or cannot be read', async () => {
    expect(await problemsOf('a: [')).toEqual([
      expect.stringMatching(/^otel\.yaml:1:\d /) as string,
    ]);
    expect(await problemsOf('file_format: "1.0"\nfile_format: "1.0"')).toEqual([
      expect.stringMatching(/^otel\.yaml:2:1 Map keys must be unique/) as string,
    ]);
    await expect(readConfigurationFile('none.yaml', {}, {})).rejects.toThrow(
      /none\.yaml cannot be used: OTEL_CONFIG_FILE: ENOENT/,
    );
  });

  test('text that grows without end when its aliases are followed, or is too long', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(',')}]`,
    );
    expect(await problemsOf(`a0: &a0 x\n${levels.join('\n')}`)).toEqual([
      expect.stringMatching(/alias/i) as string,
    ]);
    expect(await problemsOf(`# ${'x'.repeat(1024 * 1024)}`)).toEqual([
      'it has more than 1048576 bytes',
    ]);
  });

  test('without what a variable put there', async () => {
    const secret = ['s3', 'cret'].join('');
    const text = 'file_format: "1.0"\ndisabled: ${SECRET}\nlog_level: ${SECRET';

    expect((await problemsOf(text, { SECRET: secret })).join()).not.toContain(secret);
  });
});

test('any data is read, or refused as a file', async () => {
  const keys = fc.constantFrom(
    'file_format',
    'disabled',
    'resource',
    'attributes',
    'tracer_provider',
    'processors',
    'batch',
    'exporter',
    'otlp_http',
    'headers',
    'sampler',
    'parent_based',
    'root',
    'meter_provider',
    'readers',
    'periodic',
    'views',
    '__proto__',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom('1.0', null, true, 7, -1, '', '${A}', '${', 'x'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, fc.boolean(), async (data, asYaml) => {
      const text = asYaml ? stringify(data) : JSON.stringify(data);
      try {
        await readText(text, {}, asYaml ? 'otel.yaml' : 'otel.json');
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationFileError);
      }
    }),
    { numRuns: 300 },
  );
});
