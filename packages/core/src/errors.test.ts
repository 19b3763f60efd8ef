import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { InvalidOptionError, MissingPeerError, TelemetryError } from './errors.ts';

test('an error carries its code, its class name and its cause', () => {
  const cause = new Error('why');
  const error = new TelemetryError('LLM_OTEL_TEST', 'what', { cause });

  expect(error).toMatchObject({ code: 'LLM_OTEL_TEST', name: 'TelemetryError', cause });
});

test('an error of another copy of this package is recognised, other errors are not', () => {
  const foreign = Object.assign(new Error('x'), { isTelemetryError: true });

  expect(TelemetryError.is(foreign)).toBe(true);
  expect(TelemetryError.is(new Error('x'))).toBe(false);
  expect(TelemetryError.is({ isTelemetryError: true })).toBe(false);
});

test('an invalid option is told with its name, its value and what to use', () => {
  const error = new InvalidOptionError({ option: 'ratio', value: 2, use: 'a number from 0 to 1' });

  expect(error.message).toBe('ratio is 2: use a number from 0 to 1');
  expect(error).toMatchObject({ option: 'ratio', code: 'LLM_OTEL_INVALID_OPTION' });
});

test('the value of a secret option is not told', () => {
  const error = new InvalidOptionError({
    option: 'headers',
    value: 'hush',
    use: 'x',
    secret: true,
  });

  expect(inspect(error, { showHidden: true })).not.toContain('hush');
});

const secret = ['hush', 'hush'].join('-');

test.each([
  [`grpc://me:${secret}@host:4317`, 'grpc://[redacted]@host:4317'],
  [`https://${secret}@host/v1/traces`, 'https://[redacted]@host/v1/traces'],
  [`http://me:${secret}/x#y@host:port/`, 'http://[redacted]@host:port/'],
  [`http//me:${secret}@host`, '[redacted]@host'],
  [`me:${secret}@host:4318`, '[redacted]@host:4318'],
  [`ftp://host/v1?key=${secret}`, 'ftp://host/v1?[redacted]'],
  [`ftp://me:${secret}@host/?key=${secret}`, 'ftp://[redacted]@host/?[redacted]'],
  [`-----BEGIN PRIVATE KEY-----\n${secret}`, '[redacted]'],
])('%s is quoted without what may be a secret in it', (value, quoted) => {
  const messageOf = (held: unknown): string =>
    new InvalidOptionError({ option: 'url', value: held, use: 'x' }).message;

  expect(messageOf(value)).toBe(`url is "${quoted}": use x`);
  expect(messageOf({ urls: [value] })).toBe(`url is {"urls":["${quoted}"]}: use x`);
});

test.each(['http://host:4318/v1/traces', '@llm-otel/core', 'a@b', 'is it?', 'host:4317', ''])(
  '%j is quoted as it is',
  (value) => {
    expect(new InvalidOptionError({ option: 'o', value, use: 'x' }).message).toBe(
      `o is "${value}": use x`,
    );
  },
);

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const hostile = {
  toJSON(): never {
    throw new Error('no');
  },
};

test.each([
  ['a cyclic object', cyclic, 'a value of type object'],
  ['an object that throws', hostile, 'a value of type object'],
  ['a bigint', 1n, 'a value of type bigint'],
  ['a function', () => 1, 'a function'],
  ['undefined', undefined, 'undefined'],
  ['a symbol', Symbol('s'), 'a symbol'],
  ['an object whose JSON is nothing', { toJSON: () => undefined }, 'an object'],
  ['a long string', 'x'.repeat(200), `"${'x'.repeat(79)}…`],
  ['a string with a line break', 'a\nb', String.raw`"a\nb"`],
])('%s is quoted on one short line', (_, value, quoted) => {
  expect(new InvalidOptionError({ option: 'o', value, use: 'x' }).message).toBe(
    `o is ${quoted}: use x`,
  );
});

test('a missing package is told with the command that installs it', () => {
  const error = new MissingPeerError('@opentelemetry/sdk-metrics', 'metrics');

  expect(error.message).toBe(
    'metrics needs @opentelemetry/sdk-metrics, which is not installed: run npm install @opentelemetry/sdk-metrics',
  );
  expect(error).toMatchObject({
    code: 'LLM_OTEL_MISSING_PEER',
    packageName: '@opentelemetry/sdk-metrics',
  });
});
