import { ROOT_CONTEXT } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL,
  CONTEXT,
  HEADERS,
  NOTHINGS,
  sessionOf,
  TRACEPARENT,
  traceparentOf,
} from '../test/a-context.ts';
import { contextFromJson, contextToJson } from './context-json.ts';

test('the whole context goes through one column', () => {
  const column = contextToJson(CONTEXT, ALL);

  expect(JSON.parse(column ?? '')).toEqual(HEADERS);
  const context = contextFromJson(column);
  expect(traceparentOf(context)).toBe(TRACEPARENT);
  expect(sessionOf(context)).toBe('s-42');
  // A database that knows JSON hands over the object.
  expect(sessionOf(contextFromJson(JSON.parse(column ?? '')))).toBe('s-42');
});

test('without a context the column is null', () => {
  expect(contextToJson(ROOT_CONTEXT)).toBeUndefined();
});

describe('a column that holds', () => {
  test('nothing, no JSON, or JSON of something else is no context', () => {
    for (const nothing of NOTHINGS) expect(contextFromJson(nothing)).toBe(ROOT_CONTEXT);
    for (const text of ['{', '[]', 'null', '7', '"x"', '{"traceparent":"x"}', '{"traceparent":{}}'])
      expect(contextFromJson(text)).toBe(ROOT_CONTEXT);
  });

  test('a megabyte is not parsed', () => {
    const huge = JSON.stringify({ ...HEADERS, more: 'x'.repeat(1_000_000) });

    expect(contextFromJson(huge)).toBe(ROOT_CONTEXT);
  });

  test('any text never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        contextFromJson(text);
      }),
    );
  });
});
