import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EnvironmentReader } from './environment.ts';

function reading(value: string | undefined): { reader: EnvironmentReader; errors: string[] } {
  const errors: string[] = [];
  return {
    reader: new EnvironmentReader({ X: value }, ({ message }) => errors.push(message)),
    errors,
  };
}

test('a variable that is empty or only spaces counts as not set', () => {
  for (const value of [undefined, '', '  ']) {
    const { reader, errors } = reading(value);

    expect(reader.string('X')).toBeUndefined();
    expect(reader.boolean('X')).toBeUndefined();
    expect(reader.number('X')).toBeUndefined();
    expect(reader.pairs('X')).toBeUndefined();
    expect(errors).toEqual([]);
  }
});

test('a string is trimmed', () => {
  expect(reading(' support ').reader.string('X')).toBe('support');
});

test('a boolean is true or false in any case, and nothing else', () => {
  expect(reading('TRUE').reader.boolean('X')).toBe(true);
  expect(reading('False').reader.boolean('X')).toBe(false);
  const { reader, errors } = reading('1');
  expect(reader.boolean('X')).toBeUndefined();
  expect(errors).toEqual(['X is "1": use "true" or "false"']);
});

describe('a number', () => {
  test('is read as a decimal, with a sign, a point and an exponent', () => {
    expect(reading('-1.5e2').reader.number('X')).toBe(-150);
    expect(reading('.5').reader.number('X')).toBe(0.5);
  });

  test.each(['0x10', 'Infinity', 'NaN', '1,5', '1e999', 'ten'])('is not %s', (value) => {
    const { reader, errors } = reading(value);

    expect(reader.number('X')).toBeUndefined();
    expect(errors).toEqual([`X is "${value}": use a number`]);
  });

  test('outside its range is reported with the range', () => {
    const { reader, errors } = reading('1.5');

    expect(reader.number('X', { min: 0, max: 1 })).toBeUndefined();
    expect(reader.number('X', { min: 1, integer: true })).toBeUndefined();
    expect(errors).toEqual([
      'X is "1.5": use a number from 0 to 1',
      'X is "1.5": use a whole number of at least 1',
    ]);
  });
});

test('one of several words is found in any case and given as we write it', () => {
  expect(reading('GZIP').reader.oneOf('X', ['none', 'gzip'])).toBe('gzip');
  const { reader, errors } = reading('zip');
  expect(reader.oneOf('X', ['none', 'gzip'])).toBeUndefined();
  expect(errors).toEqual(['X is "zip": use one of none, gzip']);
});

test.each([
  ['250', 'ms', 250],
  ['250', 's', 250_000],
  ['120s', 'ms', 120_000],
  ['120000ms', 's', 120_000],
  ['1.5 m', 'ms', 90_000],
] as const)('the duration %s, counted in %s, is %d ms', (value, unit, millis) => {
  expect(reading(value).reader.durationMillis('X', unit)).toBe(millis);
});

test.each(['soon', '-1', '5h', '9'.repeat(400)])('the duration %s is reported', (value) => {
  const { reader, errors } = reading(value);

  expect(reader.durationMillis('X')).toBeUndefined();
  expect(errors[0]).toContain('use a duration such as 30ms or 120s');
});

test('a list leaves out empty items', () => {
  expect(reading('otlp, ,console,').reader.list('X')).toEqual(['otlp', 'console']);
});

describe('pairs', () => {
  test('are percent-decoded on both sides, and only the first = divides', () => {
    expect(reading('a=1, b%2Cc = x%20y ,d=e=f,g=').reader.pairs('X')).toEqual({
      a: '1',
      'b,c': 'x y',
      d: 'e=f',
      g: '',
    });
  });

  test('a key named __proto__ is a key like any other', () => {
    const pairs = reading('__proto__=x').reader.pairs('X') ?? {};

    expect(Object.entries(pairs)).toEqual([['__proto__', 'x']]);
  });

  test.each(['a=1,b', 'a=1,=2', 'a=%E0%A4%A'])(
    '%s is discarded as a whole and reported',
    (value) => {
      const { reader, errors } = reading(value);

      expect(reader.pairs('X')).toBeUndefined();
      expect(errors).toHaveLength(1);
    },
  );

  test('of any keys and values come back after encoding', () => {
    const encodable = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(
        fc.dictionary(
          encodable.filter((key) => key !== ''),
          encodable,
          { minKeys: 1 },
        ),
        (pairs) => {
          const text = Object.entries(pairs)
            .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
            .join(',');

          expect(new Map(Object.entries(reading(text).reader.pairs('X') ?? {}))).toEqual(
            new Map(Object.entries(pairs)),
          );
        },
      ),
    );
  });
});

describe('headers', () => {
  test('that cannot be used are reported by their place and not printed, and the others stay', () => {
    const { reader, errors } = reading(
      'authorization=Bearer%20a, hush,=hush,x-ok=%zz,b c=hush,d=hush%0A,x=1',
    );

    expect(reader.headers('X')).toEqual({ authorization: 'Bearer a', x: '1' });
    expect(errors).toEqual(
      [2, 3, 4, 5, 6].map(
        (place) =>
          `X, pair ${place} of 7, is [redacted]: use key=value pairs separated by commas, percent-encoded; the other pairs are used`,
      ),
    );
  });

  test('of which none can be used count as not set', () => {
    expect(reading('authorization').reader.headers('X')).toBeUndefined();
    expect(reading('').reader.headers('X')).toBeUndefined();
  });
});

test('no value makes a reader throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const { reader } = reading(value);
      reader.boolean('X');
      reader.number('X', { min: 0 });
      reader.durationMillis('X');
      reader.oneOf('X', ['a']);
      reader.list('X');
      reader.pairs('X');
      reader.headers('X');
    }),
  );
});
