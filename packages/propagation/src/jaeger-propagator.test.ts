import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
  type Context,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTEXT, HEADERS, SPAN_ID, TRACE_ID } from '../test/a-context.ts';
import { compositePropagator } from './composite-propagator.ts';
import { w3cTraceContextPropagator } from './trace-context-propagator.ts';
import { jaegerPropagator } from './jaeger-propagator.ts';

const ours = jaegerPropagator();
const read = (header: unknown): ReturnType<typeof trace.getSpanContext> =>
  trace.getSpanContext(
    ours.extract(ROOT_CONTEXT, { 'uber-trace-id': header }, defaultTextMapGetter),
  );
const written = (context: Context): Record<string, string> => {
  const carrier = {};
  ours.inject(context, carrier, defaultTextMapSetter);
  return carrier;
};

describe('what comes in', () => {
  test.each([
    [`${TRACE_ID}:${SPAN_ID}:0:1`, TRACE_ID, SPAN_ID, 1],
    [`${TRACE_ID}:${SPAN_ID}:0:00`, TRACE_ID, SPAN_ID, 0],
    [`${TRACE_ID}:${SPAN_ID}:c8ad6b7169203331:03`, TRACE_ID, SPAN_ID, 1],
    [`${TRACE_ID}:${SPAN_ID}:0:2`, TRACE_ID, SPAN_ID, 1],
    [`${TRACE_ID}:${SPAN_ID}:0:8`, TRACE_ID, SPAN_ID, 0],
    [`${TRACE_ID.toUpperCase()}:${SPAN_ID.toUpperCase()}:0:1`, TRACE_ID, SPAN_ID, 1],
    [`${TRACE_ID}%3A${SPAN_ID}%3a0%3A1`, TRACE_ID, SPAN_ID, 1],
    ['8448eb211c80319c:203331:0:1', '00000000000000008448eb211c80319c', '0000000000203331', 1],
    ['1:2::1', `${'0'.repeat(31)}1`, `${'0'.repeat(15)}2`, 1],
  ])('%s is read', (header, traceId, spanId, traceFlags) => {
    expect(read(header)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
    expect(read([header])).toEqual({ traceId, spanId, traceFlags, isRemote: true });
  });

  test.each([
    undefined,
    null,
    7,
    '',
    ':::',
    `${TRACE_ID}:${SPAN_ID}:0`,
    `${TRACE_ID}:${SPAN_ID}:0:1:2`,
    `${TRACE_ID}:${SPAN_ID}:0:`,
    `${TRACE_ID}:${SPAN_ID}:0:x`,
    `${TRACE_ID}:${SPAN_ID}:0:001`,
    `${TRACE_ID}0:${SPAN_ID}:0:1`,
    `${TRACE_ID}:${SPAN_ID}0:0:1`,
    `0:${SPAN_ID}:0:1`,
    `${TRACE_ID}:0:0:1`,
    `${TRACE_ID.replace('a', 'g')}:${SPAN_ID}:0:1`,
    `${TRACE_ID}:${SPAN_ID}:0:1${' '.repeat(100)}`,
  ])('%j leaves the context as it was', (header) => {
    expect(read(header)).toBeUndefined();
  });

  test('no string makes it throw', () => {
    const part = fc.string({ unit: fc.constantFrom(...'0af:%3A gé'.split('')), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(part, fc.string({ unit: 'binary' })), (header) => void read(header)),
    );
  });
});

test('behind W3C, the same span in both headers keeps its tracestate, and another one wins', () => {
  const both = compositePropagator([w3cTraceContextPropagator(), ours]);
  const extracted = (header: string): Context =>
    both.extract(ROOT_CONTEXT, { ...HEADERS, 'uber-trace-id': header }, defaultTextMapGetter);

  const same = trace.getSpanContext(extracted(`${TRACE_ID}:${SPAN_ID}:0:1`));
  expect(same?.traceState?.serialize()).toBe('a=1');
  expect(trace.getSpanContext(extracted('1:2:0:1'))?.spanId).toBe(`${'0'.repeat(15)}2`);
});

describe('what goes out', () => {
  test('is read back, with the deprecated parent as 0', () => {
    const header = written(CONTEXT)['uber-trace-id'];

    expect(header).toBe(`${TRACE_ID}:${SPAN_ID}:0:01`);
    expect(read(header)).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 });
  });

  test('is nothing without a valid context, and while tracing is suppressed', () => {
    const invalid = { traceId: 'x', spanId: SPAN_ID, traceFlags: 1 };

    expect(written(ROOT_CONTEXT)).toEqual({});
    expect(written(trace.setSpanContext(ROOT_CONTEXT, invalid))).toEqual({});
    expect(written(suppressTracing(CONTEXT))).toEqual({});
    expect(ours.fields()).toEqual(['uber-trace-id']);
  });
});
