import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { InvalidOptionError } from '@llm-otel/core';
import { insideSpan, loggerProvider, takeRecords, useContexts } from '../test/recorded-logs.ts';
import { bridgeConsole, type ConsoleBridgeOptions } from './bridge-console.ts';

let written = '';
let output: Console;
let remove: () => void = () => undefined;
let restore: () => void;
beforeAll(() => (restore = useContexts()));
afterAll(() => restore());
beforeEach(() => {
  written = '';
  const stream = new PassThrough().on('data', (chunk: Buffer) => (written += chunk.toString()));
  output = new Console(stream, stream);
});
afterEach(() => {
  remove();
  takeRecords();
});
const bridge = (options: ConsoleBridgeOptions = {}): void => {
  remove = bridgeConsole({ loggerProvider, console: output, ...options });
};
const logOf = (owner: Console): ((...args: unknown[]) => void) => Reflect.get(owner, 'log');
const bodies = (): unknown[] => takeRecords().map(({ body }) => body);

test('a line is a record of the span it was written in, and is written as before', () => {
  bridge();

  const ids = insideSpan(() => output.info('hello %s', 'world', 7));

  const [record] = takeRecords();
  expect(written).toBe('hello world 7\n');
  expect(record).toMatchObject({ body: 'hello world 7', severityNumber: 9, severityText: 'info' });
  expect(record?.spanContext).toMatchObject(ids);
  expect(record?.instrumentationScope.name).toBe('console');
});

test('what console.dir shows is a record, without how it is shown', () => {
  bridge();

  output.dir({ order: { id: 7 } }, { depth: 0 });
  output.dir('text');

  expect(written).toContain('order');
  expect(takeRecords().map(({ body, severityNumber }) => [body, severityNumber])).toEqual([
    [{ order: { id: 7 } }, 9],
    ['text', 9],
  ]);
});

test('each method has its severity', () => {
  bridge();

  output.debug('a');
  output.log('b');
  output.info('c');
  output.warn('d');
  output.error('e');
  output.trace('f');

  expect(
    takeRecords().map(({ severityNumber, severityText }) => [severityText, severityNumber]),
  ).toEqual([
    ['debug', 5],
    ['log', 9],
    ['info', 9],
    ['warn', 13],
    ['error', 17],
    ['trace', 1],
  ]);
});

describe('what is written stays what it is', () => {
  test('an object alone is the body', () => {
    bridge();

    output.log({ order: 7, items: ['a'] });

    expect(bodies()).toEqual([{ order: 7, items: ['a'] }]);
  });

  test('objects behind a text are attributes, and the text stays readable', () => {
    bridge();

    output.log('order', { id: 7 }, 'of', 2);

    const [record] = takeRecords();
    expect(record?.body).toBe('order of 2');
    expect(record?.attributes).toEqual({ 'log.arguments': [{ id: 7 }] });
  });

  test('an error has the attributes of the conventions', () => {
    bridge();
    const error = new RangeError('too far');

    output.error('failed:', error);
    output.error(error);

    const [first, second] = takeRecords();
    expect([first?.body, second?.body]).toEqual(['failed:', 'too far']);
    for (const record of [first, second]) {
      expect(record?.attributes).toMatchObject({
        'exception.type': 'RangeError',
        'exception.message': 'too far',
        'exception.stacktrace': error.stack,
      });
    }
  });

  test.each<[string, unknown[], string]>([
    [
      'in front of the text',
      [new RangeError('too far'), 'while saving', 42],
      'too far while saving 42',
    ],
    ['with objects behind it', [new RangeError('100%s'), { id: 7 }, 'x'], '100%s x'],
    ['behind the text', ['while saving', new RangeError('too far'), 42], 'while saving 42'],
  ])('an error %s takes no word from it', (_, args, body) => {
    bridge();

    output.error(...args);

    const [record] = takeRecords();
    expect(record?.body).toBe(body);
    expect(record?.attributes).toMatchObject({ 'exception.type': 'RangeError' });
  });

  test('what caused an error is in its stack trace and in its map', () => {
    bridge();
    const root = Object.assign(new RangeError('root'), { code: 'E1' });
    const middle = new Error('middle', { cause: root });
    const cyclic = new Error('cyclic');
    cyclic.cause = cyclic;

    output.error(new Error('top', { cause: middle }));
    output.error(new AggregateError([new Error('one'), new Error('two')], 'all'));
    output.error(new Error('told', { cause: 'the disk is full' }));
    output.error(cyclic);

    const records = takeRecords();
    const stacks = records.map(({ attributes }) => attributes['exception.stacktrace'] as string);
    expect(stacks[0]).toMatch(
      /^Error: top\n[^]*\ncaused by: Error: middle\n[^]*\ncaused by: RangeError: root\n/,
    );
    expect(stacks[1]).toMatch(
      /^AggregateError: all\n[^]*\ncaused by: Error: one\n[^]*\ncaused by: Error: two\n/,
    );
    expect(stacks[2]?.endsWith('\ncaused by: the disk is full')).toBe(true);
    expect(stacks[3]).toBe(cyclic.stack);
    expect(records.map(({ attributes }) => attributes['log.arguments'])).toMatchObject([
      [{ message: 'top', cause: { message: 'middle', cause: { message: 'root', code: 'E1' } } }],
      [{ message: 'all', errors: [{ message: 'one' }, { message: 'two' }] }],
      [{ message: 'told', cause: 'the disk is full' }],
      [{ message: 'cyclic', cause: '[Circular]' }],
    ]);
  });

  test('colours are no part of the text', () => {
    bridge();

    output.log('\u001B[31mred\u001B[39m and %s', 'blue', { id: 7 });

    expect(bodies()).toEqual(['red and blue']);
    expect(written).toContain('\u001B[31m');
  });

  test('a percent sign that is told not to be a placeholder takes nothing', () => {
    bridge();

    output.log('%s is 100%%s', 'a', { id: 7 });

    expect(bodies()).toEqual(['a is 100%s']);
  });

  test('placeholders take objects as the console does', () => {
    bridge();

    output.log('%s is %j', 'a', { b: 1 });

    expect(bodies()).toEqual([`a is {"b":1}`]);
  });
});

