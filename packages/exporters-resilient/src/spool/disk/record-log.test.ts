import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  drain,
  leave,
  openLog,
  requestOf,
  temporaryFolder,
  textOf,
} from '../../../test/fixtures/record-logs.ts';
import type { Stored } from '../../delivery/backlog.ts';
import { type Files, realFiles } from './files.ts';
import { HEADER_BYTES } from './record-header.ts';
import type { RecordLog } from './record-log.ts';

const segmentsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.seg'));

test('records come back in order, and of a drained log only the cursor is left', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  for (const text of ['a', 'b', 'c']) leave(log, text, 2);
  expect(log.items).toBe(6);

  expect(drain(log)).toEqual(['a', 'b', 'c']);
  log.checkpoint();

  expect(log.items).toBe(0);
  expect(readdirSync(folder.path)).toEqual(['cursor']);
  leave(log, 'd');
  expect(drain(log)).toEqual(['d']);
});

test('files can be read by this user only', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path, { segmentBytes: 100 });
  for (let i = 0; i < 5; i++) leave(log, 'x'.repeat(80));
  const taken = log.next();
  taken?.stored.settled(1);
  log.checkpoint();

  for (const name of readdirSync(folder.path))
    expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path)).toContain('cursor');
});

test('a segment goes only after the cursor has moved past it', () => {
  using folder = temporaryFolder();
  const order: string[] = [];
  const { log } = openLog(folder.path, {
    segmentBytes: 100,
    files: {
      ...realFiles,
      openSync(path, flags, mode) {
        if (String(path).endsWith('cursor') && flags === 'r+') order.push('cursor');
        return realFiles.openSync(path, flags, mode);
      },
      unlinkSync(path) {
        if (String(path).endsWith('.seg')) order.push('delete');
        realFiles.unlinkSync(path);
      },
    },
  });
  for (let i = 0; i < 3; i++) leave(log, 'x'.repeat(80));
  log.next()?.stored.settled(1);
  log.next();

  log.checkpoint();

  expect(order).toEqual(['cursor', 'delete']);
  expect(segmentsIn(folder.path)).toHaveLength(2);
});

test('a record of a process whose clock was wrong when it started is as old as its file', () => {
  const now = Date.now() + 1000;
  const behind = now - 3 * 365 * 24 * 3600_000;
  using folder = temporaryFolder();
  leave(openLog(folder.path, { now: () => behind }).log, 'a');
  const newest = (): number => openLog(folder.path, { now: () => now }).log.segments[0]!.newest;
  expect(now - newest()).toBeLessThan(60_000);

  const [name = ''] = segmentsIn(folder.path);
  utimesSync(join(folder.path, name), behind / 1000, behind / 1000);
  expect(newest()).toBe(behind);
});

/** There is no function for it in Node.js. */
function makePipe(path: string): void {
  spawnSync('sh', ['-c', 'mkfifo "$0"', path]);
  expect(statSync(path).isFIFO()).toBe(true);
}

test('a pipe in place of a segment or of the cursor holds nobody up', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path, { segmentBytes: 100 });
  for (let i = 0; i < 3; i++) leave(log, `${i}`.padEnd(80));
  log.close(false);
  for (const name of ['000000000002.seg', 'cursor']) {
    const path = join(folder.path, name);
    realFiles.unlinkSync(path);
    makePipe(path);
  }

  const next = openLog(folder.path);
  expect(drain(next.log).map((text) => text.trim())).toEqual(['0', '2']);
  next.log.close(true);
  expect(next.lost).toEqual({ spool_unreadable: 1 });
});

