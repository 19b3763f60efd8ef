import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LedgerSnapshot } from '@llm-otel/core';
import { unreachableUrl } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Files } from '../src/spool/disk/files.ts';
import { during, ONLY_503, spoolIn, startLife } from './fixtures/lives.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { makeSpans } from './fixtures/spans.ts';

let folder: ReturnType<typeof temporaryFolder>;
let said: string[];
beforeEach(() => {
  folder = temporaryFolder();
  said = [];
  const log = (line: string): number => said.push(line);
  diag.setLogger({ error: log, warn: log, info() {}, debug() {}, verbose() {} });
});
afterEach(() => {
  diag.disable();
  folder[Symbol.dispose]();
});

const saidOfSpool = (): string[] => said.filter((line) => line.includes('spool.directory'));
const otlp = ({ destinations }: LedgerSnapshot) => destinations['otlp']!;

/** A short life with an outage. What it dropped, by reason. */
async function outage(
  directory: string,
  files: Partial<Files> = {},
): Promise<LedgerSnapshot['dropped']> {
  const life = startLife({ directory, script: ONLY_503, tools: { files } });
  life.end(100);
  await life.during(life.processor.shutdown());
  expect(otlp(life.ledger())).toMatchObject({ handed: 100, spooled: 0, inFlight: 0 });
  return otlp(life.ledger()).dropped;
}

