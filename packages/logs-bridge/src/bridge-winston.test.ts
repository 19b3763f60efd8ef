import { Writable } from 'node:stream';
import { config, createLogger, format, type Logger, transports } from 'winston';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { InvalidOptionError } from '@llm-otel/core';
import { insideSpan, loggerProvider, takeRecords, useContexts } from '../test/recorded-logs.ts';
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
