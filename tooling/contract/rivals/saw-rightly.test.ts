import { expect, test } from 'vitest';
import type { RecordedSpan } from '../span-facts.ts';
import { sawRightly } from './saw-rightly.ts';

function failed(name: string): RecordedSpan {
  return {
    name,
    status: { code: 2 },
    attributes: { 'gen_ai.operation.name': 'generate_content' },
    events: [],
    spanContext: () => ({ spanId: '1' }),
  };
}

test('a call of a model that nobody has named is one, too', () => {
  const expected = [{ name: 'generate_content', errorType: 'Error' }];

  expect(sawRightly(expected, { spans: [failed('any')], openSpans: [] }, ['model'])).toBe(true);
  expect(sawRightly(expected, { spans: [], openSpans: [] }, ['model'])).toBe(false);
});
