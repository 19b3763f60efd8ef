import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DestinationSnapshot } from '@llm-otel/core';
import { fakeClock, type FakeClock } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Life, type LifeOptions, ONLY_503, spoolIn, startLife } from './fixtures/lives.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

// Five minutes, so that the clock need not turn for long.
const STEP = 300_000;
const LONG = 24 * STEP;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** On a clock that is right: files have the time of the machine. */
const rightClock = (offset = 0): FakeClock => fakeClock({ epochMillis: Date.now() + offset });

const start = (options: Partial<LifeOptions>): Life =>
  startLife({ directory: folder.path, script: ONLY_503, clock: rightClock(), ...options });

/** A life in an outage that leaves so many spans in the spool. */
async function leave(count: number, options: Partial<LifeOptions>): Promise<void> {
  const life = start(options);
  for (let left = count; left > 0; left -= 200) {
    life.end(Math.min(left, 200));
    await life.during(life.processor.forceFlush(), 200);
  }
  await life.during(life.processor.shutdown());
  expect(accountOf(life, options.destination).spooled).toBe(count);
}

const accountOf = (life: Life, destination = 'otlp'): DestinationSnapshot =>
  life.ledger().destinations[destination]!;

/** All but what asks the receiver whether it is back. */
function expectExpired({ spooled, inFlight, dropped }: DestinationSnapshot, items: number): void {
  expect({ spooled, expired: (dropped['spool_expired'] ?? 0) + inFlight }).toEqual({
    spooled: 0,
    expired: items,
  });
  expect(inFlight).toBeLessThanOrEqual(200);
}

/** Gives every log that was left to a destination of this name, which nobody had so far. */
function allTo(destination: string): void {
  const root = spoolIn(folder.path);
  for (const name of readdirSync(root))
    if (name.includes('@'))
      renameSync(join(root, name), join(root, name.replace(/^[^.]+/, destination)));
}

function bytesOnDisk(): number {
  const root = spoolIn(folder.path);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.seg'))
    .reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
}

test('an application with a shorter age takes nothing from another one, whose destination it does not have', async () => {
  await leave(700, { destination: 'theirs', spool: { maxAgeMillis: LONG } });

  const second = start({
    destination: 'ours',
    clock: rightClock(2 * STEP),
    spool: { maxAgeMillis: STEP, maxBytes: 64 * 1024 },
  });
  await second.clock.advance(10 * STEP);
  expect(accountOf(second, 'ours')).toMatchObject({ recovered: 0, dropped: {} });

  const first = start({ destination: 'theirs', script: [], clock: rightClock(2 * STEP) });
  await first.clock.advance(6000);
  expect(accountOf(first, 'theirs')).toMatchObject({ recovered: 700, exported: 700 });
});

test('what it takes over it keeps as long as the one who wrote it, then drops it and counts it', async () => {
  await leave(700, { spool: { maxAgeMillis: LONG } });

  const second = start({ clock: rightClock(2 * STEP), spool: { maxAgeMillis: STEP } });
  await second.clock.advance(20 * STEP);
  expect(accountOf(second)).toMatchObject({ recovered: 700, dropped: {} });
  await second.clock.advance(5 * STEP);
  expectExpired(accountOf(second), 700);
  expect(bytesOnDisk()).toBe(0);
});

test('and no longer, where its own age is the longer one', async () => {
  await leave(700, { spool: { maxAgeMillis: STEP } });

  const second = start({ clock: rightClock(2 * STEP), spool: { maxAgeMillis: LONG }, script: [] });
  await second.clock.advance(1000);

  expect(accountOf(second)).toMatchObject({
    recovered: 700,
    exported: 0,
    dropped: { spool_expired: 700 },
  });
});

