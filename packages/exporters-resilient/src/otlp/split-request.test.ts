import { isDeepStrictEqual } from 'node:util';
import type { ReadableSpan, Signal } from '@llm-otel/core';
import { decodeOtlpRequest } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSpan, makeSpans, resource, spansArbitrary } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { RequestPayload } from './request-payload.ts';
import { countItems } from './split-request.ts';

const halvesOf = (body: Uint8Array, signal: Signal) =>
  RequestPayload.owned(signal, { body, items: countItems(body, signal) }).halves();

/** Without half a surrogate pair. */
const isWellFormed = (span: ReadableSpan): boolean => !JSON.stringify(span).includes('\\ud');

test('both halves together hold every span once, each under its resource and scope', () => {
  fc.assert(
    fc.property(spansArbitrary, (spans) => {
      // Two keys that are no text become the same key; no decoder takes that.
      fc.pre(spans.every(isWellFormed));
      const body = encodeTraceRequest(spans);
      expect(countItems(body, 'traces')).toBe(spans.length);
      const parts = halvesOf(body, 'traces');
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

  const [first, second] = halvesOf(body, 'traces')!;

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
  expect(halvesOf(body, 'metrics')?.map(({ items }) => items)).toEqual([3, 2]);
});

test('parts of one priority hold every span once, in the order of the whole, and say their priority', () => {
  const levels = fc.array(fc.constantFrom(0 as const, 1 as const, 2 as const), { maxLength: 40 });
  fc.assert(
    fc.property(levels, (priorities) => {
      const names = priorities.map((priority, index) => `${priority}: ${index}`);
      const body = encodeTraceRequest(names.map((name) => makeSpan({ name })));
      const whole = RequestPayload.owned('traces', { body, items: names.length }, { priorities });
      const named = (part: RequestPayload): string[] =>
        decodeOtlpRequest('traces', 'protobuf', part.body).spans.map(({ name }) => name);

      // Divided before, as one is that was too large or goes to several receivers.
      const parts = [whole, ...(whole.halves() ?? [])].map((part) =>
        part.isMixed ? part.byPriority() : [part],
      );

      expect(whole.isMixed).toBe(new Set(priorities).size > 1);
      expect(whole.priority).toBe(priorities.length === 0 ? 1 : Math.min(...priorities));
      for (const part of parts.flat()) {
        expect(part.isMixed).toBe(false);
        expect(named(part).every((name) => name.startsWith(`${part.priority}:`))).toBe(true);
        expect(named(part)).toHaveLength(part.items);
      }
      expect(parts[0]!.flatMap(named)).toEqual(
        [0, 1, 2].flatMap((level) => names.filter((name) => name.startsWith(`${level}:`))),
      );
      if (parts.length > 1)
        expect(parts.slice(1).flat().flatMap(named).toSorted()).toEqual(names.toSorted());
    }),
    { numRuns: 50 },
  );
});
