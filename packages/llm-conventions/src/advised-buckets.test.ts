import { expect, test } from 'vitest';
import { advisedBuckets } from './advised-buckets.ts';
import { genAiMetricDefinitions } from './generated/metrics.ts';

const { buckets: ofDuration } = genAiMetricDefinitions['gen_ai.client.operation.duration'];
const { buckets: ofTokens } =
  genAiMetricDefinitions['gen_ai.client.inference.operation.input_tokens'];

test.each([
  ['gen_ai.client.operation.duration', 's', ofDuration],
  ['gen_ai.client.operation.duration', undefined, ofDuration],
  ['gen_ai.client.operation.duration', '', ofDuration],
  ['gen_ai.client.operation.duration', 'ms', undefined],
  ['gen_ai.client.token.usage', 'token', ofTokens],
  ['gen_ai.client.token.usage', '{token}', ofTokens],
  ['desk.answer.duration', 's', undefined],
  ['toString', undefined, undefined],
])('%s in %j', (name, unit, buckets) => {
  expect(advisedBuckets(name, unit)).toEqual(buckets);
});
