import type { Span } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test, vi } from 'vitest';
import { endSpan } from './guarded-span.ts';

const tracer = new TracerProvider().getTracer('test');

function secondsOf(span: Span): number {
  const [seconds, nanos] = (span as unknown as { duration: [number, number] }).duration;
  return seconds + nanos / 1e9;
}

afterEach(() => vi.restoreAllMocks());

test('a span ends now, or as of a time that is over', () => {
  const spans = [tracer.startSpan('now'), tracer.startSpan('before')] as const;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);

  endSpan(spans[0]);
  endSpan(spans[1], 50_000);

  expect(Math.floor(secondsOf(spans[0]))).toBe(60);
  expect(Math.floor(secondsOf(spans[1]))).toBe(10);
});
