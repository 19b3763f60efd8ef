import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drain, leave, openLog, temporaryFolder } from '../../../test/fixtures/record-logs.ts';
import { type Files, realFiles, syncFolder } from './files.ts';
import { makeLogFolder } from './log-folder.ts';
import { prepareSpoolFolder } from './spool-folder.ts';

/** A file system that notes how its files are synced and closed, and syncs when it is told to. */
function watchedFiles() {
  const calls: string[] = [];
  const folders: string[] = [];
  const syncs: ((error: NodeJS.ErrnoException | null) => void)[] = [];
  const paths = new Map<number, string>();
  const nameOf = (fd: number): string => paths.get(fd)?.split('/').at(-1) ?? '';
  const files: Files = {
    ...realFiles,
    openSync(path, flags, mode) {
      const fd = realFiles.openSync(path, flags, mode);
      paths.set(fd, String(path));
      return fd;
    },
    fdatasync: Object.assign(
      (fd: number, done: (error: NodeJS.ErrnoException | null) => void): void => {
        calls.push(`sync ${nameOf(fd)} aside`);
        syncs.push(done);
      },
      { __promisify__: realFiles.fdatasync.__promisify__ },
    ),
    fdatasyncSync(fd) {
      calls.push(`sync ${nameOf(fd)}`);
    },
    fsync: Object.assign(
      (fd: number, done: (error: NodeJS.ErrnoException | null) => void): void => {
        folders.push(nameOf(fd));
        done(null);
      },
      { __promisify__: realFiles.fsync.__promisify__ },
    ),
    fsyncSync(fd) {
      folders.push(nameOf(fd));
      calls.push(`sync folder ${realFiles.fstatSync(fd).isDirectory()}`);
    },
    closeSync(fd) {
      if (nameOf(fd).endsWith('.seg')) calls.push(`close ${nameOf(fd)}`);
      realFiles.closeSync(fd);
    },
  };
  return { files, calls, syncs, folders };
}

const [FIRST] = ['000000000001.seg'];

test('with `always` each record is synced before it is acknowledged, and with the first the name of the file', () => {
  using folder = temporaryFolder();
  const { files, calls } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'always' });

  leave(log, 'a');
  leave(log, 'b');

  expect(calls).toEqual(['sync folder true', `sync ${FIRST}`, `sync ${FIRST}`]);
});

