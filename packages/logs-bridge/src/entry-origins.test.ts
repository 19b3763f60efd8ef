import { Writable } from 'node:stream';
import { context as contextApi } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createLogger, format, type Logger } from 'winston';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { insideSpan, loggerProvider, takeRecords, useContexts } from '../test/recorded-logs.ts';
import { suppressTracing } from '../test/suppress-tracing.ts';
import { bridgeWinston } from './bridge-winston.ts';

let restore: () => void;
beforeAll(() => (restore = useContexts()));
afterAll(() => restore());
afterEach(() => {
  vi.useRealTimers();
  takeRecords();
});

/** A transport that takes the first entry and no more until it is told to. */
function busy(): { transport: Writable; free: () => void } {
  const waiting: (() => void)[] = [];
  let isFree = false;
  const transport = Object.assign(
    new Writable({
      objectMode: true,
      highWaterMark: 1,
      write(_entry, _encoding, done) {
        if (isFree) done();
        else waiting.push(done);
      },
    }),
    { log: () => undefined },
  );
  const free = (): void => {
    isFree = true;
    for (const done of waiting) done();
  };
  return { transport, free };
}

const millisOf = ({ hrTime: [seconds, nanos] }: ReadableLogRecord): number =>
  seconds * 1000 + nanos / 1e6;

describe('while another transport is busy', () => {
  const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test.each<[string, object]>([
    ['as it is', {}],
    ['made anew by the format', { format: format((info) => ({ ...info }))() }],
    ['of a child', { defaultMeta: { module: 'orders' } }],
  ])('an entry keeps the span and the time it was written in: %s', async (_, options) => {
    const { transport, free } = busy();
    const log = createLogger({ transports: [transport], ...options });
    bridgeWinston(log.child({}), { loggerProvider });
    const called = Date.UTC(2026, 10, 5);
    vi.useFakeTimers({ now: called, toFake: ['Date'] });

    const written = Array.from({ length: 100 }, (__, at) => {
      vi.setSystemTime(called + at);
      return [
        `line ${at}`,
        called + at,
        insideSpan(() => log.child({ at }).info(`line ${at}`)).spanId,
      ];
    });
    vi.setSystemTime(called + 60_000);
    free();
    await drained();
    vi.useRealTimers();

    expect(
      takeRecords().map((record) => [record.body, millisOf(record), record.spanContext?.spanId]),
    ).toEqual(written);
  });

  test('an error that is logged again has the span and the time of each of its lines', async () => {
    const { transport, free } = busy();
    const log = createLogger({ transports: [transport] });
    for (let at = 0; at < 2; at++) bridgeWinston(log, { loggerProvider });
    for (let at = 0; at < 100; at++) log.info('waits');
    const error = new Error('refused');
    const called = Date.UTC(2026, 10, 5);
    vi.useFakeTimers({ now: called, toFake: ['Date'] });

    const written = [0, 1000, 2000].map((later) => {
      vi.setSystemTime(called + later);
      return [called + later, insideSpan(() => log.error(error)).spanId];
    });
    vi.setSystemTime(called + 60_000);
    free();
    await drained();
    vi.useRealTimers();

    expect(
      takeRecords()
        .filter(({ body }) => body === 'refused')
        .map((record) => [millisOf(record), record.spanContext?.spanId]),
    ).toEqual(written.flatMap((line) => [line, line]));
  });

  test('what an exporter wrote is still no record', async () => {
    const { transport, free } = busy();
    const log = createLogger({ transports: [transport] });
    bridgeWinston(log, { loggerProvider });

    for (let at = 0; at < 100; at++) {
      contextApi.with(suppressTracing(contextApi.active()), () => log.info('export failed'));
    }
    log.info('of the application');
    free();
    await drained();

    expect(takeRecords().map(({ body }) => body)).toEqual(['of the application']);
  });
});

describe('the time that a format wrote is none of the application', () => {
  const calls: [string, (log: Logger, error: Error) => unknown][] = [
    ['as it is', (log, error) => log.error(error)],
    ['with a level', (log, error) => log.log('error', error)],
    ['beside a message', (log, error) => log.error('again:', error)],
    ['by a child', (log, error) => log.child({ request: 1 }).error(error)],
    ['by a child of a child', (log, error) => log.child({}).child({}).log('error', error)],
  ];
  const begun = Date.UTC(2026, 10, 5);

  function timesOf(write: (typeof calls)[number][1], given?: string): number[] {
    const { transport, free } = busy();
    free();
    const log = createLogger({
      format: format.combine(format.timestamp(), format((info) => ({ ...info }))()),
      transports: [transport],
    });
    bridgeWinston(log, { loggerProvider });
    const error = Object.assign(new Error('refused'), given !== undefined && { timestamp: given });
    vi.useFakeTimers({ now: begun, toFake: ['Date'] });
    for (const again of [calls[0]?.[1], write, write]) {
      again?.(log, error);
      vi.advanceTimersByTime(3_600_000);
    }
    vi.useRealTimers();
    return takeRecords().map(millisOf);
  }

  test.each(calls)('of an error that is logged again %s', (_, write) => {
    expect(timesOf(write)).toEqual([begun, begun + 3_600_000, begun + 7_200_000]);
  });

  test.each(calls)('and what the application gave stays, %s', (_, write) => {
    const given = Date.UTC(2026, 10, 4);

    expect(timesOf(write, new Date(given).toISOString())).toEqual([given, given, given]);
  });

  test('the application may give another later', () => {
    const { transport, free } = busy();
    free();
    const log = createLogger({ format: format.timestamp(), transports: [transport] });
    bridgeWinston(log, { loggerProvider });
    const entry: { message: string; timestamp?: string } = { message: 'kept' };
    log.info(entry);
    entry.timestamp = new Date(begun).toISOString();
    log.info(entry);

    expect(millisOf(takeRecords()[1]!)).toBe(begun);
  });
});

test.each([
  ['the first first', [0, 1]],
  ['the last first', [1, 0]],
])('a logger is the one before once its bridges are taken away, %s', (_, order) => {
  const { transport, free } = busy();
  free();
  const log = createLogger({ transports: [transport] });
  const own = Reflect.ownKeys(log);
  const removes = [0, 1].map(() => bridgeWinston(log, { loggerProvider }));
  log.info('twice');
  expect(Reflect.ownKeys(log)).not.toEqual(own);

  for (const [at, index] of order.entries()) {
    removes[index]?.();
    log.info(at === 0 ? 'once' : 'no more');
  }

  expect(takeRecords().map(({ body }) => body)).toEqual(['twice', 'twice', 'once']);
  expect(Reflect.ownKeys(log)).toEqual(own);
});

test('what somebody put over it since stays', () => {
  const { transport, free } = busy();
  free();
  const log = createLogger({ transports: [transport] });
  const remove = bridgeWinston(log, { loggerProvider });
  const ours = log.write.bind(log);
  const written: unknown[] = [];
  log.write = (entry: { message: string }) => {
    written.push(entry.message);
    return ours(entry);
  };

  remove();
  log.info('a');

  expect(written).toEqual(['a']);
  expect(takeRecords()).toEqual([]);
});