test.each<[string, (path: string, elsewhere: string) => void]>([
  ['a folder', (path) => mkdirSync(path)],
  ['a folder with something in it', (path) => mkdirSync(join(path, 'deeper'), { recursive: true })],
  ['a pipe', makePipe],
  ['a link to a file', (path, elsewhere) => symlinkSync(elsewhere, path)],
  ['a link to nothing', (path, elsewhere) => symlinkSync(`${elsewhere}.not`, path)],
])('%s in place of the cursor costs repetition once, and nothing else', (_what, put) => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const elsewhere = join(other.path, 'elsewhere');
  writeFileSync(elsewhere, 'not ours');
  const { log } = openLog(folder.path, { segmentBytes: 100 });
  for (let i = 0; i < 3; i++) leave(log, `${i}`.padEnd(80));
  log.close(false);
  rmSync(join(folder.path, 'cursor'));
  put(join(folder.path, 'cursor'), elsewhere);

  const second = openLog(folder.path, { segmentBytes: 100 });
  expect(drain(second.log)).toHaveLength(3);
  leave(second.log, 'later');
  second.log.close(true);
  const third = openLog(folder.path);

  expect(drain(third.log)).toEqual(['later']);
  expect([second.lost, third.lost, third.failures]).toEqual([{}, {}, []]);
  expect(readFileSync(elsewhere, 'utf8')).toBe('not ours');
  third.log.close(true);
  expect(drain(openLog(folder.path).log)).toEqual([]);
});

/** Where only what is there already can be written over: as on a disk that something else has filled. */
const FULL: Files = {
  ...realFiles,
  openSync(path, flags, mode) {
    if (flags === 'w' || flags === 'wx') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    return realFiles.openSync(path, flags, mode);
  },
};

test('on a full disk what is delivered is deleted, and is not sent again', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path, { segmentBytes: 100 });
  for (let i = 0; i < 4; i++) leave(log, `${i}`.padEnd(80));
  log.close(false);
  const { log: full, failures } = openLog(folder.path, { files: FULL });

  full.next()?.stored.settled(1);
  const second = full.next();
  full.checkpoint();
  expect(segmentsIn(folder.path)).toHaveLength(3);
  expect(openLog(folder.path).log.items).toBe(3);

  second?.stored.settled(1);
  drain(full);
  full.close(false);
  expect(readdirSync(folder.path)).toEqual(['cursor']);
  expect(openLog(folder.path)).toMatchObject({ log: { items: 0 }, lost: {}, failures: [] });
  expect(failures).toEqual([]);
});

/** Where writing needs new blocks even over what is there, as on btrfs and ZFS, until something is deleted. */
function fullUntilDeleted(): Files {
  let isFull = true;
  return {
    ...realFiles,
    writeSync: ((...args: Parameters<typeof realFiles.writeSync>) => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return realFiles.writeSync(...args);
    }) as typeof realFiles.writeSync,
    unlinkSync(path) {
      realFiles.unlinkSync(path);
      if (String(path).endsWith('.seg')) isFull = false;
    },
  };
}

test('where the cursor cannot be written, what is delivered is deleted all the same, and nothing counts as missing', () => {
  using folder = temporaryFolder();
  const first = openLog(folder.path, { segmentBytes: 100 });
  for (let i = 0; i < 4; i++) leave(first.log, `${i}`.padEnd(80));
  first.log.close(false);

  const { log } = openLog(folder.path, { files: fullUntilDeleted() });
  drain(log);
  log.checkpoint();

  expect(readdirSync(folder.path)).toEqual(['cursor']);
  leave(log, 'later');
  expect(openLog(folder.path)).toMatchObject({ log: { items: 1 }, lost: {}, failures: [] });
});

test('a kill at any call while a full log is deleted costs repetition, and nothing counts as missing', () => {
  for (let calls = 0; calls < 8; calls++) {
    using folder = temporaryFolder();
    const first = openLog(folder.path, { segmentBytes: 100 });
    for (let i = 0; i < 4; i++) leave(first.log, `${i}`.padEnd(80));
    first.log.close(false);
    let left = calls;
    const live = (): void => {
      if (left-- <= 0) throw new Error('killed');
    };
    const { writeSync, unlinkSync, ...files } = fullUntilDeleted();
    const { log } = openLog(folder.path, {
      files: {
        ...files,
        writeSync: ((...args: Parameters<typeof writeSync>) => {
          live();
          return writeSync(...args);
        }) as typeof writeSync,
        unlinkSync(path) {
          live();
          unlinkSync(path);
        },
      },
    });
    drain(log);
    log.checkpoint();

    const { log: next, lost } = openLog(folder.path);
    expect({ calls, lost }).toEqual({ calls, lost: {} });
    // Writing the cursor, removing it, four segments, and writing it anew.
    expect(next.items).toBe(4 - Math.min(Math.max(0, calls - 2), 4));
  }
});

