import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drain, leave, openLog, temporaryFolder } from '../../../test/fixtures/record-logs.ts';
import { type Files, realFiles } from './files.ts';
import type { OpenLog } from './open-log.ts';
import { shrink } from './open-log.ts';

/** The real files, with what is read and how often a cursor is written. */
function countingFiles(): {
  readonly files: Files;
  readonly bytes: () => number;
  readonly cursors: () => number;
} {
  let bytes = 0;
  let cursors = 0;
  const readSync = ((...args: Parameters<typeof realFiles.readSync>) => {
    const read = realFiles.readSync(...args);
    bytes += read;
    return read;
  }) as typeof realFiles.readSync;
  const openSync: typeof realFiles.openSync = (path, flags, mode) => {
    if (String(path).endsWith('cursor') && flags === 'r+') cursors++;
    return realFiles.openSync(path, flags, mode);
  };
  return {
    files: { ...realFiles, readSync, openSync },
    bytes: () => bytes,
    cursors: () => cursors,
  };
}

const MIB = 1024 * 1024;

test('gigabytes of holes cost a little reading, and no record', () => {
  using folder = temporaryFolder();
  const before = openLog(folder.path);
  leave(before.log, 'a');
  leave(before.log, 'b');
  before.log.close(false);
  truncateSync(join(folder.path, readdirSync(folder.path)[0]!), 10 * 1024 * MIB);
  for (let number = 2; number < 200; number++) {
    const path = join(folder.path, `${String(number).padStart(12, '0')}.seg`);
    writeFileSync(path, '');
    truncateSync(path, 8 * MIB);
  }
  const counting = countingFiles();

  const { log, lost } = openLog(folder.path, { files: counting.files });

  // What has holes takes no room.
  expect(log.bytes).toBeLessThan(MIB);
  expect(drain(log)).toEqual(['a', 'b']);
  expect(lost).toEqual({});
  expect(counting.bytes()).toBeLessThan(100 * MIB);
});

test('thousands of segments are dropped with one move of the cursor', () => {
  using folder = temporaryFolder();
  const counting = countingFiles();
  const { log, lost } = openLog(folder.path, { segmentBytes: 100, files: counting.files });
  for (let i = 0; i < 2000; i++) leave(log, `record ${i}`.padEnd(60));
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.seg'))).toHaveLength(2000);
  const open = { log, policy: { maxAgeMillis: 1, maxBytes: 1 } } as OpenLog;

  expect(shrink([open], log.bytes / 4)).toBe(true);

  expect(counting.cursors()).toBe(1);
  expect(lost).toEqual({ spool_full: 1500 });
  const left = drain(log);
  expect(left).toHaveLength(500);
  expect(left[0]?.trim()).toBe('record 1500');
});
