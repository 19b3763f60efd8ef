import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

    const { signal, stderr } = await signalled(start(sink, 'once'), 'SIGTERM', 'SIGTERM');

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
    run.child.kill('SIGTERM');
    const { signal } = await run.ended;
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