test('a record that is held while another process starts is given again, one that is settled is not', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  for (const text of ['a', 'b', 'c']) leave(log, text);
  log.next()?.stored.settled(1);
  log.next();
  log.checkpoint();

  expect(openLog(folder.path).log.items).toBe(2);
  expect(drain(openLog(folder.path).log)).toEqual(['b', 'c']);
});

test('a held record that goes back is the next one again', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  for (const text of ['a', 'b', 'c']) leave(log, text);
  const a = log.next();
  const b = log.next();

  b?.stored.rest();
  a?.stored.rest();

  expect(log.items).toBe(3);
  expect(drain(log)).toEqual(['a', 'b', 'c']);
});

/** What the log should know, kept the simple way. */
interface Model {
  readonly atRest: Map<number, string>;
  readonly held: Map<number, { readonly text: string; readonly stored: Stored }>;
}

test('whatever is put, given, settled and given back, and however often the process dies, nothing is lost', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant('leave' as const) },
    fc.constant('hold' as const),
    { weight: 3, arbitrary: fc.constant('next' as const) },
    { weight: 3, arbitrary: fc.constant('settle' as const) },
    fc.constant('rest' as const),
    fc.constant('checkpoint' as const),
    fc.constant('crash' as const),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom(120, 300, 10_000),
      (steps, segmentBytes) => {
        using folder = temporaryFolder();
        let { log, lost } = openLog(folder.path, { segmentBytes });
        let count = 0;
        const settled = new Set<string>();
        const model: Model = { atRest: new Map(), held: new Map() };
        const put = (): [number, string, Stored] => {
          const id = count++;
          const text = `record ${id}`;
          const stored = log.put(requestOf(text, (id % 3) + 1));
          if ('refused' in stored) throw new Error(stored.refused);
          return [id, text, stored];
        };
        for (const now of steps) {
          if (now === 'leave') {
            const [id, text, stored] = put();
            stored.rest();
            model.atRest.set(id, text);
          } else if (now === 'hold') {
            const [id, text, stored] = put();
            model.held.set(id, { text, stored });
          } else if (now === 'next') {
            const taken = log.next();
            const oldest = Math.min(...model.atRest.keys());
            if (taken === undefined) expect(model.atRest.size).toBe(0);
            else {
              const text = textOf(taken.request);
              expect(text).toBe(model.atRest.get(oldest));
              model.atRest.delete(oldest);
              model.held.set(oldest, { text, stored: taken.stored });
            }
          } else if (now === 'settle' || now === 'rest') {
            const [entry] = model.held;
            if (entry === undefined) continue;
            const [id, { text, stored }] = entry;
            model.held.delete(id);
            if (now === 'settle') {
              stored.settled((id % 3) + 1);
              settled.add(text);
            } else {
              stored.rest();
              model.atRest.set(id, text);
            }
          } else if (now === 'checkpoint') log.checkpoint();
          else {
            ({ log, lost } = openLog(folder.path, { segmentBytes }));
            const given = drainAll(log);
            const expected = [
              ...model.atRest.values(),
              ...[...model.held.values()].map((h) => h.text),
            ];
            // What was settled may come once more; what was not must come.
            expect(expected.filter((text) => !given.includes(text))).toEqual([]);
            expect(given.filter((text) => !expected.includes(text) && !settled.has(text))).toEqual(
              [],
            );
            expect(new Set(given).size).toBe(given.length);
            for (const text of given) settled.add(text);
            model.atRest.clear();
            model.held.clear();
            log.checkpoint();
          }
          const items = [...model.atRest.keys()].reduce((sum, id) => sum + (id % 3) + 1, 0);
          expect(log.items).toBe(items);
          expect(lost).toEqual({});
        }
      },
    ),
    { numRuns: 300 },
  );
});

function drainAll(log: RecordLog): string[] {
  const texts = drain(log);
  expect(log.items).toBe(0);
  return texts;
}

/** A log of five records in one segment or in five, left behind by its process. `damage` gets the path of a segment. */
function damaged(
  segmentBytes: number,
  index: number,
  damage: (path: string) => void,
  end: 'closed' | 'killed' | 'killed later' = 'closed',
): { given: string[]; lost: Record<string, number>; failures: unknown[]; items: number } {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path, { segmentBytes });
  FIVE.forEach((text, at) => leave(log, text, at + 1));
  if (end === 'killed later') log.checkpoint();
  if (end === 'closed') log.close(false);
  damage(join(folder.path, segmentsIn(folder.path)[index]!));
  const found = openLog(folder.path, { segmentBytes });
  const { items } = found.log;
  const given = drain(found.log);
  found.log.checkpoint();
  // Nothing of it is told again.
  expect(openLog(folder.path, { segmentBytes }).log.items).toBe(0);
  return { given, lost: found.lost, failures: found.failures, items };
}

