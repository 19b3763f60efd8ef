import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError, ledgerErrors } from '@llm-otel/core';
import { decodeOtlpRequest, fakeClock } from '@llm-otel/testing';
import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import { makeSpan, makeSpans } from '../../test/fixtures/spans.ts';
import { type ResilientExporter, resilientExporter } from '../exporter/resilient-exporter.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';
import { diskSpool } from '../spool/disk-spool.ts';
import { fileDestination, type FileDestinationOptions } from './file-destination.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-otel-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(options: Partial<FileDestinationOptions> = {}): ResilientExporter {
  const path = join(folder, 'spans.jsonl');
  return resilientExporter({ destinations: [fileDestination({ path, ...options })] });
}

function exportSpans(exporter: ResilientExporter, count: number): Promise<number> {
  return new Promise((resolve) => {
    exporter.export(makeSpans(count), ({ code }) => resolve(code));
  });
}

const linesOf = (name: string): string[] =>
  readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);

test('each batch is a line of OTLP/JSON, readable by the owner only', async () => {
  const exporter = start();

  await exportSpans(exporter, 2);
  await exportSpans(exporter, 3);
  await exporter.shutdown();

  const requests = linesOf('spans.jsonl').map((line) =>
    decodeOtlpRequest('traces', 'json', new TextEncoder().encode(line)),
  );
  expect(requests.map(({ spans }) => spans.length)).toEqual([2, 3]);
  expect(statSync(join(folder, 'spans.jsonl')).mode & 0o777).toBe(0o600);
  expect(exporter.ledger().destinations).toMatchObject({ file: { exported: 5 } });
});

test('a full file is renamed, the oldest goes, and a second start goes on where the first ended', async () => {
  const size = 1200;
  const first = start({ maxBytes: size, maxFiles: 3 });
  for (let i = 0; i < 5; i++) await exportSpans(first, 2);
  await first.shutdown();
  const second = start({ maxBytes: size, maxFiles: 3 });
  for (let i = 0; i < 5; i++) await exportSpans(second, 2);
  await second.shutdown();

  expect(readdirSync(folder).toSorted()).toEqual(['spans.jsonl', 'spans.jsonl.1', 'spans.jsonl.2']);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(size);
    for (const line of linesOf(name)) expect(() => JSON.parse(line) as unknown).not.toThrow();
  }
});

test('what a killed process left half written does not spoil the next line', async () => {
  writeFileSync(join(folder, 'spans.jsonl'), '{"resourceSp');
  const exporter = start();

  await exportSpans(exporter, 1);
  await exporter.shutdown();

  const [torn, whole] = linesOf('spans.jsonl');
  expect(torn).toBe('{"resourceSp');
  expect(JSON.parse(whole!)).toHaveProperty('resourceSpans');
});

test('files that nobody has written for too long are deleted', async () => {
  const clock = fakeClock({ epochMillis: Date.now() });
  writeFileSync(join(folder, 'spans.jsonl.1'), 'old\n');
  writeFileSync(join(folder, 'spans.jsonl.2'), 'older\n');
  const yesterday = (clock.epochMillis() - 86_400_000) / 1000;
  utimesSync(join(folder, 'spans.jsonl.2'), yesterday, yesterday);
  const exporter = start({ maxAgeMillis: 3_600_000, clock });

  await exportSpans(exporter, 1);
  await exporter.shutdown();

  expect(readdirSync(folder).toSorted()).toEqual(['spans.jsonl', 'spans.jsonl.1']);
});

