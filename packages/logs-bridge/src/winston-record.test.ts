import { Writable } from 'node:stream';
import { createLogger, format, type Logger, transports } from 'winston';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loggerProvider, takeRecords } from '../test/recorded-logs.ts';
import { bridgeWinston } from './bridge-winston.ts';

afterEach(() => void takeRecords());
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const logger = (options: object = {}): Logger =>
  createLogger({ transports: [new transports.Stream({ stream: nowhere })], ...options });

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

test('an error that is a member of the entry is its exception, and what caused the error is not', () => {
  const log = logger({ format: format.errors({ cause: true }) });
  bridgeWinston(log, { loggerProvider });
  const error = new RangeError('too far', { cause: new Error('root') });

  log.error('failed', { error, order: 7 });
  log.error(error);

  const [named, itself] = takeRecords();
  expect(named?.body).toBe('failed');
  expect(named?.attributes).toMatchObject({
    error: { message: 'too far', cause: { message: 'root' } },
    order: 7,
    'exception.type': 'RangeError',
    'exception.message': 'too far',
  });
  expect(itself?.attributes).toEqual({
    cause: expect.objectContaining({ message: 'root' }) as object,
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
