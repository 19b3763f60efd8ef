import {
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { CliIo } from '@llm-otel/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog, requestOf, temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { makeSpoolLog, runSpool, type SpoolRun } from '../../test/fixtures/spool-logs.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';
import { realFiles } from '../spool/disk/files.ts';
import { OwnerLock } from '../spool/disk/owner-lock.ts';
import { thisThread } from '../spool/disk/owner-identity.ts';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = spoolFolder(folder.path);
});
afterEach(() => folder[Symbol.dispose]());

const makeLog = (name: string, requests: readonly (readonly string[])[]): void =>
  makeSpoolLog(root, name, requests);

const spool = (...args: string[]): Promise<SpoolRun> => runSpool(folder.path, args);

const LOG = 'collector.traces.internal@7-dead.0';

test('ls tells what waits, as a table and as JSON', async () => {
  makeLog(LOG, [['a', 'b'], ['c']]);

  const { code, out } = await spool('ls');
  expect(code).toBe(0);
  expect(out.split('\n')[0]).toBe(
    'destination  signal  sensitivity  refused  records  items  on disk  oldest                    in use',
  );
  expect(out).toMatch(
    /^collector {4}traces {2}internal {5}- {8}2 {8}3 {6}[\d.]+ KiB +2026-.+Z {2}no$/m,
  );
  expect(JSON.parse((await spool('ls', '--json')).out)).toMatchObject({
    destination: 'collector',
    records: 2,
    items: 3,
    inUse: false,
  });
  expect((await spool('ls', '--destination', 'other')).out).toBe('nothing waits\n');
});

test.each(['ls', 'verify', 'cat', 'replay', 'purge'])(
  '%s of a spool that cannot be read says so, and does not say that nothing waits',
  async (command) => {
    writeFileSync(root, 'in its place');

    const { code, out, err } = await spool(command);

    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toBe(`llm-otel spool: ${root} cannot be read (ENOTDIR)\n`);
  },
);

test('a spool of another user that cannot be read is told of, beside what waits in ours', async () => {
  makeLog(LOG, [['a']]);
  const other = join(folder.path, 'llm-otel-spool-4294967294');
  writeFileSync(other, '');

  const { code, out, err } = await spool('ls');

  expect(code).toBe(0);
  expect(out).toContain('collector');
  expect(err).toBe(`llm-otel spool: ${other} cannot be read (ENOTDIR)\n`);
});

test('ls of a log that takes long tells how far it is', async () => {
  makeLog(LOG, [['a'], ['b'], ['c']]);
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000));
  const seen: string[] = [];
  const stderr = { columns: 500, write: (text: string) => seen.push(text) > 0 };

  await runSpool(folder.path, ['ls'], { stderr });

  expect(seen.join('')).toContain(`reading ${join(root, LOG)}: 2 records`);
  vi.restoreAllMocks();
});

test('verify names the file and the byte of what is damaged, and exits with 1', async () => {
  makeLog(LOG, [['a'], ['b'], ['c']]);
  expect(await spool('verify')).toMatchObject({
    code: 0,
    out: '3 records in 1 log, 0 problems\n',
  });
  const segment = readdirSync(join(root, LOG)).find((name) => name.endsWith('.seg'))!;
  const file = join(root, LOG, segment);
  const bytes = readFileSync(file);
  bytes[60]! ^= 1;
  writeFileSync(file, bytes);

  const { code, out } = await spool('verify');

  expect(code).toBe(1);
  expect(out).toContain(`${file}, byte 0: a record of 1 item is damaged\n`);
});

test('verify tells what is missing at either end of a log, and where it cannot know how much', async () => {
  const seen = async (damage: (log: string, file: string) => void): Promise<SpoolRun> => {
    rmSync(root, { recursive: true, force: true });
    makeLog(LOG, [['a', 'b', 'c'], ['d']]);
    const log = join(root, LOG);
    damage(log, join(log, '000000000001.seg'));
    return spool('verify');
  };
  const flip = (file: string): void => {
    const bytes = readFileSync(file);
    bytes[4]! ^= 1;
    writeFileSync(file, bytes);
  };

  const first = await seen((_, file) => flip(file));
  expect(first.code).toBe(1);
  expect(first.out).toContain(': 3 items missing in front of it\n');

  const emptied = await seen((_, file) => truncateSync(file, 0));
  expect(emptied.code).toBe(1);
  expect(emptied.out).toContain(': 4 items missing at the end of the log\n');

  const removed = await seen((_, file) => unlinkSync(file));
  expect(removed.out).toContain(': 4 items missing at the end of the log\n');

  const unknown = await seen((log, file) => {
    truncateSync(file, 0);
    unlinkSync(join(log, 'cursor'));
  });
  expect(unknown.code).toBe(1);
  expect(unknown.out).toContain(': how many items were there is not known');

  const cursor = await seen((log) => writeFileSync(join(log, 'cursor'), '{'));
  expect(cursor.code).toBe(1);
  expect(cursor.out).toContain('cursor, byte 0: it is damaged');
});

