// Priorities, second attempts and requests that fail settle records in another order than the log has them.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  drain,
  openLog,
  requestOf,
  temporaryFolder,
  textOf,
} from '../../../test/fixtures/record-logs.ts';
import { smallDisk } from '../../../test/fixtures/small-disk.ts';
import type { Stored } from '../../delivery/backlog.ts';
import { realFiles } from './files.ts';
import type { RecordLog } from './record-log.ts';

const segmentsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.seg'));

/** A record in the caller's hands. Throws when it is refused. */
function hold(log: RecordLog, text: string, items = 1): Stored {
  const stored = log.put(requestOf(text, items));
  if ('refused' in stored) throw new Error(stored.refused);
  return stored;
}

/** What a log would give, in order. The log on disk stays as it is. */
function givenOf(folder: string): string[] {
  const { log } = openLog(folder);
  const texts: string[] = [];
  for (let taken = log.next(); taken !== undefined; taken = log.next())
    texts.push(textOf(taken.request));
  return texts;
}

test.each(['a close', 'a kill behind a checkpoint'])(
  'on a full disk what was settled behind a record that waits is not given again after %s',
  (end) => {
    using folder = temporaryFolder();
    const disk = smallDisk();
    const { log, failures } = openLog(folder.path, { files: disk.files });
    const stored = ['a', 'b', 'c', 'd', 'e'].map((text) => hold(log, text, 10));
    disk.isFull = true;
    for (const index of [1, 2, 4]) stored[index]!.settled(10);
    for (const index of [3, 0]) stored[index]!.rest();

    if (end === 'a close') log.close(false);
    else log.checkpoint();
    const { log: next, lost } = openLog(folder.path);

    expect(next.items).toBe(20);
    expect(drain(next)).toEqual(['a', 'd']);
    expect([lost, failures]).toEqual([{}, []]);
  },
);

test('a record that waits for long keeps no segments behind it', () => {
  using folder = temporaryFolder();
  const { log, lost } = openLog(folder.path, { segmentBytes: 200 });
  const waits = hold(log, 'waits');
  for (let i = 0; i < 50; i++) hold(log, `${i}`.padEnd(100)).settled(1);

  log.checkpoint();
  expect(segmentsIn(folder.path)).toHaveLength(2);

  expect(givenOf(folder.path)).toEqual(['waits']);
  hold(log, 'later').rest();
  waits.rest();
  expect(drain(log)).toEqual(['waits', 'later']);
  log.checkpoint();
  expect([segmentsIn(folder.path), lost]).toEqual([[], {}]);
});

test('a cursor of an earlier version is read, and an earlier version reads a cursor of ours', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'cursor');
  const { log } = openLog(folder.path);
  const stored = ['a', 'b', 'c'].map((text) => hold(log, text));
  stored[0]!.settled(1);
  stored[2]!.settled(1);
  log.close(false);
  expect(statSync(path).size).toBe(4096);

  // Its only line, which an earlier version had in a file of its size.
  const place = readFileSync(path).subarray(0, 256);
  expect(JSON.parse(place.toString())).toMatchObject({ sequence: 1, end: { sequence: 3 } });
  writeFileSync(path, place);

  const { log: next, lost } = openLog(folder.path);
  expect(next.items).toBe(2);
  expect(drain(next)).toEqual(['b', 'c']);
  expect(lost).toEqual({});
});

test('where more is settled out of turn than the cursor has room for, the rest comes again, is told of, and nothing is lost', () => {
  using folder = temporaryFolder();
  const { log, failures } = openLog(folder.path);
  const texts = Array.from({ length: 2000 }, (_, index) => `${index}`);
  const stored = texts.map((text) => hold(log, text));
  for (const [index, one] of stored.entries()) if (index % 2 === 1) one.settled(1);
  for (const [index, one] of stored.entries()) if (index % 2 === 0) one.rest();

  log.close(false);

  const given = givenOf(folder.path);
  const again = given.filter((text) => Number(text) % 2 === 1);
  expect(given.length - again.length).toBe(1000);
  // Those that come first are known.
  expect(again).toEqual(texts.filter((_, index) => index % 2 === 1).slice(1000 - again.length));
  expect(again.length).toBeLessThan(850);
  expect(statSync(join(folder.path, 'cursor')).size).toBe(4096);
  expect(String(failures[0])).toContain(`there is room for ${1000 - again.length} gaps in it`);
});

test('where a full disk takes only the first line of the cursor, its place counts, and what that costs is told of', () => {
  using folder = temporaryFolder();
  openLog(folder.path).log.close(false);
  const { log, failures } = openLog(folder.path, {
    segmentBytes: 100,
    files: {
      ...realFiles,
      // Of a cursor of an earlier version, on a file system with small blocks.
      writeSync: ((fd: number, text: string, position: number) =>
        realFiles.writeSync(fd, text.slice(0, 256), position)) as typeof realFiles.writeSync,
    },
  });
  const stored = Array.from({ length: 4 }, (_, index) => hold(log, `${index}`.padEnd(80)));
  stored[0]!.settled(1);
  stored[2]!.settled(1);

  log.checkpoint();

  expect(segmentsIn(folder.path)).toHaveLength(3);
  expect(givenOf(folder.path).map((text) => text.trim())).toEqual(['1', '2', '3']);
  expect(String(failures[0])).toContain('the disk is full; it is sent again');
  stored[1]!.settled(1);
  log.checkpoint();
  expect(givenOf(folder.path).map((text) => text.trim())).toEqual(['3']);
  expect(failures).toHaveLength(1);
});

