import type { ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import { createTraceState } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { logRecordsArbitrary } from '../../test/fixtures/log-records.ts';
import { metricsArbitrary } from '../../test/fixtures/metrics.ts';
import { makeSpan, spansArbitrary } from '../../test/fixtures/spans.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import { exportedObjects } from './exported-objects.ts';

const never = (_item: unknown, error: unknown): never => {
  throw error;
};

/** Two keys that are no text become one key, and then there is only one. */
function hasOwnKeys(value: unknown): boolean {
  return !JSON.stringify(value).includes('\\ud');
}

test('any spans, read back from their request, make the same request again', () => {
  const encoder = new TraceEncoder();
  fc.assert(
    fc.property(spansArbitrary, (spans) => {
      fc.pre(spans.every((span) => hasOwnKeys([span, span.spanContext()])));
      const body = encoder.encodeCopy(spans, never);

      const [read] = exportedObjects('traces', body) as [ReadableSpan[]];

      expect(Buffer.from(encoder.encodeCopy(read, never)).equals(body)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('any log records likewise', () => {
  const encoder = new LogsEncoder();
  fc.assert(
    fc.property(logRecordsArbitrary, (records) => {
      fc.pre(records.every(hasOwnKeys));
      const body = encoder.encodeCopy(records, never);

      const [read] = exportedObjects('logs', body) as [ReadableLogRecord[]];

      expect(Buffer.from(encoder.encodeCopy(read, never)).equals(body)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('any metrics likewise', () => {
  const encoder = new MetricsEncoder();
  fc.assert(
    fc.property(metricsArbitrary, (metrics) => {
      fc.pre(hasOwnKeys(metrics));
      const body = encoder.encodeCopy(metrics);

      const [[read] = []] = exportedObjects('metrics', body) as [[ResourceMetrics]?];

      expect(read && Buffer.from(encoder.encodeCopy(read)).equals(body)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a span has what an exporter of the SDK asks it for', () => {
  const context = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: '00f067aa0ba902b7',
    traceFlags: 1,
    traceState: createTraceState('vendor=1'),
  };
  const span = makeSpan({
    spanContext: () => context,
    parentSpanContext: { ...context, spanId: 'b7ad6b7169203331', isRemote: true },
    status: { code: 2, message: 'no' },
  });
  const body = new TraceEncoder().encodeCopy([span], never);

  const [[read]] = exportedObjects('traces', body) as [[ReadableSpan]];

  const { spanContext, parentSpanContext, ...rest } = read;
  const { spanContext: _, parentSpanContext: __, ...expected } = span;
  expect(rest).toEqual(expected);
  expect(spanContext().traceState?.get('vendor')).toBe('1');
  expect(parentSpanContext).toEqual({
    traceId: context.traceId,
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
  });
});

test('bytes that are no request give nothing', () => {
  expect(exportedObjects('traces', Uint8Array.of(0xff, 0xff))).toBeUndefined();
});
