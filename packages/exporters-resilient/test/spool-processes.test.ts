import { setTimeout as sleep } from 'node:timers/promises';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { killLoop } from './fixtures/kill-loop.ts';
import { outageWithRestart } from './fixtures/outage.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import {
  noSmallDisk,
  startInheritedOnSmallDisk,
  startOnSmallDisk,
  startSpoolProcess,
  startWithWorker,
} from './fixtures/spool-process.ts';

// Each starts several processes, on a machine that may be busy with everything else.
vi.setConfig({ testTimeout: 180_000 });

test('killed at any moment while it writes, a process loses nothing that it has acknowledged', async () => {
  const { acknowledged, lost, received } = await killLoop(4, 2);

  expect(lost).toBe(0);
  expect(acknowledged).toBeGreaterThan(0);
  expect(received).toBeGreaterThanOrEqual(acknowledged);
});

test('an outage with a restart in the middle loses nothing', async () => {
  const { ended, received } = await outageWithRestart({
    outageMillis: 1600,
    spansPerSecond: 200,
  });

  expect(ended).toBeGreaterThan(200);
  expect(received).toBe(ended);
});

test('two processes write into one folder at once, and one after them delivers what both left', async () => {
  using folder = temporaryFolder();
  const nowhere = `${await unreachableUrl()}/v1/traces`;
  const both = ['a', 'b'].map((run) => startSpoolProcess('work', nowhere, folder.path, run));
  await Promise.all(both.map(({ spoke }) => spoke));
  await sleep(500);
  for (const { child } of both) child.kill('SIGTERM');
  const [a, b] = await Promise.all(both.map((process) => process.ledger()));

  await using sink = await startOtlpSink();
  const last = await startSpoolProcess('drain', sink.tracesUrl, folder.path, 'c').ledger();

  expect(a!.ended).toBeGreaterThan(0);
  expect(b!.ended).toBeGreaterThan(0);
  expect(last.destinations['otlp']).toMatchObject({
    recovered: a!.ended + b!.ended,
    exported: a!.ended + b!.ended,
    spooled: 0,
  });
  expect(sink.spans).toHaveLength(a!.ended + b!.ended);
  expect(sink.duplicateSpans).toEqual([]);
});

test('four processes that start at once share what one left, and no record goes to two of them', async () => {
  using folder = temporaryFolder();
  const nowhere = `${await unreachableUrl()}/v1/traces`;
  await using sink = await startOtlpSink();
  for (const run of ['a', 'b', 'c']) {
    const writer = startSpoolProcess('write', nowhere, folder.path, run, 'always');
    await writer.spoke;
    writer.child.kill('SIGKILL');
    await writer.ended;
  }

  const four = [1, 2, 3, 4].map((run) =>
    startSpoolProcess('work', sink.tracesUrl, folder.path, `${run}`, 'overflow', '0'),
  );
  await Promise.all(four.map(({ spoke }) => spoke));
  await sleep(300);
  for (const { child } of four) child.kill('SIGTERM');
  const ledgers = await Promise.all(four.map((process) => process.ledger()));

  const recovered = ledgers.map(({ destinations }) => destinations['otlp']!.recovered);
  expect(recovered.reduce((sum, count) => sum + count)).toBe(sink.spans.length);
  expect(sink.spans.length).toBeGreaterThan(0);
  expect(sink.duplicateSpans).toEqual([]);
});

test('what a terminated worker left is delivered by its process, which goes on, and nothing of it before', async () => {
  using folder = temporaryFolder();
  const nowhere = `${await unreachableUrl()}/v1/traces`;
  await using sink = await startOtlpSink();

  const run = startWithWorker(sink.tracesUrl, nowhere, folder.path);
  const { destinations } = await run.ledger();

  expect(run.acknowledged()).toBeGreaterThan(0);
  expect(sink.spans.length).toBeGreaterThanOrEqual(run.acknowledged());
  expect(sink.duplicateSpans).toEqual([]);
  const { recovered, exported } = destinations['otlp']!;
  expect({ recovered, exported }).toEqual({
    recovered: sink.spans.length,
    exported: sink.spans.length,
  });
});

test('on a disk that is full what fits is kept, and all the rest is counted', async (context) => {
  using folder = temporaryFolder();
  const reason = noSmallDisk(folder.path);
  context.skip(reason !== undefined, reason);
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const process = startOnSmallDisk(folder.path, 'fill', sink.tracesUrl, folder.path, 'full');
  await process.spoke;
  sink.recover();

  const { ended, dropped, destinations } = await process.ledger();

  expect(ended).toBe(18_000);
  expect(dropped).toEqual({});
  const { exported, dropped: notSpooled, spooled } = destinations['otlp']!;
  expect(notSpooled).toEqual({ spool_disk_full: 18_000 - exported });
  expect(exported).toBeGreaterThan(10_000);
  expect(exported).toBeLessThan(18_000);
  expect(spooled).toBe(0);
  expect(sink.spans.length - sink.duplicateSpans.length).toBe(exported);
});

test('on a disk that something else has filled, what is delivered is deleted, and the next start sends nothing again', async (context) => {
  using folder = temporaryFolder();
  const reason = noSmallDisk(folder.path);
  context.skip(reason !== undefined, reason);
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const process = startOnSmallDisk(
    folder.path,
    'crowd',
    sink.tracesUrl,
    folder.path,
    'c',
    'always',
  );
  await process.spoke;
  sink.recover();

  const { destinations } = await process.ledger();

  expect(destinations['otlp']).toMatchObject({ exported: 400, spooled: 0 });
  expect(process.told('left')).toBe(0);
  expect(sink.duplicateSpans).toEqual([]);
});

test('killed on a full disk while its first request has no answer, a process leaves that one alone, and what passed it is not sent again', async (context) => {
  using folder = temporaryFolder();
  const reason = noSmallDisk(folder.path);
  context.skip(reason !== undefined, reason);
  await using sink = await startOtlpSink();
  sink.hang({ times: 1 });

  const { destinations } = await startInheritedOnSmallDisk(folder.path, sink.tracesUrl).ledger();

  expect(destinations['otlp']).toMatchObject({ recovered: 1, exported: 1, spooled: 0 });
  const names = sink.spans.map(({ name }) => name);
  expect(new Set(names).size).toBe(20);
  expect(sink.duplicateSpans).toEqual([]);
});
