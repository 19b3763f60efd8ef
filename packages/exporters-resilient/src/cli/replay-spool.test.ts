import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { makeSpoolLog, runSpool, type SpoolRun } from '../../test/fixtures/spool-logs.ts';
import { realFiles } from '../spool/disk/files.ts';
import { readPolicy, writePolicy } from '../spool/disk/log-policy.ts';
import { OwnerLock } from '../spool/disk/owner-lock.ts';
import { thisThread } from '../spool/disk/owner-identity.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = spoolFolder(folder.path);
});
afterEach(() => folder[Symbol.dispose]());

const LOG = 'collector.traces.internal@7-dead.0';
const LETTERS = 'collector.traces.internal.http_400@7-dead.1';
const replay = (...args: string[]): Promise<SpoolRun> => runSpool(folder.path, ['replay', ...args]);
const ls = async (): Promise<Record<string, unknown>[]> =>
  (await runSpool(folder.path, ['ls', '--json'])).out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const logsIn = (): string[] => readdirSync(root).filter((name) => name.includes('@'));

test('replay sends what is left and removes it', async () => {
  makeSpoolLog(root, LOG, [['a', 'b'], ['c']]);
  await using sink = await startOtlpSink();

  const { code, out } = await replay('--endpoint', sink.url, '--header', 'x-team=desk');

  expect(out).toBe('3 items delivered, 0 refused, 0 damaged, 0 left\n');
  expect(code).toBe(0);
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c']);
  expect(sink.requests[0]?.headers['x-team']).toBe('desk');
  expect(logsIn()).toEqual([]);
});

test('headers of the environment are sent, and an option has the last word', async () => {
  makeSpoolLog(root, LOG, [['a']]);
  await using sink = await startOtlpSink();
  const environment = { OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20env, x-team=desk' };

  await runSpool(folder.path, ['replay', '--endpoint', sink.url, '--header', 'x-team=other'], {
    environment,
  });

  expect(sink.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer env',
    'x-team': 'other',
  });
});

test.each([
  [401, 'it wants to know who you are: --header authorization=..., or OTEL_EXPORTER_OTLP_HEADERS'],
  [403, 'these credentials may not write there'],
  [302, '"redirects are not followed": it sends you elsewhere'],
  [404, '--endpoint is the base URL, /v1/<signal> is added'],
  [415, 'it does not take OTLP protobuf'],
  [500, 'it is in trouble'],
])(
  '%i to one is an answer to all: nothing more is sent, everything stays',
  async (status, advice) => {
    makeSpoolLog(root, LOG, [['a', 'b'], ['c']]);
    makeSpoolLog(root, 'other.traces.internal@7-dead.1', [['d']]);
    await using sink = await startOtlpSink();
    sink.answer({ status, body: 'no, not you' });

    const { code, out, err } = await replay('--endpoint', sink.url);

    expect(out).toBe('0 items delivered, 0 refused, 0 damaged, 4 left\n');
    expect(err).toContain(`${sink.url}/v1/traces answered http_${status}`);
    expect(err).toContain(advice);
    expect(err).toContain('What has not arrived is where it was');
    expect(code).toBe(1);
    expect(sink.requests).toHaveLength(1);

    sink.recover();
    expect((await replay('--endpoint', sink.url)).out).toMatch(/^4 items delivered, 0 refused/);
    expect(sink.duplicateSpans).toEqual([]);
  },
);

test('a receiver that is not there leaves everything where it is, and says what to do', async () => {
  makeSpoolLog(root, LOG, [['a', 'b']]);
  const interrupted = AbortSignal.timeout(1500);

  const run = await runSpool(folder.path, ['replay', '--endpoint', await unreachableUrl()], {
    signal: interrupted,
  });

  expect(run.code).toBe(130);
  expect(run.out).toBe('0 items delivered, 0 refused, 0 damaged, 2 left\n');
  expect(run.err).toContain('interrupted. What has not arrived is where it was');
  expect(await ls()).toMatchObject([{ records: 1, items: 2, inUse: false }]);
});

test('a web page is no acknowledgement, and a key in the query of an endpoint is never printed', async () => {
  makeSpoolLog(root, LOG, [['a', 'b'], ['c']]);
  await using sink = await startOtlpSink();
  const key = ['k', '12345'].join('-');
  sink.answer({ status: 200, body: '<html>login</html>' });

  const plan = await replay('--endpoint', `${sink.url}?key=${key}`, '--dry-run');
  const { code, out, err } = await replay('--endpoint', `${sink.url}?key=${key}`);

  expect(code).toBe(1);
  expect(out).toBe('0 items delivered, 0 refused, 0 damaged, 3 left\n');
  expect(err).toContain(`${sink.url}/v1/traces answered not_otlp`);
  expect(sink.requests).toHaveLength(1);
  expect(sink.requests[0]?.path).toBe('/v1/traces');
  expect(plan.out).toContain(`to ${sink.url}/v1/traces\n`);
  expect(plan.out + out + err).not.toContain(key);
});

