import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llm-otel-sdk-spool-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const logs = (): string[] =>
  readdirSync(directory).flatMap((folder) =>
    readdirSync(join(directory, folder)).filter((name) => name.includes('@')),
  );

test('what one run of a function cannot deliver is spooled and told, and the next run delivers it', async () => {
  const first = await startWithSink({ spool: { directory }, metrics: false });
  first.sink.answer({ status: 503 });
  const tracer = first.telemetry.tracer();
  for (let i = 0; i < 5; i++) tracer.startSpan('work').end();

  const report = await first.telemetry.forceFlush({ timeoutMillis: 1000 });
  expect(report).toEqual({
    complete: true,
    problems: [],
    delivered: 0,
    spooled: 5,
    rejected: 0,
    dropped: 0,
    pending: 0,
  });
  await first.telemetry.shutdown({ timeoutMillis: 1000 });
  expect(logs()).toHaveLength(1);

  const { telemetry, sink } = await startWithSink({
    environment: { LLM_OTEL_SPOOL_DIRECTORY: directory },
    metrics: false,
  });
  await sink.waitFor(5);
  expect(await telemetry.shutdown()).toMatchObject({ complete: true, spooled: 0, dropped: 0 });
  expect(telemetry.ledger()[0]?.destinations['otlp']).toMatchObject({ recovered: 5, exported: 5 });
});

test.each(['forceFlush', 'shutdown'] as const)(
  '%s is complete when what a receiver does not answer for is on disk, for every signal',
  async (end) => {
    const { telemetry, sink } = await startWithSink({ spool: { directory }, logs: true });
    sink.slow(30_000);
    for (let i = 0; i < 3; i++) telemetry.tracer().startSpan('work').end();
    telemetry.meter().createCounter('desk.requests').add(1);
    telemetry.logger().emit({ body: 'a line' });

    const report = await telemetry[end]({ timeoutMillis: 1500 });

    const points = telemetry.ledger().find(({ signal }) => signal === 'metrics')?.ended ?? 0;
    expect(points).toBeGreaterThan(0);
    expect(report).toEqual({
      complete: true,
      problems: [],
      delivered: 0,
      spooled: 3 + points + 1,
      rejected: 0,
      dropped: 0,
      pending: 0,
    });
  },
);

test('without a spool what a receiver does not answer for is told as pending', async () => {
  const { telemetry, sink } = await startWithSink({ metrics: false });
  sink.slow(30_000);
  for (let i = 0; i < 3; i++) telemetry.tracer().startSpan('work').end();

  expect(await telemetry.forceFlush({ timeoutMillis: 300 })).toMatchObject({
    complete: false,
    problems: expect.arrayContaining(['traces: 3 still waiting']),
    spooled: 0,
    pending: 3,
  });
});

test('spans say how sensitive they are', async () => {
  const { telemetry, sink } = await startWithSink({ spool: { directory }, metrics: false });
  sink.answer({ status: 503 });
  const tracer = telemetry.tracer();
  tracer.startSpan('usual').end();
  tracer.startSpan('health', { attributes: { 'llm_otel.sensitivity': 'restricted' } }).end();

  await telemetry.shutdown({ timeoutMillis: 3000 });

  expect(logs().map((name) => name.split('@')[0])).toEqual([
    'otlp.traces.internal',
    'otlp.traces.restricted',
  ]);
});

test.each([
  [{}, 1],
  [{ LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES: '0' }, 0],
])('what a receiver refuses is kept, unless a variable says otherwise: %o', async (more, kept) => {
  const { telemetry, sink } = await startWithSink({
    environment: { LLM_OTEL_SPOOL_DIRECTORY: directory, ...more },
    metrics: false,
  });
  sink.answer({ status: 400 });
  telemetry.tracer().startSpan('odd').end();

  await telemetry.shutdown();

  expect(logs().filter((name) => name.includes('.http_400@'))).toHaveLength(kept);
});

test('a variable for dead letters holds beside an option for the other bound, and a typo is told', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: { LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES: '0' },
    spool: { directory, deadLetters: { maxAgeMillis: 1000 } },
    metrics: false,
  });
  sink.answer({ status: 400 });
  telemetry.tracer().startSpan('odd').end();

  await telemetry.shutdown();

  expect(logs().filter((name) => name.includes('.http_400@'))).toEqual([]);
  const typo = { directory, deadLetters: { maxAge: 1000 } };
  // @ts-expect-error no such option
  await expect(startWithSink({ spool: typo, strict: true })).rejects.toThrow(
    'spool.deadLetters.maxAge',
  );
});

test('metrics wait in the same folder', async () => {
  const { telemetry, sink } = await startWithSink({ spool: { directory } });
  sink.answer({ status: 503 });
  telemetry.meter().createCounter('requests').add(1);

  await telemetry.shutdown({ timeoutMillis: 3000 });

  expect(logs().some((name) => name.startsWith('otlp.metrics.'))).toBe(true);
});

test('settings of a spool without a directory are a mistake', async () => {
  await expect(startWithSink({ spool: { mode: 'always' } })).rejects.toThrow(/spool\.directory/);
});

test('false keeps nothing on disk, whatever the environment says', async () => {
  const { telemetry, sink } = await startWithSink({
    environment: { LLM_OTEL_SPOOL_DIRECTORY: directory },
    spool: false,
    metrics: false,
  });
  sink.answer({ status: 503 });
  telemetry.tracer().startSpan('work').end();

  await telemetry.shutdown({ timeoutMillis: 200 });

  expect(readdirSync(directory)).toEqual([]);
});
