import { pino, type Logger, type LoggerOptions } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { insideSpan, loggerProvider, takeRecords, useContexts } from '../test/recorded-logs.ts';
import { bridgePino, type PinoBridgeOptions, pinoStream } from './bridge-pino.ts';
import { traceFields } from './trace-fields.ts';

let lines: string[] = [];
let remove: () => void = () => undefined;
let restore: () => void;
beforeAll(() => (restore = useContexts()));
afterAll(() => restore());
afterEach(() => {
  remove();
  lines = [];
  takeRecords();
});
const logger = (options: LoggerOptions = {}): Logger =>
  pino({ level: 'trace', ...options }, { write: (line) => void lines.push(line) });
const bridge = (options: PinoBridgeOptions = {}): void => {
  remove = bridgePino({ loggerProvider, ...options });
};

describe('bridgePino', () => {
  test('a line is a record of its span, and is written as before', () => {
    const log = logger();
    bridge();

    const ids = insideSpan(() =>
      log.child({ module: 'orders' }).info({ order: { id: 7 } }, 'placed %d', 1),
    );

    const [record] = takeRecords();
    expect(record).toMatchObject({ body: 'placed 1', severityNumber: 9, severityText: 'info' });
    expect(record?.attributes).toEqual({ module: 'orders', order: { id: 7 } });
    expect(record?.spanContext).toMatchObject(ids);
    const line = JSON.parse(lines[0] ?? '') as { time: number };
    expect(line).toMatchObject({ level: 30, module: 'orders', msg: 'placed 1' });
    expect(record?.hrTime[0]).toBe(Math.floor(line.time / 1000));
  });

  test('a whole number that a number cannot hold is its text', () => {
    const log = logger();
    bridge();

    log.info(
      { id: 12345678901234567890n, ids: [9007199254740993n], price: 0.12345678901234568 },
      'x',
    );

    expect(takeRecords()[0]?.attributes).toEqual({
      id: '12345678901234567890',
      ids: ['9007199254740993'],
      price: 0.12345678901234568,
    });
  });

  test('the ids that traceFields wrote are not told twice, and those of others are', () => {
    const log = logger({ mixin: traceFields });
    bridge();

    const ids = insideSpan(() => log.info({ team: 'blue' }, 'x'));
    log.info({ trace_id: 'of another system' }, 'y');

    const [inside, outside] = takeRecords();
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ trace_id: ids.traceId });
    expect(inside?.attributes).toEqual({ team: 'blue' });
    expect(inside?.spanContext).toMatchObject(ids);
    expect(outside?.attributes).toEqual({ trace_id: 'of another system' });
  });

  test('each level has its severity, own levels too', () => {
    const log = pino({ level: 'trace', customLevels: { audit: 35 } }, { write: () => undefined });
    bridge();

    for (const level of ['trace', 'debug', 'info', 'audit', 'warn', 'error', 'fatal'] as const)
      log[level]('x');

    expect(
      takeRecords().map(({ severityText, severityNumber }) => [severityText, severityNumber]),
    ).toEqual([
      ['trace', 1],
      ['debug', 5],
      ['info', 9],
      ['audit', 11],
      ['warn', 13],
      ['error', 17],
      ['fatal', 21],
    ]);
  });

  test("what the logger's own redaction and serializers took out is not in the record", () => {
    const log = logger({
      redact: ['user.password'],
      serializers: { request: () => 'short' },
    });
    bridge();

    log.info({ user: { name: 'ada', password: 'hunter2' }, request: { headers: 'long' } }, 'x');

    const [record] = takeRecords();
    expect(record?.attributes).toEqual({
      user: { name: 'ada', password: '[Redacted]' },
      request: 'short',
    });
  });

  test('an error has the attributes of the conventions', () => {
    bridge();
    const error = new RangeError('too far');

    logger().error(error);

    const [record] = takeRecords();
    expect(record?.body).toBe('too far');
    expect(record?.attributes).toMatchObject({
      'exception.type': 'RangeError',
      'exception.message': 'too far',
      'exception.stacktrace': error.stack,
    });
  });

  test('what an error has beside them stays, and so does what is no error', () => {
    bridge();
    const error = Object.assign(new Error('refused', { cause: new Error('root') }), {
      code: 'ECONNREFUSED',
      errno: -111,
    });

    logger().error(error, 'saving');
    logger().info({ err: { code: 7 } }, 'no error');

    const [first, second] = takeRecords();
    expect(first?.body).toBe('saving');
    expect(first?.attributes).toMatchObject({
      'exception.message': 'refused: root',
      'exception.stacktrace': expect.stringContaining('\ncaused by: Error: root\n') as string,
      err: { code: 'ECONNREFUSED', errno: -111 },
    });
    expect(Object.keys(first?.attributes['err'] as object)).toEqual(['code', 'errno']);
    expect(second?.attributes).toEqual({ err: { code: 7 } });
  });

  test("the logger's own names for message, error and what it nests are followed unasked", () => {
    bridge();
    const named = logger({ messageKey: 'message', errorKey: 'error' });
    const nesting = logger({ nestedKey: 'payload' }).child({ module: 'orders' });

    named.error(new RangeError('too far'), 'saving');
    nesting.error({ err: new RangeError('too far'), id: 7 }, 'saving');
    logger().error(new RangeError('too far'), 'saving');

    const records = takeRecords();
    expect(records.map(({ body }) => body)).toEqual(['saving', 'saving', 'saving']);
    for (const { attributes } of records)
      expect(attributes).toMatchObject({ 'exception.type': 'RangeError' });
    expect(records.map(({ attributes }) => Object.keys(attributes).toSorted())).toEqual([
      ['exception.message', 'exception.stacktrace', 'exception.type'],
      ['exception.message', 'exception.stacktrace', 'exception.type', 'module', 'payload'],
      ['exception.message', 'exception.stacktrace', 'exception.type'],
    ]);
    expect(records[1]?.attributes['payload']).toEqual({ id: 7 });
  });

  test('a line without a message is a record without a body', () => {
    bridge();

    logger().info({ id: 7 });

    expect(takeRecords()).toMatchObject([{ body: undefined, attributes: { id: 7 } }]);
  });

  test('members of the application that are called as those of the logger stay', () => {
    bridge();

    logger().info({ pid: 1, hostname: 'of another', v: 2, time: '10:30' }, 'x');

    expect(takeRecords()[0]?.attributes).toEqual({
      pid: 1,
      hostname: 'of another',
      v: 2,
      time: '10:30',
    });
  });

  test('names of its own for message, level and time are followed', () => {
    const log = logger({
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    });
    bridge({ messageKey: 'message' });

    log.warn('careful');

    expect(takeRecords()[0]).toMatchObject({
      body: 'careful',
      severityNumber: 13,
      severityText: 'warn',
    });
  });

  test('only the loggers that are accepted, and nothing once it is taken away', () => {
    const log = logger();
    bridge({ accepts: ({ module }) => module === 'orders', minSeverity: 9 });

    log.info('a');
    log.child({ module: 'orders' }).info('b');
    log.child({ module: 'orders' }).debug('c');
    remove();
    log.child({ module: 'orders' }).info('d');

    expect(takeRecords().map(({ body }) => body)).toEqual(['b']);
    expect(lines).toHaveLength(4);
  });

  test('a line that is no JSON costs the record, not the line', () => {
    const log = logger({ formatters: { level: () => ({}) } });
    bridge();

    log.info({ toJSON: () => 'text' }, 'x');
    log.info({ big: 'x'.repeat(5_000_000) }, 'huge');

    expect(lines).toHaveLength(2);
    expect(takeRecords().length).toBeLessThanOrEqual(1);
  });
});