test('what was delivered out of turn waits no more, and is not missing where its file is gone', async () => {
  const path = join(root, LOG);
  realFiles.mkdirSync(path, { recursive: true });
  const { log } = openLog(path, { segmentBytes: 100 });
  const stored = ['a', 'b', 'c', 'd'].map((text) => log.put(requestOf(text.repeat(80), 10)));
  for (const [index, one] of stored.entries()) {
    if ('refused' in one) throw new Error(one.refused);
    if (index === 1 || index === 2) one.settled(10);
    else one.rest();
  }
  log.close(false);

  expect(readdirSync(path)).toEqual(['000000000001.seg', '000000000004.seg', 'cursor']);
  expect(JSON.parse((await spool('ls', '--json')).out)).toMatchObject({ records: 2, items: 20 });
  expect(await spool('verify')).toMatchObject({
    code: 0,
    out: '2 records in 1 log, 0 problems\n',
  });
  unlinkSync(join(path, '000000000004.seg'));
  const { code, out } = await spool('verify');
  expect({ code, out }).toMatchObject({ code: 1 });
  expect(out).toContain(': 10 items missing at the end of the log\n');
});

test('cat prints what waits as OTLP/JSON, a request a line', async () => {
  makeLog(LOG, [['a', 'b'], ['c']]);

  const { code, out } = await spool('cat');

  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'a' }, { name: 'b' }] }] }],
  });
});

test('cat waits for a reader that is slow, and does not fill the memory meanwhile', async () => {
  makeLog(LOG, [['a'], ['b'], ['c']]);
  const stream = new EventEmitter();
  let lines = 0;
  const written = (count: number): Promise<unknown> => vi.waitFor(() => expect(lines).toBe(count));
  const stdout = {
    write: () => {
      lines++;
      return false;
    },
    once: (event: string, listener: () => void) => stream.once(event, listener),
    off: (event: string, listener: () => void) => stream.off(event, listener),
  };

  const running = runSpool(folder.path, ['cat'], { stdout });
  await written(1);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(lines).toBe(1);
  stream.emit('drain');
  await written(2);
  stream.emit('drain');
  await written(3);
  stream.emit('close');

  expect((await running).code).toBe(0);
  expect(stream.eventNames()).toEqual([]);
});

test('purge says what it would do, does it with --yes, and lets be what a process uses', async () => {
  makeLog(LOG, [['a']]);
  const lock = new OwnerLock(realFiles, root, '8-alive', thisThread(realFiles));
  makeLog('collector.traces.restricted@8-alive.0', [['b']]);

  const dry = await spool('purge');
  expect(dry).toMatchObject({ code: 1 });
  expect(dry.out).toMatch(/^would delete 1 log, .+: say --yes to do it\n$/);
  expect(dry.err).toContain('in use by a process that runs: 1 log.');
  expect((await spool('purge', '--older-than', '1h', '--yes')).out).toMatch(/^deleted 0 logs/);
  expect((await spool('purge', '--yes')).out).toMatch(/^deleted 1 log,/);
  expect(readdirSync(root).filter((name) => name.includes('@'))).toEqual([
    'collector.traces.restricted@8-alive.0',
  ]);
  lock.release();
  expect(await spool('purge', '--sensitivity', 'restricted', '--yes')).toMatchObject({ code: 0 });
});

