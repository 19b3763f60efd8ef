import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Cost,
  costOfSpan,
  createGenAi,
  type InferenceCall,
  type InferenceResponse,
  type Usage,
  withAgentScope,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const flex = { 'openai.response.service_tier': 'flex' };
const COST = 'llm_otel.client.inference.cost';

describe('an embeddings call', () => {
  const request = { provider: 'openai', model: 'text-embedding-3-large' };

  test('has its cost on the span, in the metric, and in the run around it', async () => {
    const recording = recordSignals();
    const used: [Usage | undefined, Cost | undefined][] = [];
    const parent = withAgentScope(ROOT_CONTEXT, {
      inferenceEnded: (usage, cost) => void used.push([usage, cost]),
    });
    const call = createGenAi(recording).startEmbeddings({ ...request, parent });
    call.recordResponse({ model: 'text-embedding-3-large', inputTokens: 1_000_000 });
    call.end();
    call.end();

    expect(recording.spans()[0]?.attributes).toMatchObject({
      'llm_otel.cost.micro_usd': 130_000,
      'llm_otel.cost.price_source': 'openai/text-embedding-3-large',
    });
    expect(used).toMatchObject([[{ inputTokens: 1_000_000 }, { microUsd: 130_000 }]]);
    const points = (await recording.points()).filter(({ metric }) => metric === COST);
    expect(points).toMatchObject([
      { sum: 130_000, attributes: { 'gen_ai.operation.name': 'embeddings' } },
    ]);
  });

  test('has none where prices are off, no tokens are known, or the model is not', () => {
    const recording = recordSignals();
    const withoutPrices = createGenAi({ ...recording, prices: false });
    const genAi = createGenAi(recording);
    withoutPrices.embeddings(request, (call) => call.recordResponse({ inputTokens: 9 }));
    genAi.embeddings(request, () => undefined);
    genAi.embeddings({ ...request, model: 'ours' }, (call) =>
      call.recordResponse({ inputTokens: 9 }),
    );

    const spans = recording.spans();
    expect(spans).toHaveLength(3);
    for (const { attributes } of spans)
      expect(attributes).not.toHaveProperty('llm_otel.cost.micro_usd');
  });
});

describe('the tier of a call', () => {
  test('decides the price of embeddings too', async () => {
    const recording = recordSignals();
    const request = { provider: 'openai', model: 'text-embedding-3-large' };
    createGenAi(recording).embeddings(request, (call) => {
      call.recordResponse({ inputTokens: 1_000_000, serviceTier: 'batch' });
      // A later part of the answer leaves it as it was.
      call.recordResponse({ dimensions: 256 });
    });

    const attributes = recording.spans()[0]?.attributes ?? {};
    expect(attributes).toMatchObject({
      'llm_otel.cost.micro_usd': 65_000,
      'llm_otel.cost.tier': 'batch',
    });
    expect(costOfSpan(attributes, recording.clock.epochMillis())?.microUsd).toBe(65_000);
    const points = (await recording.points()).filter(({ metric }) => metric === COST);
    expect(points).toMatchObject([{ sum: 65_000 }]);
  });

  test.each([
    ['a model without a price in it', 'text-embedding-ada-002', {}],
    ['a model that nobody knows', 'ours', {}],
    ['prices that are off', 'text-embedding-3-large', { prices: false as const }],
  ])('stays on the span for whoever prices it later: %s', (_, model, options) => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, ...options });
    const request = { provider: 'openai', model };
    genAi.embeddings(request, (call) =>
      call.recordResponse({ inputTokens: 9, serviceTier: 'BATCH' }),
    );
    genAi.inference(request, (call) =>
      call.recordResponse({ usage: { inputTokens: 9, outputTokens: 9 }, serviceTier: 'scale' }),
    );
    genAi.embeddings(request, (call) =>
      call.recordResponse({ inputTokens: 9, serviceTier: 'default' }),
    );

    const spans = recording.spans();
    expect(spans.map(({ attributes }) => attributes['llm_otel.cost.tier'])).toEqual([
      'batch',
      'scale',
      undefined,
    ]);
    for (const { attributes } of spans.slice(0, 2))
      expect(attributes).not.toHaveProperty('llm_otel.cost.price_table');
    // Nobody knows what that word costs, so that it is not priced as if it were nothing special.
    const named = { ...spans[1]?.attributes, 'gen_ai.request.model': 'gpt-5' };
    expect(costOfSpan(named, recording.clock.epochMillis())).toBeUndefined();
  });

  test('is no reason to lose a measurement where it is no text', async () => {
    const recording = recordSignals();
    const genAi = createGenAi(recording);
    const serviceTier = 7 as unknown as string;
    genAi.inference({ provider: 'openai', model: 'gpt-5' }, (call) =>
      call.recordResponse({ usage: { inputTokens: 8, outputTokens: 0 }, serviceTier }),
    );

    expect(recording.spans()[0]?.attributes['llm_otel.cost.micro_usd']).toBe(10);
  });
});

test.each([
  [11, 550],
  [9, 450],
])(
  'a thousand small calls of %i tokens cost what they cost: no call is rounded in the sum',
  async (inputTokens, sum) => {
    const recording = recordSignals();
    const genAi = createGenAi(recording);

    for (let index = 0; index < 1000; index++)
      genAi.inference({ provider: 'openai', model: 'gpt-5-nano' }, (call) =>
        call.recordResponse({ usage: { inputTokens, outputTokens: 0 } }),
      );

    const [cost, ...others] = (await recording.points()).filter(({ metric }) => metric === COST);
    expect(others).toEqual([]);
    expect(cost?.sum).toBeCloseTo(sum, 6);
    // An attribute of a span is a whole number.
    for (const { attributes } of recording.spans())
      expect(attributes['llm_otel.cost.micro_usd']).toBe(inputTokens > 10 ? 1 : 0);
  },
);

test.each([
  ['setAttributes', (call: InferenceCall) => call.setAttributes(flex)],
  ['the request', () => undefined],
])('a tier that is told through %s is the tier that is paid', (how, tell) => {
  const recording = recordSignals();
  const request = { provider: 'openai', model: 'gpt-6.1-terra' };
  createGenAi(recording).inference(
    how === 'the request' ? { ...request, attributes: flex } : request,
    (call) => {
      call.recordResponse({ usage: { inputTokens: 200_000, outputTokens: 0 } });
      tell(call);
    },
  );

  const attributes = recording.spans()[0]?.attributes ?? {};
  expect(attributes).toMatchObject({
    'llm_otel.cost.micro_usd': 100_000,
    'llm_otel.cost.tier': 'flex',
  });
  expect(costOfSpan(attributes, recording.clock.epochMillis())?.microUsd).toBe(100_000);
});

test('what a response does not have may be null, as in JSON: usage and cost are recorded all the same', () => {
  const recording = recordSignals();
  const nothing = { id: null, model: null, finishReasons: null, outputMessages: null };
  const usage = { inputTokens: 1000, outputTokens: 0 };
  const genAi = createGenAi(recording);
  genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) => {
    call.recordResponse({ ...nothing, serviceTier: null, usage } as unknown as InferenceResponse);
    call.recordResponse({ usage: null } as unknown as InferenceResponse);
  });

  const attributes = recording.spans()[0]?.attributes ?? {};
  expect(attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 1000,
    'llm_otel.cost.micro_usd': 250,
  });
  for (const name of ['id', 'model', 'finish_reasons'])
    expect(attributes).not.toHaveProperty([`gen_ai.response.${name}`]);
});
