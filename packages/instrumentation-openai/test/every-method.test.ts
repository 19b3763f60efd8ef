import { clientMethods, unaccounted } from '@llm-otel/tooling/contract';
import { OpenAI } from 'openai';
import { expect, test } from 'vitest';
import { observedMethods } from '../src/observed-methods.ts';
import { leftMethods } from './left-methods.ts';

test('each method of the newest major is observed, or left for a reason', () => {
  const methods = clientMethods(new OpenAI({ apiKey: 'none' }), (value) => '_client' in value);
  const observed = observedMethods.map(({ path }) => path.join('.'));

  expect(unaccounted(methods, observed, leftMethods)).toEqual({ unknown: [], stale: [] });
});
