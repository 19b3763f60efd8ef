import { describe, expect, test } from 'vitest';
import { costOf } from './cost-of.ts';
import { priceLists, priceTable } from './price-table.ts';
import { withPrices } from './with-prices.ts';

const november = new Date('2026-11-20T12:00:00Z');

describe('a server that speaks the API of a provider', () => {
  const usage = { inputTokens: 1000, outputTokens: 0 };
  const ask = (serverAddress: string | undefined, table = priceTable): number | undefined =>
    costOf({ provider: 'openai', model: 'gpt-5', usage, at: november, serverAddress }, table)
      ?.microUsd;

  test('is told from another one each time, in whatever order a model is asked for', () => {
    const own = withPrices(
      [
        {
          provider: 'openai',
          model: 'gpt-5',
          source: 'test',
          prices: [{ from: '2000-01-01', input: 1 }],
        },
      ],
      { version: 'own' },
    );
    for (let model = 0; model < 600; model++) {
      expect(ask('api.openai.com')).toBe(1250);
      expect(ask('proxy.example.com')).toBeUndefined();
      expect(ask(undefined)).toBe(1250);
      expect(ask('api.openai.com', own)).toBe(0);
      const question = { provider: 'openai', model: `unknown-${model}`, usage, at: november };
      expect(costOf(question)).toBeUndefined();
      expect(costOf({ ...question, provider: 'groq', model: 'gpt-5' })).toBeUndefined();
    }
  });

  test.each([
    ['openai', 'gpt-5', 'api.openai.com', 1250],
    ['openai', 'gpt-5', 'eu.api.openai.com', 1250],
    ['openai', 'gpt-5', 'API.OpenAI.com', 1250],
    ['anthropic', 'claude-opus-5', 'api.anthropic.com', 5000],
    ['gcp.gemini', 'gemini-4-argon', 'generativelanguage.googleapis.com', 2000],
    ['mistral_ai', 'mistral-large-4', 'api.mistral.ai', 700],
    ['x_ai', 'grok-4.7', 'api.x.ai', 2000],
    ['x_ai', 'grok-4.7', 'eu-west-1.api.x.ai', 2000],
    ['groq', 'openai/gpt-oss-120b', 'api.groq.com', 150],
    ['cohere', 'command-a', 'api.cohere.com', 2500],
    ['cohere', 'command-a', 'production.api.cohere.ai', 2500],
    ['moonshot_ai', 'kimi-k3', 'api.moonshot.ai', 3000],
    ['deepseek', 'deepseek-v4-flash', 'api.deepseek.com', 150],
    [
      'aws.bedrock',
      'global.anthropic.claude-opus-5',
      'bedrock-runtime.eu-west-1.amazonaws.com',
      5000,
    ],
    [
      'aws.bedrock',
      'global.anthropic.claude-opus-5',
      'bedrock-runtime-fips.us-east-1.amazonaws.com',
      5000,
    ],
    ['aws.bedrock', 'global.anthropic.claude-opus-5', 'bedrock-runtime.us-east-1.api.aws', 5000],
    [
      'aws.bedrock',
      'global.anthropic.claude-opus-5',
      'vpce-0a1b2c-3d4e.bedrock-runtime.us-east-1.vpce.amazonaws.com',
      5000,
    ],
    ['aws.bedrock', 'global.openai.gpt-6-astra', 'bedrock-mantle.us-west-2.api.aws', 10_000],
  ] as const)(
    'has the list price of %s for %s where it is its own: %s; and where it is not known',
    (provider, model, serverAddress, expected) => {
      const at = new Date('2026-11-21T12:00:00Z');
      const question = { provider, model, usage, at };

      expect(costOf({ ...question, serverAddress })?.microUsd).toBe(expected);
      expect(costOf(question)?.microUsd).toBe(expected);
    },
  );

  test('has none where it is another one, whatever the provider and the model', () => {
    const others = [
      'localhost',
      '127.0.0.1',
      '::1',
      '10.0.0.7',
      '',
      '.',
      'llm.example.com',
      'api.openai.com.example.com',
      'api.anthropic.com.example.com',
      'notapi.openai.com',
      'anthropic.com.evil.example',
      'openrouter.ai',
      'my-balancer-1.us-east-1.elb.amazonaws.com',
      'bedrock-runtime.amazonaws.com',
      'bedrock-runtime.a.b.amazonaws.com',
      'us-central1-aiplatform.googleapis.com',
    ];
    for (const { provider, model } of priceTable.models)
      for (const serverAddress of others)
        expect(
          costOf({ provider, model, usage, at: november, serverAddress }),
          `${provider} ${model} at ${serverAddress}`,
        ).toBeUndefined();
  });

  test('each list says which servers are its own', () => {
    for (const { provider, ownServers, serverAddress } of priceLists)
      expect(ownServers ?? serverAddress, provider).toBeDefined();
  });

  test('has your price where you gave one, by whichever server', () => {
    const prices = [{ from: '2026-01-01', input: 2_000_000, output: 0 }];
    const gateway = { provider: 'openai', model: 'gpt-5', source: 'contract', prices };

    expect(ask('llm.example.com', withPrices([gateway], { version: 'mine' }))).toBe(2000);
  });

  test('has the list price where you said so of a gateway that charges it', () => {
    const found = priceTable.models.find(({ model }) => model === 'gpt-5')!;
    const models = [{ ...found, ownServers: ['llm.example.com'] }];
    const table = withPrices(models, { version: 'through-the-gateway' });

    expect(ask('llm.example.com', table)).toBe(1250);
    expect(ask('api.openai.com', table)).toBe(1250);
    expect(ask('other.example.com', table)).toBeUndefined();
  });
});
