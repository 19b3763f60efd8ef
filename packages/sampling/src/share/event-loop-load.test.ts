import { performance } from 'node:perf_hooks';
import { fakeClock } from '@llm-otel/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { eventLoopLoad } from './event-loop-load.ts';

test('the load is that of the last second, and is looked at once a second', async () => {
  const clock = fakeClock();
  let busy = 0;
  let total = 0;
  const load = eventLoopLoad(clock, (now, before) => ({
    active: busy,
    idle: total - busy,
    utilization:
      now === undefined || before === undefined
        ? 0
        : (now.active - before.active) / (now.active + now.idle - before.active - before.idle),
  }));
  const after = async (millis: number, utilisation: number): Promise<number> => {
    total += millis;
    busy += millis * utilisation;
    await clock.advance(millis);
    return load();
  };

  expect(load()).toBe(0);
  expect(await after(1000, 0.75)).toBe(0.75);
  expect(await after(500, 0.25)).toBe(0.75);
  expect(await after(500, 0.25)).toBe(0.25);
});

test('a busy loop of Node.js is seen', async () => {
  const clock = fakeClock();
  const load = eventLoopLoad(clock);
  // The runtime measures from one turn of the loop to another.
  for (let turn = 0; turn < 3; turn++) {
    const until = performance.now() + 20;
    while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await clock.advance(1000);

  expect(load()).toBeGreaterThan(0.1);
  expect(load()).toBeLessThanOrEqual(1);
});

test('nonsense of a runtime, or a runtime that does not say, is no load', async () => {
  const clock = fakeClock();
  const odd = eventLoopLoad(clock, () => ({ active: 0, idle: 0, utilization: Number.NaN }));
  await clock.advance(1000);

  expect(odd()).toBe(0);
  for (const runtime of [undefined, {}]) {
    vi.stubGlobal('performance', runtime);
    onTestFinished(() => void vi.unstubAllGlobals());
    const silent = eventLoopLoad(clock);
    await clock.advance(5000);
    expect(silent()).toBe(0);
  }
});
