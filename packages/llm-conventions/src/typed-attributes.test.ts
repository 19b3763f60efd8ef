import { diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { customValue } from './custom-value.ts';
import { inferenceAttributes, spanAttributes } from './typed-attributes.ts';

afterEach(() => diag.disable());

test('attributes without a value are left out', () => {
  expect(
    inferenceAttributes({ 'gen_ai.request.model': 'm', 'gen_ai.request.seed': undefined }),
  ).toEqual({ 'gen_ai.request.model': 'm' });
  expect(spanAttributes('gen_ai.plan.internal', { 'gen_ai.agent.name': 'a' })).toEqual({
    'gen_ai.agent.name': 'a',
  });
});

test('what a provider adds belongs on a model call, prompt variables under names of their own', () => {
  const attributes = {
    'openai.api.type': 'responses',
    'aws.bedrock.guardrail.id': 'g',
    'gen_ai.prompt.variable.city': 'Bern',
  } as const;

  expect(inferenceAttributes(attributes)).toEqual(attributes);
  const inHouse = { 'gen_ai.provider.name': customValue('in-house') };
  expect(inferenceAttributes(inHouse)).toEqual(inHouse);
});

test('unknown keys pass only through extra, and what is left out is said once', () => {
  const messages: string[] = [];
  const error = (message: string): void => void messages.push(message);
  diag.setLogger({ error, warn() {}, info() {}, debug() {}, verbose() {} }, DiagLogLevel.ERROR);
  // What plain JavaScript may do.
  const wrong = { 'gen_ai.plan.steps': 3, 'gen_ai.agent.name': 'a' } as object;

  for (let time = 0; time < 2; time++)
    expect(
      spanAttributes('gen_ai.plan.internal', wrong, { 'app.tier': 'gold', 'app.none': undefined }),
    ).toEqual({ 'gen_ai.agent.name': 'a', 'app.tier': 'gold' });

  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain('gen_ai.plan.steps');
  expect(messages[0]).toContain('not listed for gen_ai.plan.internal');
});
