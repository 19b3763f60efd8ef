import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { otlpJson } from './otlp-json.ts';

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function attributesOf(attributes: Record<string, unknown>): readonly Attribute[] {
  const body = new TraceEncoder().encodeCopy([makeSpan({ attributes })], (_span, error) => {
    throw error;
  });
  const { resourceSpans } = JSON.parse(otlpJson(body, 'traces')) as {
    resourceSpans: [{ scopeSpans: [{ spans: [{ attributes: readonly Attribute[] }] }] }];
  };
  return resourceSpans[0].scopeSpans[0].spans[0].attributes;
}

test('every key stays what it is, however many there are', () => {
  const entries = Array.from({ length: 5000 }, (_, i) => [`user.${i}.name`, `n${i}`] as const);

  expect(attributesOf(Object.fromEntries(entries))).toEqual(
    entries.map(([key, stringValue]) => ({ key, value: { stringValue } })),
  );
});

test('keys of any length and any characters', () => {
  // Numbers come first in an object, whatever the order they were written in, and `__proto__` is no key of it.
  const key = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 5 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
    )
    .filter((name) => name !== '__proto__' && !/^\d+$/.test(name));
  fc.assert(
    fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 4 }), (keys) => {
      const attributes = attributesOf(Object.fromEntries(keys.map((name) => [name, name])));

      expect(attributes).toEqual(
        keys.map((name) => ({
          key: name.toWellFormed(),
          value: { stringValue: name.toWellFormed() },
        })),
      );
    }),
    { numRuns: 300 },
  );
});
