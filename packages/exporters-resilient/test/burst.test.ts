import { expect, test } from 'vitest';
import { burst } from './fixtures/burst.ts';

const BURST = { spans: 20_000 };

test('a burst in one synchronous loop loses nothing with a spool; without, exactly what the queue does not hold', async () => {
  const spooled = await burst('spool', BURST);
  expect(spooled).toMatchObject({ received: 20_000, droppedByReason: {}, errors: [] });

  const bare = await burst('ours', BURST);
  expect(bare.droppedByReason).toEqual({ queue_full: 20_000 - bare.queueMaxItems });
  expect(bare.received).toBe(bare.queueMaxItems);
  expect(bare.errors).toEqual([]);
});

test('with turns of the event loop in between nothing is lost either, in bounded memory', async () => {
  const { received, ended, errors, droppedByReason, heapGrowthBytes } = await burst('spool', {
    spans: 20_000,
    perTurn: 100,
  });

  expect(received).toBe(ended);
  expect({ errors, droppedByReason }).toEqual({ errors: [], droppedByReason: {} });
  // The queue and the buffer of the destination, and what is not yet collected.
  expect(heapGrowthBytes).toBeLessThan((32 + 64 + 64) * 1024 * 1024);
});
