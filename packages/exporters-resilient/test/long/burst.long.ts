import { expect, test } from 'vitest';
import { burst, type BurstResult } from '../fixtures/burst.ts';
import { reportFinding } from '../fixtures/report-finding.ts';

const percent = ({ ended, received }: BurstResult): string =>
  `${(((ended - received) / ended) * 100).toFixed(1)} %`;
// The queue, and the buffer of the destination.
const BYTE_BOUNDS = (32 + 64) * 1024 * 1024;
const MOST_DELAY_MILLIS = 20;
// Of a loop that only makes the spans, where it has a processor for itself.
const CALM_MILLIS = 2;

test('E6: a million spans, one loop turn per 100', async () => {
  const options = { spans: 1_000_000, perTurn: 100 };
  const stock = await burst('stock', options);
  const ours = await burst('spool', options);
  const none = await burst('none', options);
  reportFinding(
    `E6: lost ${percent(ours)} with the spool, ${percent(stock)} by stock; event loop delay p99 ${ours.loopDelayP99Millis.toFixed(1)} ms (stock ${stock.loopDelayP99Millis.toFixed(1)} ms, without any processor ${none.loopDelayP99Millis.toFixed(1)} ms); heap grew by ${Math.round(ours.heapGrowthBytes / 2 ** 20)} MiB at most`,
  );

  expect(ours.received).toBe(ours.ended);
  expect(ours.errors).toEqual([]);
  expect(ours.heapGrowthBytes).toBeLessThan(BYTE_BOUNDS + 64 * 1024 * 1024);
  // What a loop that exports nothing waits for on the same machine is others' work.
  const others = Math.max(0, none.loopDelayP99Millis - CALM_MILLIS);
  expect(ours.loopDelayP99Millis).toBeLessThan(MOST_DELAY_MILLIS + others);
});

test('E7: 200,000 spans in one synchronous loop', async () => {
  const options = { spans: 200_000 };
  const stock = await burst('stock', options);
  const spooled = await burst('spool', options);
  const bare = await burst('ours', options);
  reportFinding(
    `E7: lost ${percent(spooled)} with the spool, ${percent(bare)} without (all counted), ${percent(stock)} by stock`,
  );

  expect(spooled).toMatchObject({ received: 200_000, droppedByReason: {}, errors: [] });
  expect(bare.droppedByReason).toEqual({ queue_full: 200_000 - bare.queueMaxItems });
  expect(stock.received).toBeLessThan(10_000);
});