/** A log whose cursor has two lines, its records and which of them are open. */
function leaveOutOfTurn(folder: string): readonly string[] {
  const { log } = openLog(folder, { segmentBytes: 300 });
  const stored = Array.from({ length: 12 }, (_, index) => hold(log, `record ${index}`.padEnd(40)));
  for (const [index, one] of stored.entries())
    if ([0, 2, 3, 7, 8, 11].includes(index)) one.settled(1);
    else one.rest();
  log.close(false);
  return [1, 4, 5, 6, 9, 10].map((index) => `record ${index}`.padEnd(40));
}

test('a cursor of two lines with any one byte changed, or cut anywhere, costs repetition and no record', () => {
  using folder = temporaryFolder();
  const open = leaveOutOfTurn(folder.path);
  const path = join(folder.path, 'cursor');
  const cursor = readFileSync(path);
  const ranges = cursor.subarray(256).toString().trimEnd().length;
  expect(givenOf(folder.path)).toEqual(open);
  for (let at = 0; at <= 256 + ranges; at++)
    for (const bit of [0, 1, 8, 64]) {
      const changed = Buffer.from(cursor);
      changed[at]! ^= bit;
      writeFileSync(path, bit === 0 ? cursor.subarray(0, at) : changed);

      const { log, lost } = openLog(folder.path);
      const given = drain(log);
      expect({ at, bit, lost }).toEqual({ at, bit, lost: {} });
      expect(open.filter((text) => !given.includes(text))).toEqual([]);
      expect(new Set(given).size).toBe(given.length);
    }
});

test('of a cursor of which a loss of power kept one line, and another one of before or after it, both are believed', () => {
  using folder = temporaryFolder();
  const { log } = openLog(folder.path);
  const path = join(folder.path, 'cursor');
  const stored = Array.from({ length: 9 }, (_, index) => hold(log, `${index}`));
  const all: number[] = [];
  const cursors = [[1, 4], [0], [7], [2, 5], [3]].map((settled) => {
    for (const index of settled) stored[index]!.settled(1);
    all.push(...settled);
    log.checkpoint();
    const place = stored.findIndex((_, index) => !all.includes(index));
    return { bytes: readFileSync(path), place, behind: all.filter((index) => index > place) };
  });
  for (const place of cursors)
    for (const line of cursors) {
      writeFileSync(path, Buffer.concat([place.bytes.subarray(0, 256), line.bytes.subarray(256)]));
      const open = stored.flatMap((_, index) =>
        index < place.place || line.behind.includes(index) ? [] : [`${index}`],
      );
      expect(givenOf(folder.path)).toEqual(open);
    }
});

test('a record that comes after a loss of power is not taken for one that was settled before and lost with its segment', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'cursor');
  const first = openLog(folder.path);
  hold(first.log, 'waits').rest();
  first.log.checkpoint();
  const before = readFileSync(path);
  for (const text of ['a', 'b']) hold(first.log, text).settled(1);
  first.log.checkpoint();
  // The disk has the second line of the cursor, and of the segment what it had before.
  writeFileSync(path, Buffer.concat([before.subarray(0, 256), readFileSync(path).subarray(256)]));
  truncateSync(join(folder.path, segmentsIn(folder.path)[0]!), 48 + 'waits'.length);

  const { log, lost } = openLog(folder.path);
  hold(log, 'later').rest();

  expect(givenOf(folder.path)).toEqual(['waits', 'later']);
  expect(drain(log)).toEqual(['waits', 'later']);
  expect(lost).toEqual({});
});

test.each([
  ['cut away', (path: string) => truncateSync(path, 0)],
  ['removed', (path: string) => realFiles.unlinkSync(path)],
  ['noise', (path: string) => writeFileSync(path, Buffer.alloc(300, 0xf5))],
] as const)('of a segment that is %s only what was open counts as lost', (_what, damage) => {
  using origin = temporaryFolder();
  leaveOutOfTurn(origin.path);
  const count = segmentsIn(origin.path).length;
  expect(count).toBe(4);
  for (let index = 0; index < count; index++) {
    using folder = temporaryFolder();
    leaveOutOfTurn(folder.path);
    damage(join(folder.path, segmentsIn(folder.path)[index]!));

    const { log, lost } = openLog(folder.path);
    expect(log.items).toBe(6);
    const given = drain(log);

    // Three records each, of which these are open.
    const open = [1, 2, 1, 2][index]!;
    expect({ index, given: given.length, lost }).toEqual({
      index,
      given: 6 - open,
      lost: { spool_unreadable: open },
    });
  }
});