describe('a record has the time of the call, however the line shows it', () => {
  const called = Date.UTC(2026, 10, 5, 10, 20, 30, 456);
  beforeEach(() => void vi.useFakeTimers({ now: called, toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());
  const millisOf = ([seconds, nanos]: readonly [number, number]): number =>
    seconds * 1000 + nanos / 1e6;

  test.each<[string, LoggerOptions['timestamp']]>([
    ['milliseconds', pino.stdTimeFunctions.epochTime],
    ['seconds', pino.stdTimeFunctions.unixTime],
    ['an ISO text', pino.stdTimeFunctions.isoTime],
    ['nothing', false],
    ['a day', () => ',"time":"05/11/2026 10:00:00"'],
    ['a wall clock', () => ',"time":"2026-11-05 19:20:30"'],
  ])('%s', (_, timestamp) => {
    bridge();
    const options: LoggerOptions = timestamp === undefined ? {} : { timestamp };
    const log = pino(
      options,
      pino.multistream([
        { stream: { write: () => undefined } },
        { stream: pinoStream({ loggerProvider }) },
      ]),
    );

    log.info('x');

    const times = takeRecords().map(({ hrTime }) => millisOf(hrTime));
    expect(times).toEqual([called, called]);
  });

  test.each<[string, unknown, number]>([
    ['as an ISO text', '2025-01-02T03:04:05+01:00', Date.UTC(2025, 0, 2, 2, 4, 5)],
    ['in milliseconds', Date.UTC(2025, 0, 2), Date.UTC(2025, 0, 2)],
    ['in seconds', Date.UTC(2025, 0, 2) / 1000, Date.UTC(2025, 0, 2)],
  ])('another that the application gives is taken where it is clear: %s', (_, time, expected) => {
    bridge();

    logger().info({ time }, 'x');

    const [record] = takeRecords();
    expect(millisOf(record?.hrTime ?? [0, 0])).toBe(expected);
    expect(record?.attributes).toEqual({});
  });
});

test('pinoStream does the same for one logger of any version', () => {
  const log = pino(
    { level: 'debug' },
    pino.multistream([
      { level: 'debug', stream: { write: (line: string) => void lines.push(line) } },
      { level: 'debug', stream: pinoStream({ loggerProvider, minSeverity: 9 }) },
    ]),
  );

  const ids = insideSpan(() => log.info({ a: 1 }, 'hello'));
  log.debug('below');

  const [record, ...more] = takeRecords();
  expect(lines).toHaveLength(2);
  expect(more).toEqual([]);
  expect(record).toMatchObject({
    body: 'hello',
    severityNumber: 9,
    severityText: 'info',
    attributes: { a: 1 },
  });
  expect(record?.spanContext).toMatchObject(ids);
  expect(() => pinoStream({ loggerProvider }).write('no json')).not.toThrow();
});

test('traceFields are the ids of the active span for the lines themselves', () => {
  const log = logger({ mixin: () => ({ ...traceFields() }) });

  const { traceId, spanId } = insideSpan(() => log.info('inside'));
  log.info('outside');

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    trace_id: traceId,
    span_id: spanId,
    trace_flags: '01',
  });
  expect(lines[1]).not.toContain('trace_id');
});
