import * as api from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { context, createContextKey, ROOT_CONTEXT } from './index.ts';

test('the context of this package is that of the API', () => {
  expect(context).toBe(api.context);
  expect(createContextKey).toBe(api.createContextKey);
  expect(ROOT_CONTEXT).toBe(api.ROOT_CONTEXT);
});
