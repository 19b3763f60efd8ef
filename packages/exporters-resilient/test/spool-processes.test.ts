import { setTimeout as sleep } from 'node:timers/promises';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { killLoop } from './fixtures/kill-loop.ts';
import { outageWithRestart } from './fixtures/outage.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { noSmallDisk, startOnSmallDisk, startSpoolProcess } from './fixtures/spool-process.ts';

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