test('of segments that are dropped only what was open counts as lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('settle', 'rest'), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      (puts, isReopened, taken, count) => {
        using folder = temporaryFolder();
        let { log, lost } = openLog(folder.path, { segmentBytes: 150 });
        const stored = puts.map((_, index) => hold(log, `record ${index}`, (index % 3) + 1));
        let open = 0;
        for (const [index, what] of puts.entries()) {
          if (what === 'settle') stored[index]!.settled((index % 3) + 1);
          else {
            stored[index]!.rest();
            open += (index % 3) + 1;
          }
        }
        if (isReopened) {
          log.close(false);
          ({ log, lost } = openLog(folder.path, { segmentBytes: 150 }));
        } else log.checkpoint();
        // Read, and given back.
        const held = Array.from({ length: taken }, () => log.next());
        for (const one of held) one?.stored.rest();

        log.evictOldest('spool_full', count);

        expect(log.items + (lost['spool_full'] ?? 0)).toBe(open);
        let left = 0;
        for (let next = log.next(); next !== undefined; next = log.next()) {
          left += next.request.items;
          next.stored.settled(next.request.items);
        }
        expect(left + (lost['spool_full'] ?? 0)).toBe(open);
        expect(Object.keys(lost).filter((reason) => reason !== 'spool_full')).toEqual([]);
      },
    ),
  );
});

test('in whatever order records are settled, on a disk that is full or not: whoever opens the log after a close gets what is open, and after a kill beside that what was settled since the last checkpoint', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ put: fc.constantFrom('held', 'at rest') }) },
    { weight: 2, arbitrary: fc.constant({ next: true }) },
    { weight: 5, arbitrary: fc.record({ settle: fc.nat({ max: 30 }) }) },
    fc.record({ rest: fc.nat({ max: 30 }) }),
    { weight: 2, arbitrary: fc.constant({ checkpoint: true }) },
    fc.constant({ fills: true }),
    fc.constant({ empties: true }),
    fc.record({ life: fc.constantFrom('killed', 'closed') }),
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.constantFrom(120, 300, 10_000),
      (steps, segmentBytes) => {
        using folder = temporaryFolder();
        const disk = smallDisk();
        const open = (): ReturnType<typeof openLog> =>
          openLog(folder.path, { segmentBytes, files: disk.files });
        let { log, lost } = open();
        let count = 0;
        let atRest = new Set<number>();
        const held = new Map<number, Stored>();
        const settled = new Set<number>();
        let noted = new Set<number>();
        const itemsOf = (id: number): number => (id % 3) + 1;
        const idOf = (text: string): number => Number(text.slice('record '.length));
        const holding = (nth: number): number | undefined => [...held.keys()][nth % held.size];
        for (const now of steps) {
          if ('put' in now) {
            const stored = log.put(requestOf(`record ${count}`, itemsOf(count)));
            if ('refused' in stored) {
              expect(disk.isFull).toBe(true);
              continue;
            }
            held.set(count, stored);
            if (now.put === 'at rest') {
              stored.rest();
              held.delete(count);
              atRest.add(count);
            }
            count++;
          } else if ('next' in now) {
            const taken = log.next();
            expect(taken && idOf(textOf(taken.request))).toBe(
              [...atRest].toSorted((a, b) => a - b)[0],
            );
            if (taken === undefined) continue;
            const id = idOf(textOf(taken.request));
            atRest.delete(id);
            held.set(id, taken.stored);
          } else if ('settle' in now) {
            const id = holding(now.settle);
            if (id === undefined) continue;
            held.get(id)!.settled(itemsOf(id));
            held.delete(id);
            settled.add(id);
          } else if ('rest' in now) {
            const id = holding(now.rest);
            if (id === undefined) continue;
            held.get(id)!.rest();
            held.delete(id);
            atRest.add(id);
          } else if ('checkpoint' in now) {
            log.checkpoint();
            noted = new Set(settled);
          } else if ('fills' in now) disk.isFull = true;
          else if ('empties' in now) disk.isFull = false;
          else {
            if (now.life === 'closed') {
              log.close(false);
              noted = new Set(settled);
            }
            ({ log, lost } = open());
            const given = givenOf(folder.path).map(idOf);
            const isOpen = new Set([...atRest, ...held.keys()]);
            expect([...isOpen].filter((id) => !given.includes(id))).toEqual([]);
            expect(given.filter((id) => !isOpen.has(id) && !settled.has(id))).toEqual([]);
            expect(given.filter((id) => noted.has(id))).toEqual([]);
            expect(new Set(given).size).toBe(given.length);
            for (const id of given) settled.delete(id);
            atRest = new Set(given);
            held.clear();
          }
          expect(log.items).toBe([...atRest].reduce((sum, id) => sum + itemsOf(id), 0));
          expect(lost).toEqual({});
        }
      },
    ),
    { numRuns: 300 },
  );
});
