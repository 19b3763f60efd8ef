import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { OpenAI } from 'openai';
import { beforeEach, expect, test } from 'vitest';
import { instrument, type OpenAiOptions } from '../src/index.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

beforeEach(() => recorder.clear());

const usage = {
  input_tokens: 40,
  input_tokens_details: { cached_tokens: 10, cache_write_tokens: 5 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 47,
};

function answering(answer: object, options: OpenAiOptions = {}): OpenAI {
  const client = new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    fetch: () => Promise.resolve(Response.json(answer)),
  });
  return instrument(client, { tracer, ...options });
}

const compaction = {
  id: 'resp_c',
  object: 'response.compaction',
  created_at: 1,
  output: [{ type: 'compaction', id: 'cmp_1', encrypted_content: 'xyz' }],
  usage,
};

test.each([
  [
    'responses',
    (client: OpenAI): unknown =>
      client.responses.compact({ model: 'gpt-5.1', input: 'Long talk.' }),
  ],
  [
    'beta.responses',
    (client: OpenAI): unknown =>
      client.beta.responses.compact({ model: 'gpt-5.1', input: 'Long talk.' }),
  ],
])('%s.compact asks a model, which costs tokens', async (_, compact) => {
  await compact(answering(compaction));

  const [span] = recorder.spans;
  expect(span).toMatchObject({
    name: 'chat gpt-5.1',
    attributes: {
      'openai.api.type': 'responses',
      'gen_ai.response.id': 'resp_c',
      'gen_ai.usage.input_tokens': 40,
      'gen_ai.usage.output_tokens': 7,
    },
  });
  expect(checkConformance(span!).errors).toEqual([]);
});

const questions = [{ type: 'predicate' as const, name: 'urgent', question: 'Is it urgent?' }];
const decision = {
  model: 'gpt-5.1-2026-05-01',
  answers: [{ type: 'predicate', name: 'urgent', probability: 0.9 }],
  usage,
};

test('decisions.create is content that a model generates', async () => {
  const asked = answering(decision).decisions.create({
    model: 'gpt-5.1',
    input: 'My parcel is on fire.',
    questions: questions as never,
  });

  expect((await asked).answers).toHaveLength(1);
  const [span] = recorder.spans;
  expect(span).toMatchObject({
    name: 'generate_content gpt-5.1',
    attributes: {
      'gen_ai.output.type': 'json',
      'gen_ai.response.model': 'gpt-5.1-2026-05-01',
      'gen_ai.usage.input_tokens': 40,
      'gen_ai.usage.output_tokens': 7,
    },
  });
  expect(checkConformance(span!).errors).toEqual([]);
  expect(JSON.stringify(span?.attributes)).not.toMatch(/on fire|0\.9/);
});

test('with content, a decision has what was asked about and what was answered', async () => {
  const client = answering(decision, { content: 'span' });
  await client.decisions.create({
    model: 'gpt-5.1',
    input: 'My parcel is on fire.',
    questions: questions as never,
  });

  const attributes = recorder.spans[0]?.attributes ?? {};
  expect(attributes['gen_ai.input.messages']).toContain('on fire');
  expect(attributes['gen_ai.output.messages']).toContain('0.9');
});

const response = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'gpt-5.1',
  output: [],
  usage,
};

test('beta.responses.retrieve is the fetch of a response', async () => {
  await answering(response).beta.responses.retrieve('resp_1');

  expect(recorder.spans[0]?.attributes).toMatchObject({ 'gen_ai.response.id': 'resp_1' });
  expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
});
