import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { type NodeRun, runNode } from './run-node.ts';

const environment = { OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_METRICS_EXPORTER: 'none' };

const start = (sink: OtlpSink, mode: string): NodeRun =>
  runNode(['--import', '@llm-otel/sdk/register', 'endings.mjs', mode], {
    ...environment,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  });

/** Sends the first signal when it is ready, the second when it has said something to that. */
async function signalled(
  { child, started, ended }: NodeRun,
  ...signals: NodeJS.Signals[]
): ReturnType<() => NodeRun['ended']> {
  await started;
  for (const [index, signal] of signals.entries()) {
    const said = once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill(signal);
    if (index < signals.length - 1) await said;
  }
  return ended;
}

const namesIn = (sink: OtlpSink): string[] => sink.spans.map(({ name }) => name).toSorted();
const LOST =
  /^llm-otel: the process ended without a shutdown, and 1 spans that were in memory are lost/mu;

describe('a signal', () => {
  test('that is handled once ends the process when it comes again, and nothing that was recorded since is lost', async () => {
    await using sink = await startOtlpSink();

    const { child, started, ended } = start(sink, 'once');
    await started;
    const draining = once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGTERM');
    await draining;
    // Those that come with the first are the same one.
    const insisting = setInterval(() => child.kill('SIGTERM'), 100);
    const { signal, stderr } = await ended;
    clearInterval(insisting);

    expect([signal, stderr]).toEqual(['SIGTERM', '']);
    expect(namesIn(sink)).toEqual(['drained', 'work']);
  });

  test('that is handled and ends nothing leaves the others as they were', async () => {
    await using sink = await startOtlpSink();

    const { signal, stderr } = await signalled(start(sink, 'reloads'), 'SIGINT', 'SIGTERM');

    expect([signal, stderr]).toEqual(['SIGTERM', '']);
    expect(namesIn(sink)).toEqual(['reloaded', 'work']);
  });

  test('that only libraries listen to, to tidy up, ends the process once everything is sent and tidied', async () => {
    await using sink = await startOtlpSink();

    const { signal, stdout, stderr } = await signalled(start(sink, 'tidies'), 'SIGTERM');

    expect([signal, stderr]).toEqual(['SIGTERM', '']);
    expect(stdout).toBe('ready\ntidied null SIGTERM\n');
    expect(namesIn(sink)).toEqual(['work']);
  });

  test('that comes again while a receiver does not answer ends the process at once', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const run = runNode(['endings.mjs', 'patient'], {
      ...environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    });
    const asked = once(silent, 'request');
    await run.started;

    run.child.kill('SIGTERM');
    await asked;
    // Those that come with the first are the same one.
    const insisting = setInterval(() => run.child.kill('SIGTERM'), 100);
    const { signal } = await run.ended;
    clearInterval(insisting);
    silent.closeAllConnections();
    silent.close();

    expect(signal).toBe('SIGTERM');
  });

  test('to a cluster that disconnects its workers loses nothing of either', async () => {
    await using sink = await startOtlpSink();

    const { code, stderr } = await signalled(start(sink, 'cluster'), 'SIGTERM');

    expect([code, stderr]).toEqual([0, '']);
    expect(namesIn(sink)).toEqual(['work', 'work elsewhere']);
  });
});

// Only root may make one.
test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'the first process of a container outlives a signal that it does not handle, and is recorded until it ends',
  async () => {
    await using sink = await startOtlpSink();
    const args = ['--import', '@llm-otel/sdk/register', 'endings.mjs', 'interrupted'];
    const container = spawn('unshare', ['--pid', '--fork', process.execPath, ...args], {
      cwd: join(import.meta.dirname, 'fixtures'),
      env: { ...environment, PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await once(container.stdout, 'data');
    const { pid } = container;
    const first = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));

    const told = once(container.stderr.setEncoding('utf8'), 'data');
    process.kill(first, 'SIGTERM');
    const [line] = (await told) as [string];
    process.kill(first, 'SIGINT');
    const [code] = (await once(container, 'close')) as [number];

    expect(code).toBe(0);
    expect(line).toMatch(/^llm-otel: SIGTERM does not end this process: .*docker run --init\)\n$/);
    expect(namesIn(sink)).toEqual(['interrupted', 'work']);
  },
);

test('work that begins when the event loop has run empty is sent, too, each time', async () => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await start(sink, 'returns').ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(namesIn(sink)).toEqual(['work', 'work 1', 'work 2', 'work 3']);
});

test('work that begins so after a signal was handled is sent before the shutdown', async () => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await signalled(start(sink, 'drains'), 'SIGTERM');

  expect([code, stderr]).toEqual([0, '']);
  expect(namesIn(sink)).toEqual(['drained', 'work']);
});

test('a thread sends what it has recorded, beside the process', async () => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await start(sink, 'thread').ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(namesIn(sink)).toEqual(['work', 'work elsewhere']);
});

test('a program that waits for what never comes ends with code 13, and sends before', async () => {
  await using sink = await startOtlpSink();

  const { code, stderr } = await start(sink, 'unsettled').ended;

  expect(code).toBe(13);
  expect(stderr).not.toContain('llm-otel');
  expect(namesIn(sink)).toEqual(['work']);
});

test.each([
  ['by process.exit in a handler of its own', 'exits', 0],
  ['by an error that nobody catches', 'throws', 1],
  ['by a rejection that nobody handles', 'rejects', 1],
])('an end %s leaves no time to send: what is lost is told', async (_, mode, expected) => {
  await using sink = await startOtlpSink();
  const run = start(sink, mode);

  const { code, stderr } = await (mode === 'exits' ? signalled(run, 'SIGTERM') : run.ended);

  expect(code).toBe(expected);
  expect(stderr).toMatch(LOST);
  expect(sink.spans).toEqual([]);
});
