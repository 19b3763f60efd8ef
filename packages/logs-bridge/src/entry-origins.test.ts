import { Writable } from 'node:stream';
import { context as contextApi } from '@opentelemetry/api';
import { createLogger, format } from 'winston';
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
      takeRecords().map(({ body, hrTime: [seconds, nanos], spanContext }) => [
        body,
        seconds * 1000 + nanos / 1e6,
        spanContext?.spanId,
      ]),
    ).toEqual(written);
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
