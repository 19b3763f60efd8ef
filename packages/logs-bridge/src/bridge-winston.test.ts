import { Writable } from 'node:stream';
import { config, createLogger, format, type Logger, transports } from 'winston';
import { context as contextApi } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { InvalidOptionError } from '@llm-otel/core';
import { insideSpan, loggerProvider, takeRecords, useContexts } from '../test/recorded-logs.ts';
import { suppressTracing } from '../test/suppress-tracing.ts';
import { bridgeWinston, winstonTransport } from './bridge-winston.ts';

let lines: string[] = [];
let restore: () => void;
beforeAll(() => (restore = useContexts()));
afterAll(() => restore());
afterEach(() => {
  lines = [];
  takeRecords();
});
const sink = (): Writable =>
  new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
const logger = (options: object = {}): Logger =>
  createLogger({
    level: 'silly',
    transports: [new transports.Stream({ stream: sink() })],
    ...options,
  });

test('an entry is a record of its span, and is written as before', () => {
  const log = logger({ format: format.combine(format.timestamp(), format.json()) });
  bridgeWinston(log, { loggerProvider });

  const ids = insideSpan(() =>
    log.child({ module: 'orders' }).info('placed', { order: { id: 7 } }),
  );

  const [record] = takeRecords();
  expect(record).toMatchObject({ body: 'placed', severityNumber: 9, severityText: 'info' });
  expect(record?.attributes).toEqual({ module: 'orders', order: { id: 7 } });
  expect(record?.spanContext).toMatchObject(ids);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', message: 'placed' });
});

test.each([
  [
    'npm',
    config.npm.levels,
    { error: 17, warn: 13, info: 9, http: 7, verbose: 6, debug: 5, silly: 1 },
  ],
  [
    'syslog',
    config.syslog.levels,
    { emerg: 23, alert: 22, crit: 21, error: 17, warning: 13, notice: 10, info: 9, debug: 5 },
  ],
])('the levels of %s have their severities', (_, levels, expected) => {
  const log = logger({ levels, level: Object.keys(levels).at(-1) });
  bridgeWinston(log, { loggerProvider });

  for (const level of Object.keys(levels)) log.log(level, 'x');

  expect(
    Object.fromEntries(
      takeRecords().map(({ severityText, severityNumber }) => [severityText, severityNumber]),
    ),
  ).toEqual(expected);
});

test('own levels, colours and objects as messages', () => {
  const log = logger({
    levels: { audit: 0, info: 1 },
    level: 'info',
    format: format.combine(
      format.colorize({ colors: { info: 'green', audit: 'red' } }),
      format.simple(),
    ),
  });
  bridgeWinston(log, { loggerProvider, levels: { audit: 12 } });

  log.log('audit', 'who did what');
  log.log('info', { message: { order: 7 } as never });

  expect(takeRecords()).toMatchObject([
    { severityNumber: 12, severityText: 'audit', body: 'who did what' },
    { severityNumber: 9, body: { order: 7 } },
  ]);
});

test('an error has the attributes of the conventions', () => {
  const log = logger({ format: format.combine(format.errors({ stack: true }), format.json()) });
  bridgeWinston(log, { loggerProvider });
  const error = new RangeError('too far');

  log.error(error);
  log.error('failed', error);

  for (const record of takeRecords()) {
    expect(record.attributes).toMatchObject({
      'exception.stacktrace': expect.stringContaining('too far') as string,
    });
  }
});

test.each<[string, object, (log: Logger, error: Error) => void]>([
  ['plain', {}, (log, error) => log.error(error)],
  ['behind a message', {}, (log, error) => log.error('failed', error)],
  ['as text', { format: format.errors({ stack: true }) }, (log, error) => log.error(error)],
  ['of a child', {}, (log, error) => log.child({}).error(error)],
  [
    'of a child, as text',
    { format: format.errors({ stack: true }) },
    (log, error) => log.child({}).error(error),
  ],
])('an error has its type, message and stack: %s', (_, options, write) => {
  const log = logger(options);
  bridgeWinston(log, { loggerProvider });
  const error = Object.assign(new RangeError('too far'), { code: 'E1' });

  write(log, error);

  const [record] = takeRecords();
  expect(record?.attributes).toEqual({
    code: 'E1',
    'exception.type': 'RangeError',
    'exception.message': 'too far',
    'exception.stacktrace': error.stack,
  });
});

