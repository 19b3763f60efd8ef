import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { ParentBasedModel, SamplerModel } from './configuration-model.ts';
import { samplerOf } from './sampler-of.ts';

const traceId = '1'.repeat(32);
const parent = (traceFlags: number, isRemote: boolean) =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '2'.repeat(16), traceFlags, isRemote });
const keeps = (model: SamplerModel, context = ROOT_CONTEXT): boolean =>
  samplerOf(model).shouldSample(context, traceId, 'work', SpanKind.INTERNAL, {}, []).decision === 2;

const on: SamplerModel = { kind: 'always_on', value: {} };
const off: SamplerModel = { kind: 'always_off', value: {} };
const parents: ParentBasedModel<SamplerModel> = {
  root: undefined,
  remote_parent_sampled: undefined,
  remote_parent_not_sampled: undefined,
  local_parent_sampled: undefined,
  local_parent_not_sampled: undefined,
};

test('a share is a share under each of its names', () => {
  for (const kind of ['trace_id_ratio_based', 'probability/development'] as const) {
    expect(keeps({ kind, value: { ratio: 0 } })).toBe(false);
    expect(keeps({ kind, value: { ratio: undefined } })).toBe(true);
  }
  const probability = { kind: 'probability', value: { ratio: 0 } } as const;
  expect(keeps({ kind: 'composite/development', value: probability })).toBe(false);
});

test('without a word on parents, they are followed', () => {
  const model: SamplerModel = { kind: 'parent_based', value: { ...parents, root: off } };

  expect(keeps(model)).toBe(false);
  expect(keeps(model, parent(1, true))).toBe(true);
  expect(keeps(model, parent(0, false))).toBe(false);
});

test.each([
  ['remote_parent_sampled', 1, true],
  ['remote_parent_not_sampled', 0, true],
  ['local_parent_sampled', 1, false],
  ['local_parent_not_sampled', 0, false],
] as const)('%s decides for such a parent and for no other', (key, flags, isRemote) => {
  const other = flags === 1 ? off : on;
  const model: SamplerModel = { kind: 'parent_based', value: { ...parents, [key]: other } };

  expect(keeps(model, parent(flags, isRemote))).toBe(flags !== 1);
  expect(keeps(model, parent(flags, !isRemote))).toBe(flags === 1);
  expect(keeps(model)).toBe(true);
});
