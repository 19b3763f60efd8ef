import { expect, test } from 'vitest';
import { inferenceAttributes, spanAttributes } from './typed-attributes.ts';

test('attributes without a value are left out', () => {
  expect(
    inferenceAttributes({ 'gen_ai.request.model': 'm', 'gen_ai.request.seed': undefined }),
  ).toEqual({ 'gen_ai.request.model': 'm' });
  expect(spanAttributes('gen_ai.plan.internal', { 'gen_ai.agent.name': 'a' })).toEqual({
    'gen_ai.agent.name': 'a',
  });
});