test('a severity below the lowest is not sent on, and still written', () => {
  bridge({ minSeverity: 13 });

  output.info('a');
  output.warn('b');

  expect(bodies()).toEqual(['b']);
  expect(written).toBe('a\nb\n');
});

test('once it is taken away nothing is sent on, and the console is the one before', () => {
  const before = logOf(output);
  bridge();
  expect(logOf(output)).not.toBe(before);

  remove();
  output.log('a');

  expect(logOf(output)).toBe(before);
  expect(bodies()).toEqual([]);
});

test('what somebody put over it since stays', () => {
  bridge();
  const seen: unknown[] = [];
  const inner = logOf(output);
  output.log = (...args: unknown[]) => {
    seen.push(args);
    inner.apply(output, args);
  };

  remove();
  output.log('a');

  expect(seen).toEqual([['a']]);
  expect(written).toBe('a\n');
  expect(bodies()).toEqual([]);
});

test('values that throw never reach the application', () => {
  bridge();
  const throwing = {
    get a(): never {
      throw new Error('no');
    },
  };

  expect(() => output.log('x', 1n, Symbol('s'))).not.toThrow();
  remove();
  const fake = { log: () => undefined } as unknown as Console;
  remove = bridgeConsole({ loggerProvider, console: fake });
  expect(() => fake.log(throwing)).not.toThrow();
  expect(bodies()).toEqual(['x 1n Symbol(s)', { a: '[Getter]' }]);
});

test('a value that throws wherever it is touched costs only itself', () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrown = (): never => {
    throw new Error('no');
  };
  const traps = { getPrototypeOf: thrown, get: thrown, ownKeys: thrown };
  const hostile = new Proxy({}, traps);
  class Sly extends Error {
    override get message(): string {
      return thrown();
    }
    override get stack(): string {
      return thrown();
    }
  }
  const write = (): void => undefined;
  const fake = { log: write } as unknown as Console;
  remove = bridgeConsole({ loggerProvider, console: fake });

  for (const value of [revoked, hostile, new Sly()]) {
    fake.log('x', value, { id: 7 });
    fake.log(value);
  }

  const records = takeRecords();
  expect(records).toHaveLength(6);
  expect(records.map(({ body }) => body)).toEqual(['x', '[Throws]', 'x', '[Throws]', 'x', '']);
  expect([0, 2, 4].map((at) => records[at]?.attributes['log.arguments'])).toEqual(
    ['[Throws]', '[Throws]', { type: 'Error' }].map((value) => [value, { id: 7 }]),
  );
  expect(records[5]?.attributes).toMatchObject({ 'exception.type': 'Error' });
});

test.each([
  ['minSeverity', { minSeverity: 25 }],
  ['maxBytes', { maxBytes: 0 }],
  ['loggerProvider', { loggerProvider: {} as never }],
])('a wrong %s is refused by name', (option, options) => {
  expect(() => bridgeConsole({ console: output, ...options })).toThrow(InvalidOptionError);
  expect(() => bridgeConsole({ console: output, ...options })).toThrow(option);
});
