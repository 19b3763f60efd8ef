import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerSnapshot } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ResilientSpanProcessorOptions } from '../src/processor/processor-options.ts';
import {
  otlpDestination,
  type ResilientSpanProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { realFiles } from '../src/spool/disk/files.ts';
import { diskSpool, type DiskSpoolOptions } from '../src/spool/index.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { during, type Life, ONLY_503, startLife } from './fixtures/lives.ts';
import { type Answer, scriptedTransport } from './fixtures/scripted-transport.ts';
import { makeSpans } from './fixtures/spans.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** One life of a process that uses the folder. */
const life = (
  script: readonly Answer[] = [],
  spool: Partial<DiskSpoolOptions> = {},
  options: Partial<ResilientSpanProcessorOptions> = {},
): Life => startLife({ directory: folder.path, script, spool, options });

const otlp = (ledger: LedgerSnapshot) => ledger.destinations['otlp']!;
const root = (): string => join(folder.path, readdirSync(folder.path)[0]!);

test('what cannot be delivered before the end is delivered by the next process, and counted in both', async () => {
  const first = life(ONLY_503);
  first.end(700);
  await during(first.clock, first.processor.shutdown());
  expect(otlp(first.ledger())).toMatchObject({
    handed: 700,
    spooled: 700,
    inFlight: 0,
    dropped: {},
  });

  const second = life();
  second.end(3);
  await second.clock.advance(6000);

  expect(otlp(second.ledger())).toMatchObject({
    handed: 3,
    recovered: 700,
    exported: 703,
    spooled: 0,
    dropped: {},
  });
  expect(second.transport.taken).toBe(703);
  await during(second.clock, second.processor.shutdown());
  expect(readdirSync(root())).toEqual([]);
});

test.each(['overflow', 'always'] as const)(
  'with mode %s a flush is complete when what a receiver does not answer for is on disk',
  async (mode) => {
    const { end, processor, clock, ledger } = life(['hang'], { mode });
    end(3);

    const result = await during(clock, processor.flush({ timeoutMillis: 500 }), 1000);

    expect(result).toMatchObject({ complete: true, spooled: 3, pending: 0, dropped: 0 });
    expect(otlp(ledger())).toMatchObject({ inFlight: 3, spooled: 0 });
    const without = life(['hang'], { mode: 'off' });
    without.end(3);
    const pending = await during(
      without.clock,
      without.processor.flush({ timeoutMillis: 500 }),
      1000,
    );
    expect(pending).toMatchObject({ complete: false, spooled: 0, pending: 3 });
  },
);

test('a flush during an outage is done when everything is spooled', async () => {
  const { end, processor, clock, ledger } = life(ONLY_503);
  end(1000);

  let flushed = false;
  const flush = processor.forceFlush().then(() => (flushed = true));
  await clock.advance(50);
  await flush;

  expect(flushed).toBe(true);
  expect(ledger().queued).toBe(0);
  expect(otlp(ledger())).toMatchObject({ handed: 1000, spooled: 1000, exported: 0 });
  expect(bytesOnDisk()).toBeGreaterThan(1000 * 50);
});

test('a flush that runs out of time leaves everything on disk', async () => {
  const { end, processor, clock, ledger } = life(['hang']);
  end(1500);

  await during(clock, processor.forceFlush({ timeoutMillis: 1000 }), 1500);

  expect(ledger().queued).toBe(0);
  expect(bytesOnDisk()).toBeGreaterThan(1500 * 50);
});

function bytesOnDisk(): number {
  let bytes = 0;
  for (const log of readdirSync(root()))
    if (statSync(join(root(), log)).isDirectory())
      for (const file of readdirSync(join(root(), log)))
        if (file.endsWith('.seg')) bytes += statSync(join(root(), log, file)).size;
  return bytes;
}

test('spans that end faster than the event loop turns go through the same transforms, and none is lost', async () => {
  const transform = {
    name: 'redaction',
    transform: (span: ReturnType<typeof makeSpans>[number]) => ({
      ...span,
      attributes: { prompt: '[redacted]' },
    }),
  };
  const { end, processor, ledger, clock, transport } = life(
    [],
    {},
    { transforms: [transform], buffer: { maxItems: 1000 } },
  );

  end(20_000, { attributes: { prompt: 'my password is plover' } });
  const before = ledger();
  expect(before.dropped).toEqual({});
  expect(before.queued).toBeLessThanOrEqual(2048);
  expect(otlp(before).spooled).toBeGreaterThan(15_000);
  for (const log of readdirSync(root()))
    if (log.includes('@'))
      for (const file of readdirSync(join(root(), log)).filter((name) => name.endsWith('.seg'))) {
        const text = readFileSync(join(root(), log, file), 'latin1');
        expect(text).not.toContain('plover');
        expect(text).toContain('[redacted]');
      }

  await during(clock, processor.forceFlush());
  await clock.advance(1000);
  expect(transport.taken).toBe(20_000);
  expect(otlp(ledger())).toMatchObject({ exported: 20_000, spooled: 0 });
});

test('a transform that ends spans itself, in a queue that is full, does not end in itself', () => {
  let depth = 0;
  const { processor, end, ledger } = life(
    [],
    {},
    {
      queue: { maxItems: 5 },
      transforms: [
        {
          name: 'chatty',
          transform(span) {
            if (++depth < 100) for (const other of makeSpans(3)) processor.onEnd(other);
            return span;
          },
        },
      ],
    },
  );

  end(50);

  const { ended, dropped } = ledger();
  expect(ended).toBeGreaterThan(50);
  expect(dropped['queue_full'] ?? 0).toBeLessThan(ended);
});

test('ahead of every attempt, a batch is on disk: a process that is killed loses what is in its queue and no more', async () => {
  const first = life(['hang'], { mode: 'always' });
  first.end(600);
  await first.turns();
  expect(otlp(first.ledger())).toMatchObject({ inFlight: 512, spooled: 0 });
  // Nothing is closed: the process is gone. Its lock says that it lives, for it has our process id.
  removeLocks();

  const second = life();
  await second.clock.advance(1000);

  expect(otlp(second.ledger())).toMatchObject({ recovered: 512, exported: 512 });
});

function removeLocks(): void {
  for (const name of readdirSync(root()))
    if (name.endsWith('.lock')) realFiles.unlinkSync(join(root(), name));
}

test('two processes share a folder, and neither takes from the other while it lives', async () => {
  const first = life(ONLY_503);
  first.end(600);
  await first.clock.advance(6000);
  const spooled = otlp(first.ledger()).spooled;
  expect(spooled).toBeGreaterThan(0);

  const second = life();
  await second.clock.advance(120_000);
  expect(otlp(second.ledger()).recovered).toBe(0);

  await during(first.clock, first.processor.shutdown());
  await second.clock.advance(31_000);
  expect(otlp(second.ledger())).toMatchObject({ recovered: 600, exported: 600 });
});

test('a lock nobody can look up counts as dead after a minute without a sign, whatever the wall clock says', async () => {
  const first = life(ONLY_503);
  first.end(10);
  await during(first.clock, first.processor.shutdown());
  const foreign = 'from-another-host';
  writeFileSync(
    join(root(), `${foreign}.lock`),
    JSON.stringify({ pid: 1, started: '5', scope: 'other', host: 'x' }),
  );
  const log = readdirSync(root()).find((name) => name.includes('@')) ?? '';
  realFiles.renameSync(join(root(), log), join(root(), log.replace(/@.*/, `@${foreign}.0`)));

  const second = life();
  await second.clock.advance(59_000);
  expect(otlp(second.ledger()).recovered).toBe(0);
  await second.clock.advance(32_000);

  expect(otlp(second.ledger())).toMatchObject({ recovered: 10, exported: 10 });
});

test('a process that only stood still finds its lock gone before it writes into files that another one reads', async () => {
  const first = life(ONLY_503);
  first.end(600);
  await during(first.clock, first.processor.forceFlush(), 500);
  const { spooled } = otlp(first.ledger());
  const lock = readdirSync(root()).find((name) => name.endsWith('.lock')) ?? '';
  // In another container: whether it lives cannot be seen from here.
  writeFileSync(
    join(root(), lock),
    JSON.stringify({ pid: 1, started: '5', scope: 'other', host: 'x' }),
  );

  const second = life();
  await second.clock.advance(95_000);
  expect(otlp(second.ledger())).toMatchObject({ recovered: 600, exported: 600 });

  await first.clock.advance(5000);
  first.end(600);
  await first.clock.advance(100_000);
  await during(first.clock, first.processor.shutdown());
  expect(otlp(first.ledger()).dropped).toEqual({ spool_taken_over: spooled });
  await second.clock.advance(31_000);
  expect(otlp(second.ledger())).toMatchObject({ recovered: 1800 - spooled, spooled: 0 });
});

test('each destination has its own records: one that is well gets nothing twice', async () => {
  const clock = fakeClock();
  const [well, ill] = [scriptedTransport(), scriptedTransport({ status: 503 })];
  const make = (
    transports: readonly ReturnType<typeof scriptedTransport>[],
  ): ResilientSpanProcessor =>
    resilientSpanProcessor({
      destinations: transports.map((transport, index) =>
        otlpDestination({ name: `to/${index}`, url: 'http://localhost/', transport }),
      ),
      spool: diskSpool({ directory: folder.path }),
      clock,
      random: () => 1,
    });
  const first = make([well, ill]);
  for (const span of makeSpans(100)) first.onEnd(span);
  await during(clock, first.shutdown());
  expect(well.taken).toBe(100);

  ill.script = [];
  const second = make([well, ill]);
  await clock.advance(1000);

  expect(well.taken).toBe(100);
  expect(ill.taken).toBe(100);
  expect(second.ledger().destinations['to/1']).toMatchObject({ recovered: 100, exported: 100 });
});

test('the oldest records make room for the newest within the bound, and are counted', async () => {
  const { end, processor, ledger, clock } = life(ONLY_503, {
    maxBytes: 64 * 1024,
    segmentBytes: 4096,
  });

  for (let i = 0; i < 20; i++) {
    end(100);
    await during(clock, processor.forceFlush(), 200);
  }

  expect(bytesOnDisk()).toBeLessThanOrEqual(64 * 1024);
  const { dropped, spooled } = otlp(ledger());
  expect(dropped['spool_full']).toBeGreaterThan(0);
  expect(spooled).toBeGreaterThan(0);
});

test('records are dropped when they are too old, by sensitivity, and a wall clock that jumps changes nothing', async () => {
  const { end, processor, ledger, clock } = life(
    ONLY_503,
    {
      maxAgeMillis: 10 * 60_000,
      maxAgeMillisBySensitivity: { restricted: 60_000 },
      segmentBytes: 4096,
    },
    {
      sensitivityOf: (span) => (span.name === 'secret' ? 'restricted' : 'internal'),
      retry: { maxDelayMillis: 1000 },
    },
  );
  end(50, { name: 'probe' });
  await during(clock, processor.forceFlush(), 500);
  end(100, { name: 'usual' });
  end(70, { name: 'secret' });
  await during(clock, processor.forceFlush(), 500);
  const spooledOf = (): string[] => readdirSync(root()).filter((name) => name.includes('@'));
  expect(spooledOf().map((name) => name.split('@')[0])).toEqual([
    'otlp.traces.internal',
    'otlp.traces.restricted',
  ]);

  clock.jump(3600_000);
  await clock.advance(31_000);
  expect(otlp(ledger()).dropped).toEqual({});
  await clock.advance(65_000);
  expect(otlp(ledger()).dropped).toEqual({ spool_expired: 70 });
});

test('a folder that cannot be used costs what would have gone there, and nothing else', async () => {
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  const { end, processor, ledger, clock, transport } = life(
    [{ status: 503 }, { status: 200 }],
    { directory: path },
    { buffer: { maxItems: 600 } },
  );

  end(2000);
  await during(clock, processor.forceFlush());

  const { dropped, exported } = otlp(ledger());
  expect(dropped['spool_unwritable']).toBeGreaterThan(0);
  expect(exported).toBe(transport.taken);
  expect(exported).toBeGreaterThan(0);
});

test('at a shutdown that spools, what a folder takes nothing of is counted for that, and not for want of time', async () => {
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  const { end, processor, ledger, clock } = life(ONLY_503, { directory: path });

  end(20);
  await during(clock, processor.shutdown());

  expect(otlp(ledger()).dropped).toEqual({ spool_unwritable: 20 });
});

test('a process that ends at once, with nothing of its own, delivers what an earlier one left', async () => {
  const first = life(ONLY_503);
  first.end(700);
  await during(first.clock, first.processor.shutdown());

  const second = life();
  await during(second.clock, second.processor.shutdown());

  expect(otlp(second.ledger())).toMatchObject({ handed: 0, recovered: 700, exported: 700 });
  expect(readdirSync(root())).toEqual([]);
});

test('a flush takes over what an earlier process left', async () => {
  const first = life(ONLY_503);
  first.end(20);
  await during(first.clock, first.processor.shutdown());

  const second = life();
  await second.processor.forceFlush();

  expect(otlp(second.ledger()).recovered).toBe(20);
  await during(second.clock, second.processor.shutdown());
});

test('off means that nothing is written', async () => {
  const { end, processor, clock, ledger } = life(ONLY_503, { mode: 'off' });
  end(100);

  await during(clock, processor.shutdown());

  expect(otlp(ledger()).dropped).toEqual({ shutdown_timeout: 100 });
  expect(readdirSync(folder.path)).toEqual([]);
});

test('the folder is for this user alone, and a link in its place is not followed', async () => {
  const { end, processor, clock } = life(ONLY_503);
  end(10);
  await during(clock, processor.shutdown());
  expect(statSync(root()).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(root())) expect(statSync(join(root(), name)).mode & 0o077).toBe(0);

  using other = temporaryFolder();
  mkdirSync(join(other.path, 'theirs'));
  chmodSync(join(other.path, 'theirs'), 0o777);
  const { symlinkSync } = await import('node:fs');
  symlinkSync(join(other.path, 'theirs'), join(other.path, root().split('/').at(-1)!));
  const tricked = life(ONLY_503, { directory: other.path });
  tricked.end(10);
  await during(tricked.clock, tricked.processor.shutdown());

  expect(otlp(tricked.ledger()).spooled).toBe(0);
  expect(readdirSync(join(other.path, 'theirs'))).toEqual([]);
});

test('a span that ends others while it is encoded, in a queue that is full, damages no request', async () => {
  const { processor, ledger, transport, clock, end } = life([], {}, { queue: { maxItems: 10 } });
  let reads = 0;
  const chatty = makeSpans(1, {
    attributes: {
      get nosy(): string {
        if (++reads === 2) end(50);
        return 'x';
      },
    },
  });
  processor.onEnd(chatty[0]!);
  end(30);

  await during(clock, processor.shutdown());

  const { ended, dropped } = ledger();
  expect(reads).toBeGreaterThan(1);
  expect(ended).toBe(81);
  expect(transport.taken).toBe(81 - (dropped['queue_full'] ?? 0));
});

test('a process that was taken for dead lets go of what the other one has, and begins anew', async () => {
  const { end, processor, clock, ledger } = life(ONLY_503);
  end(600);
  await during(clock, processor.forceFlush(), 500);
  const { spooled } = otlp(ledger());
  expect(spooled).toBeGreaterThan(0);
  removeLocks();
  for (const log of readdirSync(root()).filter((name) => name.includes('@')))
    realFiles.renameSync(join(root(), log), join(root(), log.replace(/@.*/, '@other.0')));

  await clock.advance(11_000);
  expect(otlp(ledger()).dropped).toEqual({ spool_taken_over: spooled });
  end(600);
  await during(clock, processor.shutdown());

  const after = otlp(ledger());
  expect(after.spooled).toBeGreaterThanOrEqual(600);
  const own = readdirSync(root()).filter((name) => name.includes('@') && !name.includes('@other'));
  expect(own.length).toBeGreaterThan(0);
});
