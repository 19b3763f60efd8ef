import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliIo } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog, temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';
import { realFiles } from '../spool/disk/files.ts';
import { OwnerLock } from '../spool/disk/owner-lock.ts';
import { thisThread } from '../spool/disk/owner-identity.ts';
import { commands } from './index.ts';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = spoolFolder(folder.path);
});
afterEach(() => folder[Symbol.dispose]());

/** A log of spans that a process left, which is dead unless it has a lock. */
function makeLog(name: string, requests: readonly (readonly string[])[]): void {
  const path = join(root, name);
  realFiles.mkdirSync(path, { recursive: true, mode: 0o700 });
  const { log } = openLog(path);
  for (const names of requests) {
    const spans = names.map((spanName) => makeSpans(1, { name: spanName })[0]!);
    const stored = log.put({
      body: encodeTraceRequest(spans),
      items: spans.length,
      format: 'protobuf',
      sensitivity: 'internal',
    });
    if ('refused' in stored) throw new Error(stored.refused);
    stored.rest();
  }
  log.close(false);
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function spool(...args: string[]): Promise<Run> {
  const texts = { out: '', err: '' };
  const output = (name: keyof typeof texts): CliIo['stdout'] => ({
    write(text) {
      texts[name] += text;
      return true;
    },
  });
  const code = await commands[0]!.run([...args, '--directory', folder.path], {
    stdout: output('out'),
    stderr: output('err'),
    cwd: '/',
    environment: {},
    signal: new AbortController().signal,
  });
  return { code, ...texts };
}

const LOG = 'collector.traces.internal@7-dead.0';

test('ls tells what waits, as a table and as JSON', async () => {
  makeLog(LOG, [['a', 'b'], ['c']]);

  const { code, out } = await spool('ls');
  expect(code).toBe(0);
  expect(out.split('\n')[0]).toBe(
    'destination  signal  sensitivity  records  items  on disk  oldest                    in use',
  );
  expect(out).toMatch(/^collector {4}traces {2}internal {5}2 {8}3 {6}\d+ B +2026-.+Z {2}no$/m);
  expect(JSON.parse((await spool('ls', '--json')).out)).toMatchObject({
    destination: 'collector',
    records: 2,
    items: 3,
    inUse: false,
  });
  expect((await spool('ls', '--destination', 'other')).out).toBe('nothing waits\n');
});

test('verify names the file and the byte of what is damaged, and exits with 1', async () => {
  makeLog(LOG, [['a'], ['b'], ['c']]);
  expect(await spool('verify')).toMatchObject({
    code: 0,
    out: '3 records in 1 log, 0 problems\n',
  });
  const [segment = ''] = readdirSync(join(root, LOG));
  const file = join(root, LOG, segment);
  const bytes = readFileSync(file);
  bytes[60]! ^= 1;
  writeFileSync(file, bytes);

  const { code, out } = await spool('verify');

  expect(code).toBe(1);
  expect(out).toContain(`${file}, byte 0: a record of 1 item is damaged\n`);
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

test('replay sends what is left and removes it', async () => {
  makeLog(LOG, [['a', 'b'], ['c']]);
  await using sink = await startOtlpSink();

  const { code, out } = await spool('replay', '--endpoint', sink.url, '--header', 'x-team=desk');

  expect(out).toBe('3 items delivered, 0 rejected, 0 unreadable, 0 left\n');
  expect(code).toBe(0);
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
  expect(sink.requests[0]?.headers['x-team']).toBe('desk');
  expect((await spool('ls')).out).toBe('nothing waits\n');
});

test('replay says why it could not, and leaves what it did not deliver', async () => {
  makeLog(LOG, [['a', 'b']]);
  await using sink = await startOtlpSink();
  sink.answer({ status: 403, body: 'no' });

  const { code, out, err } = await spool('replay', '--endpoint', sink.url);

  expect(out).toBe('0 items delivered, 2 rejected, 0 unreadable, 0 left\n');
  expect(err).toBe(`llm-otel spool: ${sink.url}/v1/traces: HTTP 403\n`);
  expect(code).toBe(1);
});

test('help, and mistakes in the use', async () => {
  expect((await spool('--help')).out).toContain('llm-otel spool <ls|verify|cat|replay|purge>');
  expect(await spool()).toMatchObject({ code: 2 });
  expect((await spool('lst')).err).toMatch(/^llm-otel spool: there is no subcommand "lst"/);
  expect((await spool('ls', 'more')).code).toBe(2);
  expect((await spool('ls', '--wrong')).err).toContain("'--wrong'");
  expect((await spool('purge', '--older-than', 'soon')).err).toContain('--older-than is "soon"');
  expect(await spool('ls')).toMatchObject({
    code: 1,
    err: `llm-otel spool: there is no spool in ${folder.path}\n`,
  });
});