const FIVE = ['the first', 'the 2nd', 'the 3rd', 'the 4th', 'the last'];
const BYTES = FIVE.map((text) => HEADER_BYTES + text.length);
const startOf = (record: number): number =>
  BYTES.slice(0, record).reduce((sum, bytes) => sum + bytes, 0);
const without = (record: number): string[] => FIVE.filter((_, index) => index !== record);

test.each(['closed', 'killed later'] as const)(
  'of a log that was %s, any record with any one byte changed costs itself, and its items are counted',
  (end) => {
    for (const record of [0, 1, 2, 4])
      for (let at = startOf(record); at < startOf(record + 1); at++) {
        const change = (path: string): void => {
          const bytes = readFileSync(path);
          bytes[at]! ^= [0x01, 0x80, 0xff][at % 3]!;
          writeFileSync(path, bytes);
        };
        const { given, lost, items } = damaged(10_000, 0, change, end);

        expect({ at, items, given, lost }).toEqual({
          at,
          items: 15,
          given: without(record),
          lost: { spool_unreadable: record + 1 },
        });
      }
  },
);

test('a log that was closed and is cut off anywhere knows what it had', () => {
  for (let size = 0; size < startOf(5); size++) {
    const whole = FIVE.filter((_, record) => startOf(record + 1) <= size);
    const kept = whole.reduce((sum, _, record) => sum + record + 1, 0);
    const { given, lost } = damaged(10_000, 0, (path) => truncateSync(path, size));

    expect({ size, given, lost }).toEqual({
      size,
      given: whole,
      lost: { spool_unreadable: 15 - kept },
    });
  }
});

test('a log whose process was killed at once and that ends torn says that it does not know what is missing', () => {
  for (let size = startOf(2) + 1; size < startOf(3); size++) {
    const { given, lost, failures } = damaged(
      10_000,
      0,
      (path) => truncateSync(path, size),
      'killed',
    );

    expect(given).toEqual(FIVE.slice(0, 2));
    // Cut off while it was written, perhaps: then nobody was told that it is stored.
    expect(lost).toEqual({});
    expect(String(failures[0])).toContain(`${size - startOf(2)} bytes at the end of`);
    expect(failures).toHaveLength(1);
  }
});

test.each([
  ['removed', (path: string) => realFiles.unlinkSync(path)],
  ['emptied', (path: string) => truncateSync(path, 0)],
  ['cut off in its header', (path: string) => truncateSync(path, 20)],
  ['cut off in its payload', (path: string) => truncateSync(path, HEADER_BYTES + 3)],
  ['filled with noise', (path: string) => writeFileSync(path, Buffer.alloc(500, 0xf5))],
] as const)('any segment that is %s costs its own records, and they are counted', (_, damage) => {
  for (const end of ['closed', 'killed later', 'killed'] as const)
    for (const index of [0, 1, 2, 3, 4]) {
      const { given, lost, failures } = damaged(60, index, damage, end);

      expect(given).toEqual(without(index));
      // Of the last one only the cursor can know.
      const isKnown = end !== 'killed' || index < 4;
      expect({ end, index, lost }).toEqual({
        end,
        index,
        lost: isKnown ? { spool_unreadable: index + 1 } : {},
      });
      if (isKnown) expect(failures).toEqual([]);
    }
});

test('a log whose only segment is emptied or removed knows what it had', () => {
  for (const damage of [
    (path: string) => truncateSync(path, 0),
    (path: string) => realFiles.unlinkSync(path),
  ])
    expect(damaged(10_000, 0, damage)).toEqual({
      given: [],
      items: 15,
      lost: { spool_unreadable: 15 },
      failures: [],
    });
});

test('what is delivered already is not missing, however often the log was empty in between', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  for (let round = 0; round < 3; round++) {
    leave(log, 'delivered', 10);
    drain(log);
    log.checkpoint();
  }
  leave(log, 'left', 2);

  // Killed.
  const { log: found, lost } = openLog(folder.path);

  expect(found.items).toBe(2);
  expect(drain(found)).toEqual(['left']);
  expect(lost).toEqual({});
});

