import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { cpuTimeOf } from './bench.ts';
import { measureComparison, median, quickEffort } from './measure.ts';

/** A subject whose measurements are given. */
function times(name: string, values: readonly number[]): { name: string; measure: () => number } {
  let next = 0;
  return { name, measure: () => values[next++ % values.length] ?? 0 };
}

afterEach(() => vi.unstubAllGlobals());

test('the median of an even count lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('the ratio is the median of the ratios within a round, the first round only warms up', async () => {
  const row = await measureComparison(
    {
      id: 'X1',
      title: 'given figures',
      // A machine that gets three times slower in the last round: the ratio does not move.
      baseline: times('slow', [999, 100, 100, 300]),
      ours: times('fast', [1, 50, 50, 150]),
      floor: { timesFaster: 2 },
      stretch: { timesFaster: 2.1 },
    },
    quickEffort,
  );

  expect(row).toMatchObject({ ratio: 0.5, ratioRange: [0.5, 0.5], verdict: 'floor holds' });
  expect(row.ours.nanos).toBe(50);
});

test('what is added is the median of what a round adds', async () => {
  const row = await measureComparison(
    {
      id: 'X1',
      title: 'given figures',
      baseline: times('bare', [1, 100, 100, 300]),
      ours: times('observed', [1, 110, 110, 320]),
      floor: { maxExtraNanos: 10 },
    },
    quickEffort,
  );

  expect(row).toMatchObject({ extraNanos: 10, verdict: 'floor holds' });
});

test('processor time is that of the process, not that of the clock', async () => {
  const wait = cpuTimeOf('waiting', () => setTimeout(2));

  const nanos = await wait.measure?.({ millis: 1 });

  expect(nanos).toBeLessThan(2e6);
});

test('a round forces no collection, which would throw away what the engine has compiled', async () => {
  const collect = vi.fn<() => void>();
  vi.stubGlobal('gc', collect);

  await measureComparison(
    { id: 'X1', title: 'work', ours: { name: 'ours', run: Date.now } },
    quickEffort,
  );

  expect(collect).not.toHaveBeenCalled();
});

test('a missed floor is a missed floor, whatever the stretch', async () => {
  const row = await measureComparison(
    { id: 'X2', title: 'slow', ours: times('ours', [30]), floor: { maxNanos: 20 } },
    quickEffort,
  );

  expect(row.verdict).toBe('floor missed');
});

test('a run that allocates is seen to allocate', async () => {
  const row = await measureComparison(
    {
      id: 'X3',
      title: 'allocation',
      ours: { name: 'array of 100', run: () => Array.from({ length: 100 }, (_, index) => index) },
      floor: { maxBytes: 0 },
    },
    { rounds: 3, millisPerRound: 5 },
  );

  expect(row.ours.bytes).toBeGreaterThan(300);
  expect(row.verdict).toBe('floor missed');
});

test('what both sides allocate is shown on request, and nothing is nothing', async () => {
  const row = await measureComparison(
    {
      id: 'X4',
      title: 'allocation',
      bytes: true,
      baseline: { name: 'array of 1000', run: () => Array.from({ length: 1000 }, () => 1.5) },
      ours: { name: 'a sum', run: () => process.pid + 1 },
    },
    { rounds: 3, millisPerRound: 5 },
  );

  expect(row.baseline?.bytes).toBeGreaterThan(8000);
  expect(row.baseline?.bytes).toBeLessThan(30_000);
  expect(row.ours.bytes).toBe(0);
});

test('what a subject sets up is taken down when it fails', async () => {
  const steps: string[] = [];
  const failing = {
    name: 'failing',
    before: () => steps.push('before'),
    run: () => {
      throw new Error('broken');
    },
    after: () => steps.push('after'),
  };

  await expect(
    measureComparison({ id: 'X4', title: 'fails', ours: failing }, quickEffort),
  ).rejects.toThrow('broken');

  expect(steps).toEqual(['before', 'after']);
});

test('a measurement that is no number is refused', async () => {
  const ours = times('broken', [Number.NaN]);

  await expect(measureComparison({ id: 'X5', title: 'NaN', ours }, quickEffort)).rejects.toThrow(
    /"broken" gave NaN instead of nanoseconds/,
  );
});