test('a member called stack that is none is a member', () => {
  const log = logger();
  bridgeWinston(log, { loggerProvider });

  log.info('deployed', { stack: 'production' });

  expect(takeRecords()[0]?.attributes).toEqual({ stack: 'production' });
});

test('what a format made of the stack is what the record has', () => {
  const log = logger({
    format: format((info) => Object.assign(info, { stack: 'RangeError: [cut]\n    at x' }))(),
  });
  bridgeWinston(log, { loggerProvider });

  log.error('failed', new RangeError('too far'));

  expect(takeRecords()[0]?.attributes['exception.stacktrace']).toBe('RangeError: [cut]\n    at x');
});

test('where the format leaves no message the body is the line it made', () => {
  const log = logger({ format: format.logstash() });
  bridgeWinston(log, { loggerProvider });

  log.info('hello');

  expect(JSON.parse(takeRecords()[0]?.body as string)).toMatchObject({ '@message': 'hello' });
});

test('colours are no part of the body', () => {
  const log = logger({ format: format.colorize({ all: true, colors: { info: 'green' } }) });
  bridgeWinston(log, { loggerProvider });

  log.info('hello');

  expect(takeRecords()[0]?.body).toBe('hello');
});

describe('a record has the time of the call, however the entry shows it', () => {
  const called = Date.UTC(2026, 10, 5, 15, 20, 30, 456);
  beforeEach(() => void vi.useFakeTimers({ now: called, toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());
  const millis = (): number[] =>
    takeRecords().map(({ hrTime: [seconds, nanos] }) => seconds * 1000 + nanos / 1e6);

  test.each<[string, string | (() => string) | undefined]>([
    ['ISO', undefined],
    ['a day', 'YYYY-MM-DD'],
    ['without fractions', 'YYYY-MM-DD HH:mm:ss'],
    ['twelve hours', 'YYYY-MM-DD hh:mm:ss'],
    ['another zone', () => new Date().toLocaleString('en-US', { timeZone: 'Asia/Tokyo' })],
    ['the day first', 'DD-MM-YYYY HH:mm:ss'],
    ['with a zone, wrong by hours', () => '2026-11-05T19:20:30Z'],
  ])('%s', (_, shown) => {
    const log = logger({
      format: format.timestamp(shown === undefined ? {} : { format: shown }),
    });
    bridgeWinston(log, { loggerProvider });

    log.info('x');

    expect(millis()).toEqual([called]);
  });

  test.each<[string, unknown, number, object]>([
    ['an ISO text', '2025-01-02T03:04:05Z', Date.UTC(2025, 0, 2, 3, 4, 5), {}],
    ['milliseconds', Date.UTC(2025, 0, 2), Date.UTC(2025, 0, 2), {}],
    ['a date', new Date(0), 0, {}],
    ['anything else', '05-11-2026', called, { timestamp: '05-11-2026' }],
  ])(
    'another that the application gives is taken where it is clear: %s',
    (_, timestamp, expected, attributes) => {
      const log = logger();
      bridgeWinston(log, { loggerProvider });

      log.info('x', { timestamp });

      const [record] = takeRecords();
      const [seconds = 0, nanos = 0] = record?.hrTime ?? [];
      expect(seconds * 1000 + nanos / 1e6).toBe(expected);
      expect(record?.attributes).toEqual(attributes);
    },
  );
});

describe('while another transport is busy', () => {
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

  test('a logger is the one before once its bridges are taken away, in any order', () => {
    const log = logger();
    const own = Reflect.ownKeys(log);
    const removeFirst = bridgeWinston(log, { loggerProvider });
    const removeSecond = bridgeWinston(log, { loggerProvider });
    log.info('twice');
    removeSecond();
    log.info('once');
    removeFirst();
    log.info('no more');

    expect(takeRecords().map(({ body }) => body)).toEqual(['twice', 'twice', 'once']);
    expect(Reflect.ownKeys(log)).toEqual(own);
    expect(lines).toHaveLength(3);
  });
});

test('what the format keeps back is no record, nor is what it fails at', () => {
  const log = createLogger({
    level: '',
    transports: [winstonTransport({ loggerProvider })],
    format: format((info) => {
      if (info['broken'] === true) throw new Error('no');
      return info['secret'] === true ? false : info;
    })(),
  });

  log.info('a', { secret: true });
  expect(() => log.info('b', { broken: true })).toThrow('no');
  log.info('c');

  expect(takeRecords().map(({ body }) => body)).toEqual(['c']);
});

test('nothing is sent on once it is taken away, and the logger goes on', () => {
  const log = logger();
  const remove = bridgeWinston(log, { loggerProvider });
  log.info('a');

  remove();
  log.info('b');

  expect(takeRecords().map(({ body }) => body)).toEqual(['a']);
  expect(lines).toHaveLength(2);
});

describe("a logger's own level holds, as for any transport that has none", () => {
  const bodies = (): unknown[] => takeRecords().map(({ body }) => body);
  const writtenOf = (log: Logger): void => {
    for (const level of ['error', 'warn', 'info', 'debug', 'silly']) log.log(level, level);
  };

  test.each<[string, string | undefined, string[]]>([
    ['error', 'error', ['error']],
    ["winston's own, info", undefined, ['error', 'warn', 'info']],
    ['silly', 'silly', ['error', 'warn', 'info', 'debug', 'silly']],
    ['one that does not exist', 'loud', []],
  ])('%s', (_, level, expected) => {
    const log = logger({ level, format: format.printf(({ message }) => String(message)) });
    bridgeWinston(log, { loggerProvider });

    writtenOf(log);

    expect(bodies()).toEqual(expected);
    expect(lines.map((line) => line.trim())).toEqual(expected);
  });

  test('the one it has when a line is written', () => {
    const log = logger({ level: 'error' });
    bridgeWinston(log, { loggerProvider });
    log.info('a');
    log.level = 'info';
    log.info('b');
    log.level = 'warn';
    log.info('c');

    expect(bodies()).toEqual(['b']);
    expect(lines).toHaveLength(1);
  });

  test('of children, of levels of its own, and with minSeverity on top', () => {
    const log = logger({ level: 'warn' });
    bridgeWinston(log.child({ module: 'orders' }), { loggerProvider });
    writtenOf(log.child({ module: 'parcels' }));
    expect(bodies()).toEqual(['error', 'warn']);

    const own = logger({ levels: { audit: 0, chatter: 1 }, level: 'audit' });
    bridgeWinston(own, { loggerProvider });
    own.log('audit', 'a').log('chatter', 'b');
    expect(bodies()).toEqual(['a']);

    const both = logger({ level: 'info' });
    bridgeWinston(both, { loggerProvider, minSeverity: 13 });
    writtenOf(both);
    expect(bodies()).toEqual(['error', 'warn']);
  });

  test('of the logger that the transport was listed in, and asking winston has the same answer', () => {
    const log = createLogger({
      level: 'warn',
      transports: [winstonTransport({ loggerProvider })],
    });

    writtenOf(log);

    expect(bodies()).toEqual(['error', 'warn']);
    expect(log.isLevelEnabled('info')).toBe(false);
  });

  test('a level of its own wins, as that of any transport', () => {
    const log = logger({ level: 'error' });
    bridgeWinston(log, { loggerProvider, level: 'info' });
    const quiet = logger({ level: 'info' });
    bridgeWinston(quiet, { loggerProvider, level: 'error' });

    writtenOf(log);
    expect(bodies()).toEqual(['error', 'warn', 'info']);
    expect(log.isLevelEnabled('info')).toBe(true);
    writtenOf(quiet);
    expect(bodies()).toEqual(['error']);
  });

  test.each(['loud', '', 3])('a level of its own that does not exist is refused: %j', (level) => {
    const log = logger();
    const options = { loggerProvider, level: level as never };

    expect(() => bridgeWinston(log, options)).toThrow(InvalidOptionError);
    expect(() => bridgeWinston(log, options)).toThrow(/^level is /);
    expect(log.transports).toHaveLength(1);
  });

  test('a transport that is taken from one logger has the level of the next', () => {
    const transport = winstonTransport({ loggerProvider });
    const first = logger({ level: 'silly' }).add(transport);
    first.remove(transport);
    const second = logger({ level: 'error' }).add(transport);

    writtenOf(second);

    expect(bodies()).toEqual(['error']);
  });
});

test('the transport can be listed with the others', () => {
  const log = createLogger({
    transports: [winstonTransport({ loggerProvider, minSeverity: 13 })],
  });

  log.info('a');
  log.warn('b');

  expect(takeRecords().map(({ body }) => body)).toEqual(['b']);
});
