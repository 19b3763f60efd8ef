// A spool that has no room, or a disk that has none, when a shutdown needs it.
import { total } from '@llm-otel/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Files, realFiles } from '../src/spool/disk/files.ts';
import { type Life, type LifeOptions, ONLY_503, startLife } from './fixtures/lives.ts';
import { spanIdsIn } from './fixtures/received.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { smallDisk } from './fixtures/small-disk.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const SPANS = 400;
const otlp = (life: Life) => life.ledger().destinations['otlp']!;

/** A life whose receiver is away, up to its end. */
async function endInOutage(options: Omit<LifeOptions, 'directory'>): Promise<Life> {
  const life = startLife({
    directory: folder.path,
    script: ONLY_503,
    ...options,
    options: { queue: { maxItems: 1000 }, batch: { maxItems: 10 } },
  });
  life.end(SPANS, { attributes: { text: 'x'.repeat(1000) } });
  await life.during(life.processor.shutdown({ timeoutMillis: 3000 }), 4000);
  return life;
}

/** What the next process delivers: ids, each as often as it arrived. */
async function delivered(): Promise<string[]> {
  const next = startLife({ directory: folder.path });
  await next.clock.advance(6000);
  await next.during(next.processor.shutdown(), 1000);
  expect(otlp(next)).toMatchObject({ spooled: 0, inFlight: 0, dropped: {} });
  return next.transport.bodies.flatMap((body) => spanIdsIn(body));
}

/** The real files of a disk that takes so many bytes of segments. */
function diskOf(bytes: number): Files {
  let left = bytes;
  const full = (): never => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  return {
    ...realFiles,
    writevSync(fd, buffers, position) {
      const size = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
      if (size > left) full();
      left -= size;
      return realFiles.writevSync(fd, buffers, position);
    },
  };
}

test.each(['overflow', 'always'] as const)(
  'with mode %s and a spool that is full the newest are kept at a shutdown, the others counted, and the next process delivers just those',
  async (mode) => {
    const life = await endInOutage({ spool: { mode, maxBytes: 128 * 1024 } });

    const { spooled, dropped, exported, inFlight } = otlp(life);
    expect({ exported, inFlight, sum: spooled + total(dropped) }).toEqual({
      exported: 0,
      inFlight: 0,
      sum: SPANS,
    });
    expect(Object.keys(dropped)).toEqual(['spool_full']);
    expect(spooled).toBeGreaterThan(50);
    const ids = await delivered();
    expect([ids.length, new Set(ids).size]).toEqual([spooled, spooled]);
  },
);

test.each(['overflow', 'always'] as const)(
  'with mode %s and a disk that is full what fits is kept at a shutdown, and the rest counted for that',
  async (mode) => {
    const life = await endInOutage({ spool: { mode }, tools: { files: diskOf(100_000) } });

    const { spooled, dropped, inFlight } = otlp(life);
    expect(inFlight).toBe(0);
    expect(dropped).toEqual({ spool_disk_full: SPANS - spooled });
    expect(spooled).toBeGreaterThan(50);
    const ids = await delivered();
    expect([ids.length, new Set(ids).size]).toEqual([spooled, spooled]);
  },
);

test('a process that starts on a disk that is full takes over what waits there as soon as there is room', async () => {
  const life = await endInOutage({});
  expect(otlp(life).spooled).toBe(SPANS);
  const disk = smallDisk();
  disk.isFull = true;

  const next = startLife({ directory: folder.path, tools: { files: disk.files } });
  await next.clock.advance(60_000);
  expect(otlp(next)).toMatchObject({ recovered: 0, exported: 0 });
  disk.isFull = false;
  await next.clock.advance(60_000);

  expect(otlp(next)).toMatchObject({ recovered: SPANS, exported: SPANS, spooled: 0, dropped: {} });
});

test('a disk that is full while a receiver takes what it is given costs nothing', async () => {
  const life = startLife({
    directory: folder.path,
    spool: { mode: 'always' },
    tools: { files: diskOf(0) },
    options: { queue: { maxItems: 1000 } },
  });
  life.end(SPANS);

  await life.during(life.processor.shutdown({ timeoutMillis: 3000 }), 4000);

  expect(otlp(life)).toMatchObject({ exported: SPANS, dropped: {}, spooled: 0, inFlight: 0 });
  expect(new Set(life.transport.bodies.flatMap((body) => spanIdsIn(body))).size).toBe(SPANS);
});