const CANNOT_BE_MADE: readonly (readonly [string, (path: string) => string, RegExp])[] = [
  [
    'below /proc',
    () => '/proc/llm-otel',
    /"\/proc\/llm-otel" cannot be used, a part of the path is not there and cannot be made \(ENOENT, .*: name a directory on a disk/,
  ],
  [
    'a file',
    (path) => fileIn(path),
    /a part of the path is a file \(ENOTDIR, .*: remove that file/,
  ],
  [
    'below a file',
    (path) => join(fileIn(path), 'a', 'b'),
    /a part of the path is a file \(ENOTDIR, /,
  ],
  [
    'a link to nowhere',
    (path) => linkIn(path, join(path, 'nowhere')),
    /is not there and cannot be made \(ENOENT, /,
  ],
  [
    'links in a circle',
    (path) => linkIn(path, join(path, 'link')),
    /its links lead in a circle \(ELOOP, /,
  ],
  [
    'a name too long',
    (path) => join(path, 'x'.repeat(300)),
    /the path is too long \(ENAMETOOLONG, /,
  ],
];

function fileIn(path: string): string {
  writeFileSync(join(path, 'file'), '');
  return join(path, 'file');
}

function linkIn(path: string, target: string): string {
  symlinkSync(target, join(path, 'link'));
  return join(path, 'link');
}

test.each(CANNOT_BE_MADE)(
  'a directory that is %s costs what would have gone there; one line names option, path and what helps',
  async (_what, directoryIn, message) => {
    const dropped = await outage(directoryIn(folder.path));

    expect(dropped).toEqual({ spool_unwritable: 100 });
    expect(saidOfSpool()).toHaveLength(1);
    expect(saidOfSpool()[0]).toMatch(message);
  },
);

test.each([
  ['EDQUOT', /the quota of this user is used up/],
  ['EMFILE', /the process has too many files open .*ulimit/],
  ['EIO', /the disk does not work/],
  ['EWEIRD', /EWEIRD: it is as it is \(EWEIRD/],
] as const)('%s of the operating system is told as what it means', async (code, message) => {
  const fail = (): never => {
    throw Object.assign(new Error(`${code}: it is as it is`), { code });
  };
  await outage(folder.path, { openSync: fail });

  expect(saidOfSpool()).toHaveLength(1);
  expect(saidOfSpool()[0]).toMatch(message);
});

test('a directory that cannot be used is told of at the start, before any receiver is in trouble', async () => {
  const life = startLife({ directory: fileIn(folder.path) });
  await life.turns();
  expect(saidOfSpool()).toHaveLength(1);
});

interface AppRun {
  readonly said: readonly string[];
  readonly ledger: LedgerSnapshot;
  readonly errors: readonly string[];
}

/** Runs fixtures/directory-app.ts, in a mount namespace of its own where `mount` says what to do in it. */
async function runApp(directory: string, user: string, mount: string): Promise<AppRun> {
  const app = join(import.meta.dirname, 'fixtures/directory-app.ts');
  const url = `${await unreachableUrl()}/v1/traces`;
  const script = `${mount} exec "$@"`;
  const node = [process.execPath, app, url, directory, user];
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script, directory, ...node], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as AppRun;
}

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('a read-only file system, and a directory of somebody else', async () => {
  const runs: [RegExp, AppRun][] = [
    [
      /the file system is read-only \(EROFS, .*: mount a volume that can be written to/,
      await runApp(folder.path, '', 'mount -t tmpfs -o ro none "$0" &&'),
    ],
    [
      /this user may not write there \(EACCES, .*: give the directory to it, or name another/,
      await runApp(folder.path, '65534', ''),
    ],
  ];
  for (const [message, run] of runs) {
    expect(run.errors).toEqual([]);
    expect(run.said.filter((line) => message.test(line))).toHaveLength(1);
    const { handed, spooled, exported, dropped } = otlp(run.ledger);
    expect({ handed, spooled, exported }).toEqual({ handed: 1000, spooled: 0, exported: 0 });
    expect(Object.values(dropped).reduce((sum, count) => sum + count)).toBe(1000);
  }
});

test.each([
  ['removed', () => rmSync(spoolIn(folder.path), { recursive: true })],
  [
    'replaced by a file',
    () => {
      const path = spoolIn(folder.path);
      rmSync(path, { recursive: true });
      writeFileSync(path, 'a file');
    },
  ],
  [
    'moved away and made anew by someone',
    () => {
      const path = spoolIn(folder.path);
      renameSync(path, `${path}-old`);
      mkdirSync(path, { mode: 0o700 });
    },
  ],
] as const)(
  'a folder that is %s under a process is told as that and counted',
  async (_what, change) => {
    const { end, processor, clock, ledger } = startLife({
      directory: folder.path,
      script: ONLY_503,
    });
    end(600);
    await during(clock, processor.forceFlush(), 500);
    const { spooled } = otlp(ledger());
    expect(spooled).toBeGreaterThan(0);

    change();
    await clock.advance(11_000);

    expect(otlp(ledger()).dropped).toEqual({ spool_removed: spooled });
    expect(said.join('\n')).toContain('was removed, or something else was put in its place');
    expect(said.join('\n')).not.toContain('another process');
  },
);

test('a folder that was removed is made again, and what comes later is spooled', async () => {
  const { end, processor, clock, ledger } = startLife({
    directory: folder.path,
    script: ONLY_503,
  });
  end(600);
  await during(clock, processor.forceFlush(), 500);
  rmSync(spoolIn(folder.path), { recursive: true });
  await clock.advance(11_000);
  const { spooled: before } = otlp(ledger());
  end(300);
  await during(clock, processor.shutdown());

  expect(otlp(ledger()).spooled - before).toBeGreaterThanOrEqual(300);
  const next = startLife({ directory: folder.path });
  await next.clock.advance(1000);
  expect(otlp(next.ledger())).toMatchObject({
    recovered: otlp(ledger()).spooled,
    exported: otlp(ledger()).spooled,
  });
});

test('files of one destination that are removed before the end do not count as spooled', async () => {
  const { end, processor, clock, ledger } = startLife({
    directory: folder.path,
    script: ONLY_503,
  });
  end(600);
  await during(clock, processor.forceFlush(), 500);
  const root = spoolIn(folder.path);
  for (const name of readdirSync(root).filter((found) => found.includes('@')))
    rmSync(join(root, name), { recursive: true });

  await during(clock, processor.shutdown());

  const { spooled, dropped } = otlp(ledger());
  const left = startLife({ directory: folder.path });
  await left.clock.advance(1000);
  expect(otlp(left.ledger()).recovered).toBe(spooled);
  expect(dropped['spool_removed']).toBe(600 - spooled);
});

test.each([0o777, 0o277, 0o022, 0o000])(
  'whatever the umask, here %o, folders are 0700, files 0600, and what they hold is delivered',
  async (umask) => {
    const before = process.umask(umask);
    try {
      const directory = join(folder.path, 'made', 'by the spool');
      const first = startLife({ directory, script: ONLY_503, spool: { segmentBytes: 4096 } });
      first.end(600);
      await during(first.clock, first.processor.forceFlush(), 500);
      const root = spoolIn(directory);
      for (const name of ['', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
        const found = statSync(join(root, name));
        expect(found.mode & 0o777).toBe(found.isDirectory() ? 0o700 : 0o600);
      }
      await during(first.clock, first.processor.shutdown());

      const second = startLife({ directory });
      await second.clock.advance(1000);
      expect(otlp(second.ledger())).toMatchObject({ recovered: 600, exported: 600 });
    } finally {
      process.umask(before);
    }
  },
);

test('a folder that others can read is closed to them before anything is written', async () => {
  const first = startLife({ directory: folder.path });
  await first.turns();
  await during(first.clock, first.processor.shutdown());
  const root = spoolIn(folder.path);
  chmodSync(root, 0o755);

  const second = startLife({ directory: folder.path, script: ONLY_503 });
  for (const span of makeSpans(10)) second.processor.onEnd(span);
  await during(second.clock, second.processor.shutdown());

  expect(statSync(root).mode & 0o777).toBe(0o700);
});
