import { isDeepStrictEqual } from 'node:util';
import type { ReadableSpan } from '@llm-otel/core';
import { decodeOtlpRequest } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSpan, makeSpans, resource, spansArbitrary } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { countItems, splitRequest } from './split-request.ts';

/** Without half a surrogate pair. */
const isWellFormed = (span: ReadableSpan): boolean => !JSON.stringify(span).includes('\\ud');

test('both halves together hold every span once, each under its resource and scope', () => {
  fc.assert(
    fc.property(spansArbitrary, (spans) => {
      // Two keys that are no text become the same key; no decoder takes that.
      fc.pre(spans.every(isWellFormed));
      const body = encodeTraceRequest(spans);
      expect(countItems(body, 'traces')).toBe(spans.length);
      const parts = splitRequest(body, 'traces');
      if (spans.length < 2) {
        expect(parts).toBeUndefined();
        return;
      }
      const [first, second] = parts!;
      const whole = decodeOtlpRequest('traces', 'protobuf', body).spans;
      const halves = [first, second].map(
        (part) => decodeOtlpRequest('traces', 'protobuf', part.body).spans,
      );

      expect(halves.map(({ length }) => length)).toEqual([first.items, second.items]);
      expect(first.items).toBeGreaterThan(0);
      expect(second.items).toBeGreaterThan(0);
      // What a difference would print is too long to be read, and takes most of the time.
      expect(isDeepStrictEqual(halves.flat(), whole)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('the halves are of about the same size', () => {
  const body = encodeTraceRequest([
    makeSpan({ attributes: { prompt: 'x'.repeat(30_000) } }),
    ...makeSpans(100),
  ]);

  const [first, second] = splitRequest(body, 'traces')!;

  expect([first.items, second.items]).toEqual([1, 100]);
});

test('metrics are split at a metric and counted in data points', () => {
  const points = (count: number): object[] =>
    Array.from({ length: count }, () => ({
      startTime: [1, 0],
      endTime: [2, 0],
      attributes: {},
      value: 1,
    }));
  const gauge = (name: string, count: number): object => ({
    descriptor: { name, description: '', unit: '', valueType: 1 },
    aggregationTemporality: 1,
    dataPointType: 2,
    dataPoints: points(count),
  });
  const body = new MetricsEncoder().encodeCopy({
    resource,
    scopeMetrics: [{ scope: { name: 'a' }, metrics: [gauge('one', 3), gauge('two', 2)] }],
  } as never);

  expect(countItems(body, 'metrics')).toBe(5);
  expect(splitRequest(body, 'metrics')?.map(({ items }) => items)).toEqual([3, 2]);
});