test('what is dropped for room does not hide what was damaged before it', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path, { segmentBytes: 60 });
  FIVE.forEach((text, at) => leave(log, text, at + 1));
  log.close(false);
  truncateSync(join(folder.path, segmentsIn(folder.path)[0]!), 0);
  const { log: found, lost } = openLog(folder.path, { segmentBytes: 60 });

  found.evictOldest('spool_full', 2);

  expect(lost).toEqual({ spool_unreadable: 1, spool_full: 5 });
  expect(found.items).toBe(9);
  expect(drain(found)).toEqual(['the 4th', 'the last']);
});

test('a cursor with any one byte changed, cut or emptied costs repetition and no record', () => {
  using folder = temporaryFolder();
  const first = openLog(folder.path, { segmentBytes: 200 });
  for (let i = 0; i < 12; i++) leave(first.log, `record ${i}`.padEnd(40));
  for (let i = 0; i < 7; i++) first.log.next()?.stored.settled(1);
  first.log.close(false);
  const path = join(folder.path, 'cursor');
  const cursor = readFileSync(path);
  const damaged = [Buffer.alloc(0), Buffer.alloc(cursor.length)];
  // Behind its line is room for what is settled out of turn.
  for (let at = 0; at < 256; at++) {
    damaged.push(cursor.subarray(0, at));
    for (const bit of [1, 8, 64]) {
      const changed = Buffer.from(cursor);
      changed[at]! ^= bit;
      damaged.push(changed);
    }
  }
  for (const bytes of damaged) {
    writeFileSync(path, bytes);
    const { log, lost } = openLog(folder.path, { segmentBytes: 200 });
    const given = drainWithoutCheckpoint(log);
    expect(given.slice(-5)).toEqual([7, 8, 9, 10, 11].map((i) => `record ${i}`.padEnd(40)));
    expect(lost).toEqual({});
  }
});

test('a cursor that is ahead of the segments, as after a loss of power, begins behind them, and knows what is missing', () => {
  using folder = temporaryFolder();
  const first = openLog(folder.path, { segmentBytes: 200 });
  for (let i = 0; i < 6; i++) leave(first.log, `record ${i}`.padEnd(40));
  for (let i = 0; i < 5; i++) first.log.next()?.stored.settled(1);
  first.log.close(false);
  for (const name of segmentsIn(folder.path)) realFiles.unlinkSync(join(folder.path, name));

  const second = openLog(folder.path, { segmentBytes: 200 });
  leave(second.log, 'new');

  expect(second.log.items).toBe(2);
  expect(drain(second.log)).toEqual(['new']);
  expect(second.lost).toEqual({ spool_unreadable: 1 });
});

function drainWithoutCheckpoint(log: RecordLog): string[] {
  const texts: string[] = [];
  for (let taken = log.next(); taken !== undefined; taken = log.next())
    texts.push(textOf(taken.request));
  return texts;
}

test('a cursor that cannot be read costs repetition and no record', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  for (const text of ['a', 'b']) leave(log, text);
  log.next()?.stored.settled(1);
  log.close(false);
  writeFileSync(join(folder.path, 'cursor'), '{"segment":1,"off');

  expect(drain(openLog(folder.path).log)).toEqual(['a', 'b']);
});

test('a write that takes a few bytes at a time gives the same file', () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const { log } = openLog(folder.path, {
    files: {
      ...realFiles,
      writevSync: (fd, [first], position) =>
        realFiles.writeSync(fd, first as Uint8Array, 0, Math.min(7, first!.byteLength), position),
    },
  });
  const { log: whole } = openLog(other.path);
  for (const target of [log, whole])
    for (const text of ['', 'a', 'b'.repeat(1000)]) leave(target, text);

  const [name = ''] = segmentsIn(folder.path);
  expect(readFileSync(join(folder.path, name)).equals(readFileSync(join(other.path, name)))).toBe(
    true,
  );
});

