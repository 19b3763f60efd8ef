import { fakeClock } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionsFromJson, optionsToJson } from './options-json.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

const secret = ['t0p', 'secret'].join('-');
const options: TelemetryOptions = {
  serviceName: 'support-desk',
  resourceAttributes: { replicas: 3, zones: ['a', 'b'], price: '5 $ {x}' },
  endpoint: `https://user:${secret}@collector.example/?key=1`,
  headers: { authorization: `Bearer ${secret}`, 'x-team': 'blue', 'x.team': 'red' },
  sampling: { version: 1, rules: [{ name: 'rest', keep: { ratio: 0.1 } }] },
  redaction: { version: 1, presets: ['secrets'] },
  batch: { maxItems: 10, delayMillis: undefined },
  metrics: false,
};

test('options go to JSON and come back the same', () => {
  const { options: json, variables } = optionsToJson(options);

  expect(optionsFromJson(JSON.parse(JSON.stringify(json)), variables)).toEqual({
    ...options,
    batch: { maxItems: 10 },
  });
});

test('no secret is in the JSON; what stands in its place is', () => {
  const { options: json, variables } = optionsToJson(options);
  const text = JSON.stringify(json);

  expect(text).not.toContain(secret);
  expect(json['headers']).toEqual({
    authorization: '${LLM_OTEL_HEADER_AUTHORIZATION}',
    'x-team': '${LLM_OTEL_HEADER_X_TEAM}',
    'x.team': '${LLM_OTEL_HEADER_X_TEAM_2}',
  });
  expect(variables['LLM_OTEL_HEADER_AUTHORIZATION']).toBe(`Bearer ${secret}`);
});

test('any options that are data come back the same', () => {
  const data = fc.record(
    {
      serviceName: fc.string({ minLength: 1 }),
      endpoint: fc.string(),
      headers: fc.dictionary(fc.string(), fc.string()),
      resourceAttributes: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
      sampling: fc.double({ min: 0, max: 1, noNaN: true }).filter((ratio) => !Object.is(ratio, -0)),
      baggageKeys: fc.array(fc.string({ minLength: 1 })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(data, (any) => {
      const { options: json, variables } = optionsToJson(any);
      expect(optionsFromJson(JSON.parse(JSON.stringify(json)), variables)).toEqual(any);
    }),
  );
});

describe('what cannot go through', () => {
  test.each<[string, TelemetryOptions]>([
    ['clock', { clock: fakeClock() }],
    ['queue.priorityOf', { queue: { priorityOf: () => 1 } }],
    ['metrics.exporter.export', { metrics: { exporter: { export: () => undefined } as never } }],
    ['sampling', { sampling: Number.NaN }],
    ['headers', { headers: (() => ({ a: 'b' })) as never }],
  ])('%s is named', (name, given) => {
    expect(() => optionsToJson(given)).toThrow(new RegExp(`^${name}\\b`));
  });

  test('a variable that is not set and has no default, by the place it stands in', () => {
    const json = { headers: { authorization: 'Bearer ${TOKEN}' }, baggageKeys: ['a', '${KEY}'] };

    expect(() => optionsFromJson(json, { KEY: 'b' })).toThrow(
      'headers.authorization is "${TOKEN}": use a variable that is set, or a default: ${TOKEN:-default}',
    );
    expect(() => optionsFromJson(json, { TOKEN: 'x' })).toThrow('baggageKeys[1] is "${KEY}"');
    expect(optionsFromJson({ serviceName: 'a${B:-}${C}' }, { C: '' })).toEqual({
      serviceName: 'a',
    });
  });

  test('an option that does not exist, and what is no mapping', () => {
    expect(() => optionsFromJson({ servicename: 'x' })).toThrow(/did you mean serviceName/);
    expect(() => optionsFromJson([])).toThrow(/use a mapping of options/);
    expect(() => optionsFromJson({ serviceName: '${' })).toThrow(/use \$\{NAME\}/);
  });
});