test('what nobody has a destination for grows old by its own age, and somebody counts it', async () => {
  await leave(700, { destination: 'gone', spool: { maxAgeMillis: STEP } });

  const other = start({ destination: 'ours', script: [], spool: { maxAgeMillis: LONG } });
  await other.clock.advance(STEP - 60_000);
  expect(accountOf(other, 'ours').recovered).toBe(0);
  await other.clock.advance(120_000);

  expect(accountOf(other, 'ours')).toMatchObject({
    recovered: 700,
    spooled: 0,
    dropped: { spool_expired: 700 },
  });
  expect(bytesOnDisk()).toBe(0);
});

test('what dead processes left for nobody keeps within the largest of their bounds, oldest out first, counted', async () => {
  const spool = { maxBytes: 128 * 1024, segmentBytes: 8192 };
  for (let i = 0; i < 4; i++) await leave(600, { destination: `gone${i}`, spool });
  allTo('gone');
  const before = bytesOnDisk();
  expect(before).toBeGreaterThan(150 * 1024);

  const other = start({ destination: 'ours', script: [], spool: { maxBytes: 64 * 1024 } });
  await other.clock.advance(59_000);
  expect(bytesOnDisk()).toBe(before);
  await other.clock.advance(62_000);

  expect(bytesOnDisk()).toBeLessThanOrEqual(128 * 1024);
  expect(bytesOnDisk()).toBeGreaterThan(100 * 1024);
  const { recovered, dropped } = accountOf(other, 'ours');
  expect(dropped).toEqual({ spool_full: recovered });
  const owner = start({ destination: 'gone', script: [] });
  await owner.clock.advance(6000);
  expect(accountOf(owner, 'gone').exported).toBe(4 * 600 - recovered);
});

test('what a process takes over keeps within its bound with all else, and counts what that costs', async () => {
  const spool = { maxBytes: 128 * 1024, segmentBytes: 8192 };
  for (let i = 0; i < 4; i++) await leave(600, { destination: `gone${i}`, spool });
  allTo('gone');
  const heir = start({ destination: 'gone', spool });
  await heir.clock.advance(1000);

  const { recovered, spooled, inFlight, dropped } = accountOf(heir, 'gone');
  expect(bytesOnDisk()).toBeLessThanOrEqual(128 * 1024);
  expect(recovered).toBe(4 * 600);
  expect(spooled + inFlight + (dropped['spool_full'] ?? 0)).toBe(4 * 600);
  expect(dropped['spool_full']).toBeGreaterThan(0);
});

test('a process with a smaller bound delivers what one with a larger one left, all of it', async () => {
  await leave(2000, { spool: { maxBytes: 1024 * 1024 } });

  const small = start({ script: [], spool: { maxBytes: 64 * 1024 } });
  await small.clock.advance(6000);

  expect(accountOf(small)).toMatchObject({ recovered: 2000, exported: 2000, dropped: {} });
});

test.each([
  ['stood in 1970', 0],
  ['was ten years ahead', Date.now() + 1e6 * LONG],
])(
  'records of a process whose clock %s grow old from when they are found',
  async (_what, epochMillis) => {
    await leave(300, { clock: fakeClock({ epochMillis }), spool: { maxAgeMillis: LONG } });

    const heir = start({});
    await heir.clock.advance(20 * STEP);
    expect(accountOf(heir)).toMatchObject({ recovered: 300, dropped: {} });
    await heir.clock.advance(5 * STEP);
    expectExpired(accountOf(heir), 300);
  },
);

test('a lock whose owner was killed while it wrote it is removed after a while', async () => {
  await leave(10, {});
  const torn = join(spoolIn(folder.path), '7-dead.lock.new');
  writeFileSync(torn, '{');
  const life = start({ script: [] });
  await life.clock.advance(5 * 60_000);
  expect(readdirSync(spoolIn(folder.path))).toContain('7-dead.lock.new');
  await life.clock.advance(6 * 60_000);
  expect(readdirSync(spoolIn(folder.path))).not.toContain('7-dead.lock.new');
});
