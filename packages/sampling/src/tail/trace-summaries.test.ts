import { expect, test } from 'vitest';
import type { TraceRecord } from './trace-record.ts';
import { TraceSummaries } from './trace-summaries.ts';

test('as many traces as are allowed are found again, also where all their ids end alike', () => {
  const maxTraces = 70_000;
  const summaries = new TraceSummaries({ maxBytes: Infinity, maxTraces });
  const record = (number: number): TraceRecord =>
    ({ traceId: `${number}`, bits: 0, lastTick: 0, ownBytes: 10 }) as unknown as TraceRecord;

  for (let number = 1; number <= maxTraces; number++) {
    summaries.put(record(number), true);
    // Whatever their number is at that moment.
    if (number === 65_536) expect(summaries.take(record(1))?.traceId).toBe('1');
  }

  expect(summaries.size).toBe(maxTraces - 1);
  for (let number = 2; number <= maxTraces; number++)
    expect(summaries.take(record(number))?.traceId).toBe(`${number}`);
  expect(summaries.bytes).toBe(0);
  expect(summaries.take(record(2))).toBeUndefined();
});