test('400 is about one record: it becomes a dead letter with its own bounds, the others arrive', async () => {
  makeSpoolLog(root, LOG, [['a'], ['bad', 'bad'], ['c']]);
  const hour = { maxAgeMillis: 3600_000, maxBytes: 1e6 };
  writePolicy(realFiles, join(root, LOG), { ...hour, deadLetters: hour });
  await using sink = await startOtlpSink();
  sink.answer({ status: 200, times: 1 });
  sink.answer({ status: 400, times: 1 });

  const { code, out, err } = await replay('--endpoint', sink.url);

  expect(out).toBe('2 items delivered, 2 refused (http_400: 2), 0 damaged, 0 left\n');
  expect(err).toContain('is kept as dead letters');
  expect(code).toBe(1);
  expect(await ls()).toMatchObject([{ destination: 'collector', refused: 'http_400', items: 2 }]);
  const [letters = ''] = logsIn();
  expect(readPolicy(realFiles, join(root, letters))).toMatchObject(hour);
  expect((await replay('--endpoint', sink.url)).out).toBe(
    '0 items delivered, 0 refused, 0 damaged, 0 left\n',
  );
});

test('dead letters are sent only when asked for; what is refused again stays as old as it was', async () => {
  makeSpoolLog(root, LETTERS, [['a'], ['bad']]);
  const [{ oldest } = {}] = await ls();
  await using sink = await startOtlpSink();
  sink.answer({ status: 200, times: 1 });
  sink.answer({ status: 422, times: 1 });

  const again = await replay('--endpoint', sink.url, '--dead-letters');

  expect(again.out).toBe('1 item delivered, 1 refused (http_422: 1), 0 damaged, 0 left\n');
  expect(await ls()).toMatchObject([{ refused: 'http_422', items: 1, oldest }]);
  sink.recover();
  expect(await replay('--endpoint', sink.url, '--dead-letters')).toMatchObject({ code: 0 });
  expect(logsIn()).toEqual([]);
  expect(sink.spans.map(({ name }) => name)).toContain('bad');
});

test('413 divides a record; what is too large alone becomes a dead letter', async () => {
  makeSpoolLog(root, LOG, [['big', 'c']]);
  await using sink = await startOtlpSink();
  sink.answer({ status: 413, times: 2 });

  expect((await replay('--endpoint', sink.url)).out).toBe(
    '1 item delivered, 1 refused (http_413: 1), 0 damaged, 0 left\n',
  );
  expect(await ls()).toMatchObject([{ refused: 'http_413', items: 1 }]);
});

test('what is damaged is kept byte for byte, whatever is damaged of it', async () => {
  makeSpoolLog(root, LOG, [['a'], ['b'], ['c']]);
  const segment = readdirSync(join(root, LOG)).find((name) => name.endsWith('.seg'))!;
  const path = join(root, LOG, segment);
  const bytes = readFileSync(path);
  const length = bytes.length / 3;
  // The payload of the first record, the header of the second.
  bytes[60]! ^= 1;
  bytes[length + 20]! ^= 1;
  writeFileSync(path, bytes);
  await using sink = await startOtlpSink();

  const { code, out } = await replay('--endpoint', sink.url);

  expect(out).toBe('1 item delivered, 0 refused, 2 damaged, 0 left\n');
  expect(code).toBe(1);
  expect(await ls()).toMatchObject([{ refused: 'damaged', records: 2 }]);
  const [letters = ''] = logsIn();
  const kept = readdirSync(join(root, letters)).find((name) => name.endsWith('.seg'))!;
  const text = readFileSync(join(root, letters, kept)).toString('latin1');
  expect(text).toContain(bytes.subarray(0, length).toString('latin1'));
  expect(text).toContain(bytes.subarray(length, 2 * length).toString('latin1'));
  // Nobody can send them.
  expect((await replay('--endpoint', sink.url, '--dead-letters')).out).toMatch(
    /^0 items delivered/,
  );
  expect(await ls()).toMatchObject([{ refused: 'damaged', records: 2 }]);
});

test('--dry-run tells what would go where, and neither sends nor changes anything', async () => {
  makeSpoolLog(root, LOG, [['a', 'b'], ['c']]);
  await using sink = await startOtlpSink();
  const before = readdirSync(root, { recursive: true });

  const { code, out } = await replay('--endpoint', sink.url, '--dry-run');

  expect(out).toBe(
    `would send 2 records of 3 items of collector (traces, internal) to ${sink.url}/v1/traces\n`,
  );
  expect(code).toBe(0);
  expect(sink.requests).toEqual([]);
  expect(readdirSync(root, { recursive: true })).toEqual(before);
});

test('what a living process has is left to it, and said', async () => {
  realFiles.mkdirSync(root, { mode: 0o700 });
  const lock = new OwnerLock(realFiles, root, '8-alive', thisThread(realFiles));
  makeSpoolLog(root, 'collector.traces.internal@8-alive.0', [['theirs']]);
  makeSpoolLog(root, LOG, [['a']]);
  await using sink = await startOtlpSink();

  const { code, out, err } = await replay('--endpoint', sink.url);

  expect(out).toMatch(/^1 item delivered/);
  expect(err).toContain('left to processes that run and have them: 1 log\n');
  expect(code).toBe(1);
  expect(sink.spans.map(({ name }) => name)).toEqual(['a']);
  lock.release();
});

test('an endpoint that is none, and a header that HTTP does not allow, are mistakes in the use', async () => {
  makeSpoolLog(root, LOG, [['a']]);
  expect(await replay('--endpoint', 'localhost:4318')).toMatchObject({ code: 2 });
  expect(await replay('--header', 'x=a\nb')).toMatchObject({ code: 2 });
  expect(await ls()).toMatchObject([{ items: 1 }]);
});
