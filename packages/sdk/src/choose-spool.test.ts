import type { ReadableSpan } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { sensitivityOf } from './choose-spool.ts';

const said = (attributes: Record<string, unknown>): string =>
  sensitivityOf({ attributes } as unknown as ReadableSpan);

test('a span without a class is internal, and one that names none there is is restricted', () => {
  expect(said({})).toBe('internal');
  expect(said({ 'llm_otel.sensitivity': 'public' })).toBe('public');
  for (const typo of ['Restricted', 'secret', '', 7, ['public']])
    expect(said({ 'llm_otel.sensitivity': typo })).toBe('restricted');
});
