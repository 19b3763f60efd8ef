// What a stream tells of the tier it was served in: it decides the price.
import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  aiSdkStream,
  anthropicStream,
  bedrockStream,
  createGenAi,
  geminiStream,
  openAiChatStream,
  openAiResponsesStream,
  serviceTierFromAiSdk,
  serviceTierFromGemini,
  type StreamFormat,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

async function* of(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks;
}

async function attributesOf(
  { provider, model }: { readonly provider: string; readonly model: string },
  format: StreamFormat,
  chunks: readonly unknown[],
): Promise<Record<string, unknown>> {
  const recording = recordSignals();
  // The table knows its prices since October 2026.
  recording.clock.advance(60 * 86_400_000);
  const call = createGenAi(recording).startInference({ provider, model, stream: true });
  for await (const _ of call.stream(of(chunks), format));
  return recording.spans()[0]?.attributes ?? {};
}

const chat = (more: object = {}): object => ({
  object: 'chat.completion.chunk',
  model: 'gpt-5',
  service_tier: 'flex',
  system_fingerprint: 'fp_1',
  choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }],
  ...more,
});
const million = { prompt_tokens: 1_000_000, completion_tokens: 0 };

describe('OpenAI', () => {
  test('chat completions cost what their tier costs', async () => {
    const chunks = [chat(), chat({ choices: [], usage: million })];

    expect(
      await attributesOf({ provider: 'openai', model: 'gpt-5' }, openAiChatStream, chunks),
    ).toMatchObject({
      'llm_otel.cost.micro_usd': 625_000,
      'llm_otel.cost.tier': 'flex',
      'openai.api.type': 'chat_completions',
      'openai.response.service_tier': 'flex',
      'openai.response.system_fingerprint': 'fp_1',
    });
  });

  test('responses cost what the tier of the last event costs', async () => {
    const response = { id: 'r', model: 'gpt-5', output: [] };
    const chunks = [
      { type: 'response.created', response: { ...response, service_tier: 'auto' } },
      {
        type: 'response.completed',
        response: {
          ...response,
          status: 'completed',
          service_tier: 'priority',
          usage: { input_tokens: 1_000_000, output_tokens: 0 },
        },
      },
    ];

    expect(
      await attributesOf({ provider: 'openai', model: 'gpt-5' }, openAiResponsesStream, chunks),
    ).toMatchObject({
      'llm_otel.cost.micro_usd': 2_500_000,
      'openai.api.type': 'responses',
      'openai.response.service_tier': 'priority',
    });
  });

  test('old completions have no type of API', async () => {
    const chunks = [{ object: 'text_completion', choices: [{ index: 0, text: 'Hi' }] }];

    expect(
      await attributesOf({ provider: 'openai', model: 'm' }, openAiChatStream, chunks),
    ).not.toHaveProperty('openai.api.type');
  });

  test('a whole answer has its tier under the name of OpenAI too', () => {
    const recording = recordSignals();
    const genAi = createGenAi(recording);
    for (const provider of ['openai', 'azure.ai.openai', 'groq'])
      genAi.inference({ provider, model: 'm' }, (call) =>
        call.recordResponse({ serviceTier: 'flex' }),
      );

    expect(
      recording.spans().map(({ attributes }) => attributes['openai.response.service_tier']),
    ).toEqual(['flex', 'flex', undefined]);
  });

  test('a provider that speaks its API has none of its names', async () => {
    const attributes = await attributesOf({ provider: 'groq', model: 'm' }, openAiChatStream, [
      chat({ usage: million }),
    ]);

    expect(attributes['llm_otel.cost.tier']).toBe('flex');
    expect(Object.keys(attributes).filter((name) => name.startsWith('openai.'))).toEqual([]);
  });
});

const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };

test.each<[string, StreamFormat, unknown[]]>([
  [
    'Anthropic',
    anthropicStream,
    [{ type: 'message_start', message: { usage: { input_tokens: 1, service_tier: 'priority' } } }],
  ],
  [
    'Bedrock',
    bedrockStream,
    [
      {
        metadata: { usage: { inputTokens: 1, outputTokens: 1 }, serviceTier: { type: 'priority' } },
      },
    ],
  ],
  ['Gemini', geminiStream, [{ usageMetadata: { promptTokenCount: 1, serviceTier: 'priority' } }]],
  [
    'Vertex AI',
    geminiStream,
    [{ usageMetadata: { promptTokenCount: 1, trafficType: 'ON_DEMAND_PRIORITY' } }],
  ],
  [
    'the AI SDK',
    aiSdkStream,
    [{ type: 'finish', usage, providerMetadata: { openai: { serviceTier: 'priority' } } }],
  ],
])('the stream of %s tells its tier', async (_, format, chunks) => {
  const attributes = await attributesOf({ provider: 'p', model: 'm' }, format, chunks);

  expect(attributes['llm_otel.cost.tier']).toBe('priority');
});

test('the tier is read off a whole answer of Gemini and of the AI SDK', () => {
  expect(serviceTierFromGemini({ service_tier: 'SERVICE_TIER_FLEX' })).toBe('flex');
  expect(serviceTierFromGemini({ trafficType: 'ON_DEMAND' })).toBe('on_demand');
  expect(serviceTierFromGemini({ trafficType: 'TRAFFIC_TYPE_UNSPECIFIED' })).toBeUndefined();
  expect(serviceTierFromGemini(undefined)).toBeUndefined();
  const answer = (providerMetadata: unknown): object => ({ providerMetadata });
  expect(serviceTierFromAiSdk(answer({ bedrock: { serviceTier: { type: 'flex' } } }))).toBe('flex');
  expect(serviceTierFromAiSdk(answer({ anthropic: { usage: { service_tier: 'batch' } } }))).toBe(
    'batch',
  );
  expect(serviceTierFromAiSdk(answer({ openai: {} }))).toBeUndefined();
});
