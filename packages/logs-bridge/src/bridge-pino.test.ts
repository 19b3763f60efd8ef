import { pino, type Logger, type LoggerOptions } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
