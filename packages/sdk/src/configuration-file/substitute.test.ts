import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scalarOf } from './scalar.ts';
import { substituted, SubstitutionError } from './substitute.ts';

const environment = { A: 'one', EMPTY: '', B_2: 'two', NESTED: '${A}' };

describe('a reference', () => {
  test.each([
    ['${A}', 'one'],
    ['${env:A}', 'one'],
    ['${B_2}', 'two'],
    ['x ${A} y ${B_2} z', 'x one y two z'],
    ['${A}${A}', 'oneone'],
    ['${NONE}', ''],
    ['${NONE:-other}', 'other'],
    ['${NONE:-}', ''],
    ['${EMPTY:-other}', 'other'],
    ['${A:-other}', 'one'],
    ['${NONE:-a:-b c}', 'a:-b c'],
    ['$${A}', '${A}'],
    ['$$${A}', '$one'],
    ['$$$$', '$$'],
    ['$A costs $5', '$A costs $5'],
    ['a$', 'a$'],
    ['${NESTED}', '${A}'],
  ])('%s is %s', (text, expected) => {
    expect(substituted(text, environment)).toBe(expected);
  });

  test.each(['${', '${}', '${1A}', '${A', '${A B}', '${other:A}', '${A-b}', 'x ${A?} y'])(
    '%s is none, and the file is refused',
    (text) => {
      expect(() => substituted(text, environment)).toThrow(SubstitutionError);
    },
  );
});

test('any text either becomes text or is refused, and without a dollar sign it stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        const result = substituted(text, environment);
        if (!text.includes('$')) expect(result).toBe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SubstitutionError);
      }
    }),
  );
});

test('text whose dollar signs are doubled comes out as it was', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(substituted(text.replaceAll('$', '$$$$'), environment)).toBe(text);
    }),
  );
});

test.each([
  ['', null],
  ['~', null],
  ['null', null],
  ['true', true],
  ['False', false],
  ['yes', 'yes'],
  ['12', 12],
  ['-1.5e3', -1500],
  ['.5', 0.5],
  ['0x10', 16],
  ['0o17', 15],
  ['1.2.3', '1.2.3'],
  ['-', '-'],
  ['.', '.'],
])('a plain scalar %j is %j, as in YAML 1.2', (source, value) => {
  expect(scalarOf(source)).toBe(value);
});
