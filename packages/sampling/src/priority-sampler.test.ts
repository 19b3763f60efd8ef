import { propagation, ROOT_CONTEXT, createTraceState, trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { HIGH, LOW, parentOf, sample, stateOf } from '../test/sample.ts';
import {
  alwaysOff,
  alwaysOn,
  consistentSampler,
  parentBasedSampler,
  prioritySampler,
} from './index.ts';

const MARK = 'llm_otel.sampling.priority';

describe('by attribute', () => {
  test.each([
    [1, true],
    [2, true],
    [0, false],
    [-1, false],
    ['1', true],
    ['-1', false],
    ['keep', true],
    ['drop', false],
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ])('sampling.priority %j decides %j', (value, kept) => {
    const attributes = { 'sampling.priority': value };
    const result = sample(prioritySampler(kept ? alwaysOff : alwaysOn), LOW, { attributes });

    expect(result.decision).toBe(kept ? 2 : 0);
    expect(result.attributes).toEqual({ [MARK]: kept ? 'keep' : 'drop' });
  });

  test.each([undefined, '', 'yes', '1e3', Number.NaN, ['keep'], null])(
    '%j means nothing, and the other sampler decides',
    (value) => {
      const attributes = { 'sampling.priority': value as never };

      expect(sample(prioritySampler(alwaysOff), HIGH, { attributes })).toEqual({ decision: 0 });
      expect(stateOf(sample(prioritySampler(alwaysOn), LOW, { attributes }))).toBe('ot=th:0');
    },
  );

  test('the attribute can be another one', () => {
    const sampler = prioritySampler(alwaysOff, { attribute: 'app.debug' });

    expect(sample(sampler, LOW, { attributes: { 'app.debug': true } }).decision).toBe(2);
    expect(sample(sampler, LOW, { attributes: { 'sampling.priority': 1 } }).decision).toBe(0);
  });

  test('what is dropped is recorded for a tail policy', () => {
    const sampler = prioritySampler(alwaysOn, { record: true });

    expect(sample(sampler, LOW, { attributes: { 'sampling.priority': 0 } }).decision).toBe(1);
  });
});

describe('by baggage', () => {
  const withPriority = (value: string, context = ROOT_CONTEXT): typeof ROOT_CONTEXT =>
    propagation.setBaggage(context, propagation.createBaggage({ 'sampling.priority': { value } }));

  test('only where an entry is named: callers could make us keep everything', () => {
    const context = withPriority('1');

    expect(sample(prioritySampler(alwaysOff), LOW, { context }).decision).toBe(0);
    const trusting = prioritySampler(alwaysOff, { baggage: 'sampling.priority' });
    expect(sample(trusting, LOW, { context }).decision).toBe(2);
    expect(sample(trusting, LOW, { context: withPriority('nonsense') }).decision).toBe(0);
  });

  test('it wins over a remote parent, and loses against an attribute', () => {
    const sampler = prioritySampler(parentBasedSampler(alwaysOff), {
      baggage: 'sampling.priority',
    });
    const context = withPriority('keep', parentOf(LOW, { traceFlags: 0 }));

    expect(sample(sampler, LOW, { context }).decision).toBe(2);
    const attributes = { 'sampling.priority': 0 };
    expect(sample(sampler, LOW, { context, attributes }).decision).toBe(0);
  });
});

test('a mark on a span in the middle of a trace tears nothing', () => {
  const sampler = prioritySampler(parentBasedSampler(alwaysOff));
  const context = parentOf(LOW, { isRemote: false, traceFlags: 0 });

  expect(sample(sampler, LOW, { context, attributes: { 'sampling.priority': 1 } }).decision).toBe(
    0,
  );
  const invalid = trace.setSpanContext(ROOT_CONTEXT, { traceId: '', spanId: '', traceFlags: 0 });
  const attributes = { 'sampling.priority': 1 };
  expect(sample(sampler, LOW, { context: invalid, attributes }).decision).toBe(2);
});

test('a forced trace stands for itself: a share that came in is taken out, the rest stays', () => {
  const context = parentOf(HIGH, { traceState: createTraceState('ot=th:8;rv:ffffffffffffff,a=b') });
  const sampler = prioritySampler(alwaysOn);

  for (const priority of [0, 1]) {
    const result = sample(sampler, HIGH, {
      context,
      attributes: { 'sampling.priority': priority },
    });
    expect(stateOf(result)).toBe('ot=rv:ffffffffffffff,a=b');
  }
  expect(String(sampler)).toBe('Priority{ConsistentSampler{1}}');
});

test('spans below the first one follow it, whatever sampler decides about the rest', () => {
  for (const record of [false, true]) {
    const sampler = prioritySampler(consistentSampler({ ratio: 0.01 }), { record });
    const below = (traceFlags: number): unknown =>
      sample(sampler, LOW, { context: parentOf(LOW, { traceFlags, isRemote: false }) });

    expect(below(1)).toEqual({ decision: 2 });
    expect(below(0)).toEqual({ decision: record ? 1 : 0 });
  }
  const recording = prioritySampler(consistentSampler({ ratio: 0.01, record: true }));
  const child = sample(recording, LOW, {
    context: parentOf(LOW, { traceFlags: 0, isRemote: false }),
  });
  expect(child).toEqual({ decision: 1 });
});
