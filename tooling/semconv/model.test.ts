import { describe, expect, test } from 'vitest';
import { modelErrors } from './model-errors.ts';
import { readModel, resolvedSpan } from './read-model.ts';
import { renderModel } from './render.ts';
import { staleFiles } from './stale-files.ts';

const model = readModel();
const names = Object.keys(model.attributes);

describe('the model', () => {
  test('fits together', () => {
    expect(modelErrors(model)).toEqual([]);
  });

  test('has the attributes, spans, metrics and events of the state it describes', () => {
    const count = (prefix: string): number =>
      names.filter((name) => name.startsWith(prefix)).length;

    expect(count('gen_ai.')).toBe(79);
    expect(count('mcp.')).toBe(4);
    expect(count('openai.')).toBe(4);
    expect(count('aws.bedrock.')).toBe(2);
    const spans = Object.values(model.spans);
    expect(spans.filter(({ refines }) => refines === undefined)).toHaveLength(13);
    expect(spans.filter(({ refines }) => refines !== undefined)).toHaveLength(8);
    const metrics = Object.keys(model.metrics).filter((name) => !name.startsWith('llm_otel.'));
    expect(metrics).toHaveLength(23);
    const events = Object.keys(model.events).filter((name) => !name.startsWith('llm_otel.'));
    expect(events).toHaveLength(3);
    expect(Object.keys(model.removed.attributes)).toHaveLength(12);
  });

  test('knows 18 operations and 16 providers, and every operation has a span', () => {
    const operations = model.attributes['gen_ai.operation.name']?.values ?? [];
    const spanned = new Set(Object.values(model.spans).flatMap((span) => span.operations ?? []));

    expect(operations).toHaveLength(18);
    expect(model.attributes['gen_ai.provider.name']?.values).toHaveLength(16);
    expect(operations.filter((operation) => !spanned.has(operation))).toEqual([]);
  });

  test('marks content as sensitive and opt-in wherever it may stand', () => {
    const content = ['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.tool.call.result'];
    for (const name of content) {
      expect(model.attributes[name]?.sensitive).toBe(true);
      for (const span of Object.keys(model.spans)) {
        const requirement = resolvedSpan(model, span).attributes[name];
        expect(requirement ?? 'opt_in').toBe('opt_in');
      }
    }
  });

  test('keeps our own names below llm_otel', () => {
    const own = names.filter((name) => name.startsWith('llm_otel.'));

    expect(own.length).toBeGreaterThan(0);
    expect(names.filter((name) => name.includes('llm_otel') && !own.includes(name))).toEqual([]);
  });
});

describe('an error in the model is named', () => {
  const withSpan = (span: (typeof model.spans)[string]): string[] =>
    modelErrors({ ...model, spans: { broken: span }, events: {} });

  test('where a span lists an unknown attribute or metric, or is named after what it does not carry', () => {
    expect(
      withSpan({
        kind: 'CLIENT',
        name: ['x {gen_ai.agent.name}'],
        metrics: ['none'],
        attributes: {
          nonsense: 'required',
          'error.type': 'conditional',
          'server.port': { level: 'recommended', only_with: 'server.address' },
        },
      }),
    ).toEqual([
      'span broken lists nonsense, which is no attribute of the model',
      'span broken requires error.type conditionally without saying when',
      'span broken ties server.port to server.address, which it does not carry',
      'span broken is named after gen_ai.agent.name, which it does not carry',
      'span broken names the unknown metric none',
    ]);
  });

  test('where a histogram has no rising buckets or a name became an unknown one', () => {
    const metric = {
      instrument: 'histogram',
      unit: 's',
      value_type: 'double',
      brief: 'x',
    } as const;

    expect(
      modelErrors({
        ...model,
        metrics: {
          m: { ...metric, buckets: [1, 1], attributes: {} },
          n: { ...metric, attributes: {} },
        },
        spans: {},
        events: {},
        removed: {
          attributes: { old: { to: 'nonsense' } },
          metrics: { om: { to: 'x' } },
          events: {},
        },
      }),
    ).toEqual([
      'metric m has buckets that do not rise',
      'metric n is a histogram with 0 buckets',
      'old became nonsense, which is no attribute',
      'om became x, which is no metric',
    ]);
  });
});

describe('generated files', () => {
  test('do not depend on anything but the model', () => {
    expect(renderModel(readModel())).toEqual(renderModel(model));
  });

  test('that are missing, left over or different are named with what differs', () => {
    expect(
      staleFiles(
        { 'a.ts': 'one\ntwo', 'b.ts': 'same', 'c.ts': 'new' },
        { 'a.ts': 'one\nthree', 'b.ts': 'same', 'd.ts': '' },
      ),
    ).toEqual([
      { file: 'a.ts', summary: '1 lines to add, 1 to remove, for example: two' },
      { file: 'c.ts', summary: 'is missing' },
      { file: 'd.ts', summary: 'is not generated any more' },
    ]);
  });
});