test('purge asks at a terminal, and takes nothing but yes for yes', async () => {
  makeLog(LOG, [['a']]);
  const terminal = (answer: string): Partial<CliIo> => ({
    stdin: Object.assign(toStream(answer), { isTTY: true }),
    stderr: { write: () => true, columns: 80 },
  });

  expect(await runSpool(folder.path, ['purge'], terminal('y\n'))).toMatchObject({ code: 1 });
  expect(await runSpool(folder.path, ['purge'], terminal(''))).toMatchObject({ code: 1 });
  expect(readdirSync(root)).toEqual([LOG]);
  const { code, out } = await runSpool(folder.path, ['purge'], terminal('yes\n'));
  expect(out).toMatch(/^deleted 1 log, /);
  expect(code).toBe(0);
  expect(readdirSync(root)).toEqual([]);
  expect(await runSpool(folder.path, ['purge'], terminal(''))).toMatchObject({ code: 0 });
});

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield new TextEncoder().encode(text);
}

test('purge without a terminal deletes nothing unless it is told to, and --dry-run never does', async () => {
  makeLog(LOG, [['a']]);
  makeLog('collector.traces.restricted.http_400@7-dead.1', [['b']]);

  expect(await spool('purge')).toMatchObject({ code: 1 });
  expect(await spool('purge', '--dry-run', '--yes')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^would delete 2 logs, .+\n$/) as string,
  });
  expect(readdirSync(root)).toHaveLength(2);
  expect((await spool('purge', '--dead-letters', '--yes')).out).toMatch(/^deleted 1 log,/);
  expect(readdirSync(root)).toEqual([LOG]);
});

test('ls and cat show dead letters with why they were refused', async () => {
  makeLog(LOG, [['a']]);
  makeLog('collector.traces.internal.http_400@7-dead.1', [['refused one']]);

  expect((await spool('ls')).out).toMatch(/internal +http_400 +1 +1/);
  expect((await spool('ls', '--dead-letters', '--json')).out.trim().split('\n')).toHaveLength(1);
  expect((await spool('cat')).out).not.toContain('refused one');
  expect((await spool('cat', '--dead-letters')).out).toContain('refused one');
});

test('a lock of a container that has been silent for long does not keep anybody from its logs', async () => {
  makeLog('collector.traces.internal@9-far.0', [['a']]);
  const lock = join(root, '9-far.lock');
  writeFileSync(lock, JSON.stringify({ pid: 1, started: '5', scope: 'other', host: 'x' }));
  expect((await spool('ls', '--json')).out).toContain('"inUse":true');
  const before = Date.now() / 1000 - 700;
  utimesSync(lock, before, before);
  expect((await spool('ls', '--json')).out).toContain('"inUse":false');
});

test.each(['ls', 'verify', 'cat', 'replay'])(
  'Ctrl-C ends %s while it reads, with 130',
  async (subcommand) => {
    makeLog(
      LOG,
      Array.from({ length: 50 }, (_, i) => [`span ${i}`]),
    );
    const interrupted = new AbortController();
    setImmediate(() => interrupted.abort());
    const { signal } = interrupted;
    expect(await runSpool(folder.path, [subcommand], { signal })).toMatchObject({ code: 130 });
    expect((await spool('ls', '--json')).out).toContain('"records":50');
  },
);

test('help, and mistakes in the use', async () => {
  expect((await spool('--help')).out).toContain('llm-otel spool <ls|verify|cat|replay|purge>');
  expect(await spool()).toMatchObject({ code: 2 });
  expect((await spool('lst')).err).toMatch(/^llm-otel spool: there is no subcommand "lst"/);
  expect((await spool('ls', 'more')).code).toBe(2);
  expect((await spool('ls', '--wrong')).err).toContain("'--wrong'");
  const bare = await spool('replay', '--header', 'secret-token');
  expect(bare.code).toBe(2);
  expect(bare.err).toMatch(/^llm-otel spool: --header takes name=value, and one .+ has no =/);
  expect(bare.err).not.toContain('secret-token');
  expect((await spool('purge', '--older-than', 'soon')).err).toContain('--older-than is "soon"');
  const empty = await runSpool('', ['purge', '--yes']);
  expect(empty.code).toBe(2);
  expect(empty.err).toContain('--directory is empty');
  // Before anybody looks whether there is a spool.
  const secret = await spool('purge', '--sensitivity', 'secretx');
  expect(secret.code).toBe(2);
  expect(secret.err).toContain(
    '--sensitivity is "secretx": use one of public, internal, confidential, restricted',
  );
  const endpoint = await spool('replay', '--endpoint', 'notaurl');
  expect(endpoint.code).toBe(2);
  expect(endpoint.err).toContain('--endpoint or --header');
  expect(await spool('ls')).toMatchObject({
    code: 1,
    err: `llm-otel spool: there is no spool in ${folder.path}\n`,
  });
});
