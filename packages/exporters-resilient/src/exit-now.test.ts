import { describe, expect, test } from 'vitest';
import type { OpenDestination } from './destination.ts';
import { exitNow } from './exit-now.ts';

function destination(more: Partial<OpenDestination>, told: string[]): OpenDestination {
  return {
    accept: () => true,
    forceFlush: () => Promise.resolve(),
    idleOrTroubled: () => Promise.resolve(),
    hurry: () => undefined,
    close: (reason) => {
      told.push(`close ${reason}`);
      return Promise.reject(new Error('nobody handles it'));
    },
    ...more,
  };
}

describe('as the process ends', () => {
  test('a destination is closed on the spot', () => {
    const told: string[] = [];

    exitNow(destination({ exiting: (reason) => told.push(`exiting ${reason}`) }, told), 'why');

    expect(told).toEqual(['exiting why']);
  });

  test('one that can only close with promises is closed, and may fail at that', async () => {
    const told: string[] = [];

    exitNow(destination({}, told), 'why');

    expect(told).toEqual(['close why']);
    // A rejection that nobody handles would fail the run.
    await new Promise(setImmediate);
  });
});
