import { expect, test } from 'vitest';
import { type ArrivedSpan, orphansOf, treesOf } from './span-trees.ts';

const span = (
  spanId: string,
  start: string,
  parentSpanId?: string,
  traceId = 'a',
): ArrivedSpan => ({
  name: `span ${spanId}`,
  traceId,
  spanId,
  parentSpanId,
  start,
});

test('spans are drawn below their parents, in order of time', () => {
  const spans = [span('3', '30', '1'), span('2', '20', '1'), span('1', '10'), span('9', '5')];

  expect(treesOf(spans)).toEqual(['span 9', 'span 1\n  span 2\n  span 3']);
  expect(orphansOf(spans)).toEqual([]);
});

test('a parent in another trace is none', () => {
  const orphan = span('2', '20', '1', 'b');

  expect(orphansOf([span('1', '10'), orphan])).toEqual([orphan]);
});