test('a disk that fills up in the middle of a record leaves no trace of it, and later records are whole', () => {
  using folder = temporaryFolder();
  let room = Infinity;
  const { log, failures } = openLog(folder.path, {
    files: {
      ...realFiles,
      writevSync(fd, parts, position) {
        const bytes = Buffer.concat(parts as Uint8Array[]);
        if (room === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        const written = Math.min(room, bytes.length);
        room -= written;
        return realFiles.writeSync(fd, bytes, 0, written, position ?? null);
      },
    },
  });
  leave(log, 'a');
  for (const left of [0, 10, HEADER_BYTES, HEADER_BYTES + 2]) {
    room = left;
    expect(log.put(requestOf('does not fit'))).toEqual({ refused: 'spool_disk_full' });
  }
  room = Infinity;
  leave(log, 'b');

  expect(failures).toHaveLength(4);
  expect(log.items).toBe(2);
  expect(drain(openLog(folder.path).log)).toEqual(['a', 'b']);
});

test('where a torn record cannot be cut away either, the next one goes into a new file', () => {
  using folder = temporaryFolder();
  let broken = false;
  const fail = (): never => {
    throw Object.assign(new Error('no'), { code: 'EIO' });
  };
  const { log } = openLog(folder.path, {
    files: {
      ...realFiles,
      writevSync(fd, parts, position) {
        if (!broken) return realFiles.writevSync(fd, parts, position);
        broken = false;
        realFiles.writeSync(fd, Buffer.concat(parts as Uint8Array[]), 0, 30, position ?? null);
        return fail();
      },
      ftruncateSync: fail,
    },
  });
  leave(log, 'a');
  broken = true;
  expect(log.put(requestOf('torn'))).toEqual({ refused: 'spool_unwritable' });
  leave(log, 'b');

  const { log: found, lost } = openLog(folder.path);
  expect(drain(found)).toEqual(['a', 'b']);
  expect(lost).toEqual({});
  expect(drain(log)).toEqual(['a', 'b']);
});

test('the oldest segment can be dropped, whatever of it is read, held or settled', () => {
  using folder = temporaryFolder();
  const { log, lost } = openLog(folder.path, { segmentBytes: 170 });
  for (let i = 0; i < 6; i++) leave(log, `${i}`, 10);
  const held = log.next();
  log.next()?.stored.settled(10);

  expect(log.evictOldest('spool_full')).toBe(true);

  expect(lost).toEqual({ spool_full: 10 });
  expect(log.items).toBe(30);
  held?.stored.settled(10);
  expect(drain(log)).toEqual(['3', '4', '5']);
});

test('what is in flight when its segment is dropped is not lost, unless it comes back', () => {
  using folder = temporaryFolder();
  const { log, lost } = openLog(folder.path);
  leave(log, 'a', 10);
  const held = log.next();
  log.evictOldest('spool_expired');
  expect(lost).toEqual({});

  held?.stored.rest();

  expect(lost).toEqual({ spool_expired: 10 });
  expect(log.items).toBe(0);
  expect(log.evictOldest('spool_expired')).toBe(false);
});

test('whatever is settled, given back or not yet read: the next one gets what is at rest, each record once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('settle', 'rest', 'leave'), { maxLength: 12 }),
      fc.array(fc.constantFrom('settle', 'rest'), { maxLength: 6 }),
      fc.integer({ min: 60, max: 400 }),
      (puts, takes, segmentBytes) => {
        using folder = temporaryFolder();
        const { log } = openLog(folder.path, { segmentBytes });
        const open = new Set<string>();
        for (const [index, what] of puts.entries()) {
          const text = `record ${index}`;
          const put = log.put(requestOf(text, 2));
          if ('refused' in put) throw new Error(put.refused);
          if (what === 'settle') put.settled(2);
          else {
            open.add(text);
            put.rest();
          }
          if (what === 'leave') log.checkpoint();
        }
        const held = [...takes].flatMap((what) => {
          const taken = log.next();
          return taken === undefined ? [] : [{ what, taken }];
        });
        for (const { what, taken } of held) {
          if (what === 'rest') taken.stored.rest();
          else {
            taken.stored.settled(2);
            open.delete(textOf(taken.request));
          }
        }

        log.close(false);
        const { log: next, lost } = openLog(folder.path, { segmentBytes });
        const left = next.items;

        expect(drain(next).toSorted()).toEqual([...open].toSorted());
        expect(left).toBe(open.size * 2);
        expect(lost).toEqual({});
      },
    ),
  );
});
