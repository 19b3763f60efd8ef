import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from './fake-clock.ts';

test('time stands still until it is advanced', async () => {
  const clock = fakeClock({ epochMillis: 1000 });
  expect([clock.epochMillis(), clock.monotonicMillis()]).toEqual([1000, 0]);

  await clock.advance(250);

  expect([clock.epochMillis(), clock.monotonicMillis()]).toEqual([1250, 250]);
});

test('timers run in order of their time, each at its time', async () => {
  const clock = fakeClock();
  const runs: [string, number][] = [];
  const note =
    (name: string): (() => void) =>
    () => {
      runs.push([name, clock.monotonicMillis()]);
    };
  clock.setTimer(note('late'), 30);
  clock.setTimer(note('early'), 10);
  clock.setTimer(note('early, set second'), 10);
  clock.setTimer(note('never'), 31);

  await clock.advance(30);

  expect(runs).toEqual([
    ['early', 10],
    ['early, set second', 10],
    ['late', 30],
  ]);
  expect(clock.pendingTimers).toEqual([1]);
});

test('a timer set behind an await runs inside the same advance', async () => {
  const clock = fakeClock();
  const runs: number[] = [];
  const sleep = (millis: number): Promise<void> =>
    new Promise((resolve) => {
      clock.setTimer(resolve, millis);
    });
  const loop = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await sleep(10);
      await Promise.resolve();
      runs.push(clock.monotonicMillis());
    }
  };
  void loop();

  await clock.advance(100);

  expect(runs).toEqual([10, 20, 30]);
});

test('a cleared timer does not run', async () => {
  const clock = fakeClock();
  let ran = false;
  clock.clearTimer(
    clock.setTimer(() => {
      ran = true;
    }, 1),
  );
  clock.clearTimer('not a timer');

  await clock.advance(5);

  expect(ran).toBe(false);
});

test('a jump moves the wall clock and no timer', async () => {
  const clock = fakeClock({ epochMillis: 0 });
  clock.setTimer(() => expect.unreachable(), 10);

  clock.jump(-3_600_000);

  expect(clock.epochMillis()).toBe(-3_600_000);
  expect(clock.monotonicMillis()).toBe(0);
  expect(clock.pendingTimers).toEqual([10]);
});

test('a callback that throws fails the advance', async () => {
  const clock = fakeClock();
  clock.setTimer(() => {
    throw new Error('broken');
  }, 1);

  await expect(clock.advance(1)).rejects.toThrow('broken');
});

test('negative delays and delays that are no number run at the next advance', async () => {
  const clock = fakeClock();
  let runs = 0;
  const count = (): void => {
    runs += 1;
  };
  clock.setTimer(count, -5);
  clock.setTimer(count, Number.NaN);

  expect(runs).toBe(0);
  await clock.advance(0);

  expect(runs).toBe(2);
});

test('advancing in steps runs the same timers at the same times as one long advance', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(50), { maxLength: 8 }),
      fc.array(fc.nat(20), { maxLength: 6 }),
      async (delays, steps) => {
        const run = async (advances: readonly number[]): Promise<number[]> => {
          const clock = fakeClock();
          const runs: number[] = [];
          for (const delay of delays)
            clock.setTimer(() => runs.push(clock.monotonicMillis()), delay);
          for (const step of advances) await clock.advance(step);
          return runs;
        };
        const total = steps.reduce((sum, step) => sum + step, 0);

        expect(await run(steps.length === 0 ? [0] : steps)).toEqual(await run([total]));
      },
    ),
    { numRuns: 50 },
  );
});