test('an age of its own gives a class files of its own, also one that is written all the time loses what is too old', async () => {
  const clock = fakeClock({ epochMillis: Date.now() });
  const path = join(folder, 'spans.jsonl');
  const processor = resilientSpanProcessor({
    destinations: [
      fileDestination({ path, clock, maxAgeMillisBySensitivity: { restricted: 4000 } }),
    ],
    sensitivityOf: ({ name }) => (name === 'secret' ? 'restricted' : 'internal'),
    clock,
  });
  const write = async (): Promise<void> => {
    for (const name of ['secret', 'other']) processor.onEnd(makeSpan({ name }));
    await processor.forceFlush();
  };

  await write();
  expect(readdirSync(folder).toSorted()).toEqual(['spans.jsonl', 'spans.jsonl.restricted']);
  await clock.advance(1000);
  await write();
  expect(readdirSync(folder)).toContain('spans.jsonl.restricted.1');
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
  await clock.advance(60_000);

  expect(readdirSync(folder)).toEqual(['spans.jsonl']);
  await write();
  await processor.shutdown();
  expect(readdirSync(folder).toSorted()).toEqual(['spans.jsonl', 'spans.jsonl.restricted']);
  expect(processor.ledger().destinations).toMatchObject({ file: { exported: 6, dropped: {} } });
});

test('behind a spool nothing is lost while the folder is away', async () => {
  const away = join(folder, 'later');
  const options = {
    destinations: [fileDestination({ path: join(away, 'spans.jsonl') })],
    spool: diskSpool({ directory: folder }),
  };
  const first = resilientSpanProcessor(options);
  for (const span of makeSpans(3)) first.onEnd(span);
  await first.shutdown();
  expect(first.ledger().destinations).toMatchObject({ file: { spooled: 3, dropped: {} } });

  mkdirSync(away);
  const second = resilientSpanProcessor(options);
  await vi.waitFor(() =>
    expect(second.ledger().destinations).toMatchObject({ file: { exported: 3, spooled: 0 } }),
  );
  await second.shutdown();

  expect(readFileSync(join(away, 'spans.jsonl'), 'utf8')).toContain('resourceSpans');
});

test('a folder that is not there costs the spans, counted, and a full disk leaves no half line', async () => {
  const nowhere = start({ path: join(folder, 'no', 'such', 'folder') });
  const full = start({ path: '/dev/full', name: 'full' });

  await exportSpans(nowhere, 2);
  full.export([makeSpan({ attributes: { text: 'x'.repeat(100_000) } })], () => undefined);
  await nowhere.shutdown();
  await full.shutdown();

  expect(nowhere.ledger().destinations).toMatchObject({ file: { dropped: { write_failed: 2 } } });
  expect(full.ledger().destinations).toMatchObject({ full: { dropped: { write_failed: 1 } } });
  expect([...ledgerErrors(nowhere.ledger()), ...ledgerErrors(full.ledger())]).toEqual([]);
});

test.for([
  [{ path: '' }, 'path is ""'],
  [{ maxBytes: 0 }, 'maxBytes'],
  [{ maxFiles: 0 }, 'maxFiles'],
  [{ maxAgeMillisBySensitivity: { secret: 1 } }, 'public, internal'],
  [{ maxAgeMillisBySensitivity: { restricted: -1 } }, 'maxAgeMillisBySensitivity.restricted'],
] as const)('%j is refused', ([options, message]) => {
  const given = options as Partial<FileDestinationOptions>;
  expect(() => start(given)).toThrow(InvalidOptionError);
  expect(() => start(given)).toThrow(message);
});

test('two destinations of one file lose no line, also while it is rotated and when it is deleted', async () => {
  const [one, other] = [
    start({ maxBytes: 5000, maxFiles: 100 }),
    start({ maxBytes: 5000, maxFiles: 100 }),
  ];

  for (let i = 0; i < 20; i++) for (const exporter of [one, other]) await exportSpans(exporter, 1);
  const names = readdirSync(folder);
  const lines = names.flatMap(linesOf);
  expect(names.length).toBeGreaterThan(2);
  expect(lines).toHaveLength(40);
  for (const name of names) rmSync(join(folder, name));
  await exportSpans(one, 1);
  await exportSpans(other, 1);

  expect(linesOf('spans.jsonl')).toHaveLength(2);
  for (const exporter of [one, other]) await exporter.shutdown();
});
