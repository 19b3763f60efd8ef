import { Writable } from 'node:stream';
import { config, createLogger, format, type Logger, transports } from 'winston';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

test('nothing is sent on once it is taken away, and the logger goes on', () => {
  const log = logger();
  const remove = bridgeWinston(log, { loggerProvider });
  log.info('a');

  remove();
  log.info('b');

  expect(takeRecords().map(({ body }) => body)).toEqual(['a']);
  expect(lines).toHaveLength(2);
});

test('the transport can be listed with the others', () => {
  const log = createLogger({
    transports: [winstonTransport({ loggerProvider, minSeverity: 13 }) as never],
  });

  log.info('a');
  log.warn('b');

  expect(takeRecords().map(({ body }) => body)).toEqual(['b']);
});