test('an interval syncs beside the thread, once at a time, and only what is new', () => {
  using folder = temporaryFolder();
  const { files, calls, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval' });
  leave(log, 'a');

  log.syncAside();
  leave(log, 'b');
  log.syncAside();
  expect(calls).toEqual([`sync ${FIRST} aside`]);

  syncs.shift()?.(null);
  log.syncAside();
  syncs.shift()?.(null);
  log.syncAside();
  expect(calls).toEqual([`sync ${FIRST} aside`, `sync ${FIRST} aside`]);
});

test('a segment that ends between two intervals is synced as well, and closed after that', () => {
  using folder = temporaryFolder();
  const { files, calls, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval', segmentBytes: 100 });
  leave(log, 'x'.repeat(80));

  leave(log, 'y'.repeat(80));
  expect(calls).toEqual([`sync ${FIRST} aside`]);

  syncs.shift()?.(null);
  expect(calls).toEqual([`sync ${FIRST} aside`, `close ${FIRST}`]);
});

test('a segment that ends while it is being synced is synced again: more was written meanwhile', () => {
  using folder = temporaryFolder();
  const { files, calls, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval', segmentBytes: 250 });
  leave(log, 'x'.repeat(80));
  log.syncAside();
  leave(log, 'y'.repeat(60));

  leave(log, 'z'.repeat(80));
  syncs.shift()?.(null);
  expect(calls).toEqual([`sync ${FIRST} aside`, `sync ${FIRST} aside`]);
  syncs.shift()?.(null);

  expect(calls.at(-1)).toBe(`close ${FIRST}`);
});

test('a sync that fails is reported, and the spool goes on', () => {
  using folder = temporaryFolder();
  const { files, syncs } = watchedFiles();
  const { log, failures } = openLog(folder.path, { files, fsync: 'interval' });
  leave(log, 'a');

  log.syncAside();
  syncs.shift()?.(Object.assign(new Error('i/o error'), { code: 'EIO' }));
  leave(log, 'b');

  expect(failures).toHaveLength(1);
  expect(log.items).toBe(2);
});

test('with `always` a record that cannot be synced is not stored: it is refused, and the next one goes into another file', () => {
  using folder = temporaryFolder();
  const { files } = watchedFiles();
  let isBroken = true;
  const { log, failures } = openLog(folder.path, {
    files: {
      ...files,
      fdatasyncSync(fd) {
        if (isBroken) throw Object.assign(new Error('i/o error'), { code: 'EIO' });
        files.fdatasyncSync(fd);
      },
    },
    fsync: 'always',
  });
  const body = new Uint8Array(10);
  const request = { body, items: 1, format: 'protobuf', sensitivity: 'internal' } as const;

  expect(log.put(request)).toEqual({ refused: 'spool_unwritable' });
  isBroken = false;
  leave(log, 'b');

  expect(failures).toHaveLength(1);
  expect(log.items).toBe(1);
  log.close(true);
  const { log: again } = openLog(folder.path);
  expect(again.items).toBe(1);
  expect(again.segments.map(({ size }) => size > 0)).toContain(true);
});

test('after a sync beside the thread that failed, the next record goes into another file: the system forgets what it could not write', () => {
  using folder = temporaryFolder();
  const { files, calls, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval' });
  leave(log, 'a');
  log.syncAside();
  syncs.shift()?.(Object.assign(new Error('i/o error'), { code: 'EIO' }));

  leave(log, 'b');
  log.syncAside();

  expect(calls.at(-1)).toBe('sync 000000000002.seg aside');
});

test('an interval deletes a segment only when the cursor behind it is on the disk itself', () => {
  using folder = temporaryFolder();
  const { files, calls, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval' });
  const segments = (): string[] => readdirSync(folder.path).filter((name) => name !== 'cursor');
  leave(log, 'a');
  drain(log);

  log.checkpoint();
  log.checkpoint();
  expect(calls.filter((call) => call.includes('cursor'))).toEqual(['sync cursor aside']);
  expect(segments()).toEqual([FIRST]);

  syncs.shift()?.(null);
  expect(segments()).toEqual([]);
});

test('what is put while the cursor is synced stays', () => {
  using folder = temporaryFolder();
  const { files, syncs } = watchedFiles();
  const { log } = openLog(folder.path, { files, fsync: 'interval' });
  leave(log, 'a');
  drain(log);
  log.checkpoint();

  leave(log, 'b');
  syncs.shift()?.(null);

  expect(openLog(folder.path).log.items).toBe(1);
});

test('a cursor that cannot be synced is told of and holds nothing back', () => {
  using folder = temporaryFolder();
  const { files, syncs } = watchedFiles();
  const { log, failures } = openLog(folder.path, { files, fsync: 'interval' });
  leave(log, 'a');
  drain(log);
  log.checkpoint();
  syncs.shift()?.(Object.assign(new Error('i/o error'), { code: 'EIO' }));

  expect(failures).toHaveLength(1);
  expect(log.isDrained).toBe(true);
});

test.each([
  ['never', []],
  // Where folders were made, from the top down, then the log, then its first segment.
  ['interval', ['b', 'a', 'spool', 'log']],
  ['always', ['b', 'a', 'spool', 'log']],
] as const)('with `%s` the names of new folders and files reach the disk', (fsync, expected) => {
  using folder = temporaryFolder();
  const { files, folders } = watchedFiles();
  mkdirSync(join(folder.path, 'b'));
  const root = join(folder.path, 'b/a/spool');
  prepareSpoolFolder(files, root, fsync);
  makeLogFolder(files, join(root, 'log'), { maxAgeMillis: 1, maxBytes: 1 }, fsync);
  syncFolder(files, root, fsync);
  const { log } = openLog(join(root, 'log'), { files, fsync });

  leave(log, 'a');

  expect(folders).toEqual(expected);
});
