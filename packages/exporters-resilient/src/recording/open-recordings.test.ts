import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Recording, RecordedRequest, Signal } from '@llm-otel/core';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog, temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { otlpJson } from '../json/otlp-json.ts';
import { realFiles } from '../spool/disk/files.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';
import { openRecordings } from './open-recordings.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const bodyOf = (...names: string[]): Uint8Array =>
  encodeTraceRequest(names.map((name) => makeSpans(1, { name })[0]!));
const jsonOf = (...names: string[]): string => otlpJson(bodyOf(...names), 'traces');
const framed = (...messages: Uint8Array[]): Uint8Array =>
  Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );

/** Cut into small pieces, so that nothing ever comes as it was written. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function open(content: string | Uint8Array, pieceSize: number = 7): Promise<Recording> {
  const stdin = () => pieces(Buffer.from(content), pieceSize);
  return (await openRecordings('-', { cwd: folder.path, stdin }))[0]!;
}

async function read(recording: Recording): Promise<RecordedRequest[]> {
  const requests: RecordedRequest[] = [];
  for await (const request of recording.requests()) requests.push(request);
  return requests;
}

function namesIn(requests: readonly RecordedRequest[]): string[] {
  return requests.flatMap(({ request }) => {
    const byResource = request['resourceSpans'] as
      | { scopeSpans: { spans: { name: string }[] }[] }[]
      | undefined;
    return (byResource ?? []).flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
    );
  });
}

describe('what it is, is seen by its bytes', () => {
  const lines = `${jsonOf('a', 'b')}\n${jsonOf('c')}\n`;
  const pretty = JSON.stringify(JSON.parse(jsonOf('a', 'b', 'c')), undefined, 2);
  const list = JSON.stringify([JSON.parse(jsonOf('a', 'b')), JSON.parse(jsonOf('c'))]);
  const forms: [string, string | Uint8Array][] = [
    ['JSON, a request a line', lines],
    ['JSON without an end of the line', lines.trimEnd()],
    ['JSON over many lines', pretty],
    ['a list of requests', list],
    ['lines behind empty ones', `\n\r\n${lines}`],
    ['one protobuf request', bodyOf('a', 'b', 'c')],
    ['protobuf requests with their lengths', framed(bodyOf('a', 'b'), bodyOf('c'))],
    [
      'requests that are packed one by one',
      framed(zstdCompressSync(bodyOf('a', 'b')), gzipSync(jsonOf('c'))),
    ],
    ['lines packed with gzip', gzipSync(lines)],
    [
      'gzip files put together',
      Buffer.concat([gzipSync(jsonOf('a', 'b') + '\n'), gzipSync(jsonOf('c'))]),
    ],
    ['lines packed with zstd', zstdCompressSync(lines)],
    [
      'zstd files put together',
      Buffer.concat([zstdCompressSync(jsonOf('a', 'b') + '\n'), zstdCompressSync(jsonOf('c'))]),
    ],
    ['packed protobuf', gzipSync(framed(bodyOf('a', 'b', 'c')))],
  ];

  test.each(forms)('%s', async (_, content) => {
    for (const pieceSize of [1, 7, 1000]) {
      const recording = await open(content, pieceSize);
      const requests = await read(recording);

      expect(namesIn(requests)).toEqual(['a', 'b', 'c']);
      expect(requests.every(({ signal }) => signal === 'traces')).toBe(true);
      expect(recording.damage).toEqual({ parts: 0, first: undefined });
    }
  });

  test('and so is the signal', async () => {
    const eightBytes = [1, 0, 0, 0, 0, 0, 0, 0];
    const nested = (field: number, bytes: readonly number[]): number[] => [
      (field << 3) | 2,
      bytes.length,
      ...bytes,
    ];
    const requestOf = (item: readonly number[]): Uint8Array =>
      Uint8Array.from(nested(1, nested(2, nested(2, item))));
    const name = nested(1, Array.from(Buffer.from('tokens')));
    const signals: [Signal, Uint8Array][] = [
      ['metrics', requestOf([...name, ...nested(5, nested(1, [0x31, ...eightBytes]))])],
      ['logs', requestOf([0x09, ...eightBytes])],
      ['traces', bodyOf('a')],
    ];

    for (const [signal, bytes] of signals) {
      const requests = await read(await open(framed(bytes)));
      expect(requests.map((request) => request.signal)).toEqual([signal]);
    }
    const json = await read(await open('{"resourceLogs":[]}\n{"resourceMetrics":[]}\n{"other":1}'));
    expect(json.map(({ signal, place }) => [signal, place])).toEqual([
      ['logs', 'line 1'],
      ['metrics', 'line 2'],
    ]);
  });
});

describe('what cannot be read is passed over and counted', () => {
  test.each([
    ['a torn line', `${jsonOf('a')}\n{"resourceSpans":[{\n${jsonOf('b')}`, /^line 2 is no JSON: /],
    ['a torn first line', `{"resourceSp\n${jsonOf('a')}\n${jsonOf('b')}`, /^line 1 is no JSON: /],
    [
      'a request that is none',
      framed(bodyOf('a'), Uint8Array.of(0x0a, 0xff), bodyOf('b')),
      /^request 2 is none of OTLP: .*byte/,
    ],
    [
      'the end of a packed one',
      framed(bodyOf('a'), bodyOf('b'), bodyOf('c')).subarray(0, -9),
      /^request 3 ends after \d+ of \d+ bytes$/,
    ],
    [
      'a length that is none',
      Buffer.concat([framed(bodyOf('a'), bodyOf('b')), Buffer.from([0x7f, 0, 0, 0, 0])]),
      /^request 3 has no length$/,
    ],
  ] as const)('%s', async (_, content, problem) => {
    const recording = await open(content);

    expect(namesIn(await read(recording))).toEqual(['a', 'b']);
    expect(recording.damage.parts).toBe(1);
    expect(recording.damage.first).toMatch(problem);
  });

  test('a packed file that is still being written gives what it has', async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => jsonOf(`span ${at}`)).join('\n');
    const recording = await open(gzipSync(lines).subarray(0, -300), 100);

    expect(namesIn(await read(recording)).slice(0, 2)).toEqual(['span 0', 'span 1']);
    expect(recording.damage.first).toMatch(/no JSON|breaks off/);
  });

  test('no bytes make it throw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.constantFrom([], [0, 0, 0, 9], [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [0x0a], [0x7b]),
        async (bytes, start) => {
          await read(await open(Uint8Array.from([...start, ...bytes])));
        },
      ),
    );
  });
});

describe('files and spools', () => {
  const options = { cwd: '', stdin: () => pieces(new Uint8Array(), 1) };

  test('a file says how far it is', async () => {
    const content = gzipSync(`${jsonOf('a')}\n${jsonOf('b')}\n`);
    writeFileSync(join(folder.path, 'run.gz'), content);
    const [recording] = await openRecordings('run.gz', { ...options, cwd: folder.path });

    expect(recording).toMatchObject({ name: 'run.gz', bytes: content.length, bytesRead: 0 });
    expect(namesIn(await read(recording!))).toEqual(['a', 'b']);
    expect(recording!.bytesRead).toBe(content.length);
  });

  test('a spool is a recording for each of its logs, which says what it waits for', async () => {
    const root = spoolFolder(folder.path);
    for (const [name, spans] of [
      ['collector.traces.internal@1-1.0', ['a', 'b']],
      ['backup.traces.internal@1-1.0', ['c']],
    ] as const) {
      const path = join(root, name);
      realFiles.mkdirSync(path, { recursive: true, mode: 0o700 });
      const { log } = openLog(path);
      for (const span of spans) {
        log.put({ body: bodyOf(span), items: 1, format: 'protobuf', sensitivity: 'internal' });
      }
      log.close(false);
    }

    const recordings = await openRecordings('.', { ...options, cwd: folder.path });

    expect(recordings.map(({ destination }) => destination)).toEqual(['backup', 'collector']);
    expect(namesIn(await read(recordings[0]!))).toEqual(['c']);
    expect(namesIn(await read(recordings[1]!))).toEqual(['a', 'b']);
    expect(recordings[1]!.damage.parts).toBe(0);
    const one = await openRecordings(recordings[1]!.name, options);
    expect(one.map(({ name }) => name)).toEqual([recordings[1]!.name]);
  });

  test('a damaged record of a spool is passed over', async () => {
    const path = join(spoolFolder(folder.path), 'collector.traces.internal@1-1.0');
    realFiles.mkdirSync(path, { recursive: true, mode: 0o700 });
    const { log } = openLog(path);
    for (const span of ['a', 'b']) {
      log.put({ body: bodyOf(span), items: 1, format: 'protobuf', sensitivity: 'internal' });
    }
    log.close(false);
    const segment = realFiles.readdirSync(path).find((name) => name.endsWith('.seg'))!;
    const bytes = realFiles.readFileSync(join(path, segment));
    bytes[bytes.length - 3]! ^= 0xff;
    writeFileSync(join(path, segment), bytes);

    const [recording] = await openRecordings(path, options);

    expect(namesIn(await read(recording!))).toEqual(['a']);
    expect(recording!.damage.first).toMatch(/^a record is damaged, .*seg, byte \d+: its checksum/);
  });

  test('what is not there, or holds nothing of the kind, is told', async () => {
    mkdirSync(join(folder.path, 'empty'));
    const inFolder = { ...options, cwd: folder.path };

    await expect(openRecordings('empty', inFolder)).rejects.toThrow(
      'empty is a folder without a spool: name a file, or the folder of a spool',
    );
    await expect(openRecordings('nothing', inFolder)).rejects.toThrow('ENOENT');
  });
});
