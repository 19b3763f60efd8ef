// A stream with several answers, as of a generator that asks again over a client that nobody observes: each answer has a price of its own.
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  aiSdkStream,
  anthropicStream,
  costOfSpan,
  createGenAi,
  type InferenceResponse,
  openAiChatStream,
  type PriceTable,
  type StreamFormat,
  type Usage,
  withAgentScope,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const DEAR = { input: 10_000_000, output: 20_000_000 };
const prices: PriceTable = {
  version: 'test',
  models: [
    // 10 and 20 micro-USD a token, above 100 tokens of input twice as much.
    {
      provider: 'p',
      model: 'dear',
      source: 'test',
      prices: [
        {
          from: '2020-01-01',
          ...DEAR,
          longInput: [{ above: 100, input: 20_000_000, output: 40_000_000 }],
          flex: { input: 5_000_000, output: 10_000_000 },
        },
      ],
    },
    {
      provider: 'p',
      model: 'cheap',
      source: 'test',
      prices: [{ from: '2020-01-01', input: 1_000_000, output: 2_000_000 }],
    },
  ],
};

interface Answer {
  readonly id: string;
  readonly model: string;
  readonly used?: readonly [input: number, output: number];
  readonly tier?: string;
  readonly cut?: boolean;
}

/** With `used` it tells what it has used so far in each chunk, as some servers do. */
function answer({ id, model, used, tier, cut = false }: Answer): object[] {
  const [prompt_tokens, completion_tokens] = used ?? [];
  const from = { id, model, ...(tier !== undefined && { service_tier: tier }) };
  const counts = used === undefined ? {} : { usage: { prompt_tokens, completion_tokens } };
  const chunk = (delta: object, finish_reason: string | null = null): object => ({
    ...from,
    choices: [{ index: 0, delta, finish_reason }],
    ...counts,
  });
  const said = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hi' })];
  return cut ? said : [...said, chunk({}, 'stop'), { ...from, choices: [], ...counts }];
}

const claude = ({ id, model, used: [input, output] = [0, 0], cut = false }: Answer): object[] => [
  {
    type: 'message_start',
    message: { id, model, usage: { input_tokens: input, output_tokens: 1 } },
  },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
  { type: 'message_delta', delta: {}, usage: { output_tokens: output } },
  ...(cut ? [] : [{ type: 'message_delta', delta: { stop_reason: 'end_turn' } }]),
  ...(cut ? [] : [{ type: 'message_stop' }]),
];

async function streamed(chunks: readonly object[], format: StreamFormat = openAiChatStream) {
  const recording = recordSignals();
  const told: (readonly [Usage | undefined, number | undefined])[] = [];
  let calls = 0;
  const genAi = createGenAi({ ...recording, prices });
  async function* all(): AsyncGenerator {
    yield* chunks;
  }
  const parent = withAgentScope(ROOT_CONTEXT, {
    inferenceEnded: (usage, cost) => void told.push([usage, cost?.exactMicroUsd]),
    countInference: () => void calls++,
  });
  const call = genAi.startInference({ provider: 'p', model: 'dear', stream: true, parent });
  for await (const _ of call.stream(all(), format));
  return {
    attributes: recording.spans()[0]?.attributes ?? {},
    points: await recording.points(),
    told,
    calls,
    at: recording.clock.epochMillis(),
  };
}

const COST = 'llm_otel.cost.micro_usd';

test.each<[string, Answer, Answer, number]>([
  [
    'two models',
    { id: 'a', model: 'dear', used: [10, 1] },
    { id: 'b', model: 'cheap', used: [20, 2] },
    144,
  ],
  [
    'two tiers',
    { id: 'a', model: 'dear', used: [10, 1], tier: 'flex' },
    { id: 'b', model: 'dear', used: [20, 2] },
    60 + 240,
  ],
  [
    'two tiers, of which the first is not told',
    { id: 'a', model: 'dear', used: [10, 1] },
    { id: 'b', model: 'dear', used: [20, 2], tier: 'flex' },
    120 + 120,
  ],
  [
    'inputs of which only the sum is a long one',
    { id: 'a', model: 'dear', used: [60, 1] },
    { id: 'b', model: 'dear', used: [70, 1] },
    1340,
  ],
  [
    'a first answer that was cut and told what it had used',
    { id: 'a', model: 'dear', used: [10, 1], cut: true },
    { id: 'b', model: 'cheap', used: [20, 2] },
    144,
  ],
])('each answer costs what it costs alone: %s', async (_, first, second, cost) => {
  const { attributes, points, told, calls } = await streamed([...answer(first), ...answer(second)]);

  const [used1, used2] = [first.used, second.used];
  expect(attributes).toMatchObject({
    'gen_ai.response.id': 'b',
    'gen_ai.response.model': second.model,
    'gen_ai.usage.input_tokens': used1![0] + used2![0],
    'gen_ai.usage.output_tokens': used1![1] + used2![1],
    [COST]: cost,
    'llm_otel.usage.answers': 2,
  });
  expect(told).toMatchObject([[{ inputTokens: used1![0] + used2![0] }, cost]]);
  expect(calls).toBe(2);
  const costs = points.filter(({ metric }) => metric === 'llm_otel.client.inference.cost');
  expect(costs.reduce((sum, point) => sum + point.sum, 0)).toBe(cost);
});

describe('of two models', () => {
  const first = { id: 'a', model: 'dear', used: [10, 1] } as const;
  const second = { id: 'b', model: 'cheap', used: [20, 2] } as const;

  test('the span names both prices, and metrics have each under its model', async () => {
    const { attributes, points } = await streamed([...answer(first), ...answer(second)]);

    expect(attributes['llm_otel.cost.price_source']).toBe('p/dear@2020-01-01, p/cheap@2020-01-01');
    const byModel = (name: string): object =>
      Object.fromEntries(
        points
          .filter(({ metric }) => metric === name)
          .map((point) => [point.attributes['gen_ai.response.model'], point.sum]),
      );
    expect(byModel('llm_otel.client.inference.cost')).toEqual({ dear: 120, cheap: 24 });
    expect(byModel('gen_ai.client.inference.usage.input_tokens')).toEqual({ dear: 10, cheap: 20 });
    const durations = points.filter(({ metric }) => metric === 'gen_ai.client.inference.duration');
    expect(durations.map(({ count }) => count)).toEqual([1]);
  });

  test('a stored span of several answers is not priced again as if it were one', async () => {
    const { attributes, at } = await streamed([...answer(first), ...answer(second)]);

    expect(costOfSpan(attributes, at, prices)).toBeUndefined();
  });

  test('one that told nothing is left out, and the run knows it', async () => {
    const { used: _, ...silent } = second;
    const { attributes, told, at } = await streamed([...answer(first), ...answer(silent)]);

    expect(attributes).toMatchObject({
      'gen_ai.response.model': 'cheap',
      'gen_ai.usage.input_tokens': 10,
      [COST]: 120,
      'llm_otel.usage.answers': 1,
    });
    expect(costOfSpan(attributes, at, prices)).toBeUndefined();
    expect(told).toEqual([
      [expect.objectContaining({ inputTokens: 10, outputTokens: 1 }), 120],
      [undefined, undefined],
    ]);
  });
});

test('a Claude that is cut behind what it told, and another one that goes on, cost each what it told', async () => {
  const { attributes } = await streamed(
    [
      ...claude({ id: 'a', model: 'dear', used: [10, 1], cut: true }),
      ...claude({ id: 'b', model: 'cheap', used: [20, 2] }),
    ],
    anthropicStream,
  );

  expect(attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 30,
    'gen_ai.usage.output_tokens': 3,
    [COST]: 144,
  });
});

test('the tier of an answer is not that of the one behind it', async () => {
  const { attributes } = await streamed([
    ...answer({ id: 'a', model: 'dear', used: [10, 1], tier: 'flex' }),
    ...answer({ id: 'b', model: 'dear', used: [20, 2] }),
  ]);

  expect(attributes).not.toHaveProperty('llm_otel.cost.tier');
});

describe('steps of the AI SDK', () => {
  const step = (
    id: string,
    modelId: string,
    [inputTokens, outputTokens]: [number, number],
  ): object => ({
    type: 'finish-step',
    response: { id, modelId },
    usage: { inputTokens, outputTokens },
  });
  const start = { type: 'start' };
  const end = (inputTokens: number, outputTokens: number): object => ({
    type: 'finish',
    finishReason: 'stop',
    totalUsage: { inputTokens, outputTokens },
  });
  const steps = [step('a', 'dear', [10, 1]), step('b', 'cheap', [20, 2])];

  test.each([
    ['to the end of the whole', [start, ...steps, end(30, 3)]],
    ['of which the end of the whole is missing', [start, ...steps]],
  ])('cost each what it costs alone: %s', async (_, parts) => {
    const { attributes, calls } = await streamed(parts, aiSdkStream);

    expect(attributes).toMatchObject({
      'gen_ai.response.model': 'cheap',
      'gen_ai.usage.input_tokens': 30,
      [COST]: 144,
      'llm_otel.usage.answers': 2,
    });
    expect(calls).toBe(2);
  });

  test('are the whole of it only where their sum is', async () => {
    const { attributes } = await streamed([start, ...steps, end(40, 4)], aiSdkStream);

    expect(attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 40, [COST]: 48 });
    expect(attributes).not.toHaveProperty('llm_otel.usage.answers');
  });

  test('of several streams, one behind the other, count all', async () => {
    const { attributes } = await streamed(
      [
        start,
        { type: 'text-delta', delta: 'a' },
        ...steps,
        end(30, 3),
        start,
        steps[1]!,
        end(20, 2),
      ],
      aiSdkStream,
    );

    expect(attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 50,
      [COST]: 168,
      'llm_otel.usage.answers': 3,
    });
  });
});

test('answers that are none, or tell counts that are none, take nothing else with them', () => {
  const recording = recordSignals();
  const genAi = createGenAi({ ...recording, prices });
  const usage = { inputTokens: 10, outputTokens: 1 };
  const hostile = [
    null,
    'two',
    [null, { usage }],
    [{ id: 7, model: {}, usage: { inputTokens: Number.NaN, outputTokens: '9' } }, { usage }],
    [],
  ];
  for (const answers of hostile)
    genAi.inference({ provider: 'p', model: 'dear' }, (call) =>
      call.recordResponse({ id: 'a', usage, answers } as unknown as InferenceResponse),
    );

  const spans = recording.spans();
  expect(spans).toHaveLength(hostile.length);
  for (const { attributes } of spans)
    expect(attributes).toMatchObject({
      'gen_ai.response.id': 'a',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 1,
      [COST]: 120,
    });
});

describe('answers that are recorded', () => {
  const first = { id: 'a', model: 'dear', usage: { inputTokens: 10, outputTokens: 1 } };
  const second = { id: 'b', model: 'cheap', usage: { inputTokens: 20, outputTokens: 2 } };
  const answers = [first, second];
  const usage = { inputTokens: 30, outputTokens: 3 };
  const ofSecond = { ...second, usage };

  test.each<[string, InferenceResponse[]]>([
    ['with all that is of the last, and the sum', [{ ...ofSecond, answers }]],
    ['alone', [{ answers }]],
    ['before the sum', [{ answers }, { usage }]],
    ['behind the sum', [{ usage }, { answers }]],
    ['before the usage of the last', [{ answers }, { usage: second.usage }]],
    [
      'before the sum of all, of which the last is not told',
      [{ answers: [first, { ...second, usage: undefined }] }, { usage }],
    ],
    [
      'as they come',
      [
        { ...first, answers: [first] },
        { ...ofSecond, answers },
      ],
    ],
    [
      'again',
      [
        { answers, usage },
        { answers, usage },
      ],
    ],
  ])('cost each what it costs alone: %s', (_, responses) => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, prices });

    genAi.inference({ provider: 'p', model: 'dear' }, (call) => {
      for (const response of responses) call.recordResponse(response);
    });

    expect(recording.spans()[0]?.attributes).toMatchObject({
      'gen_ai.response.id': 'b',
      'gen_ai.response.model': 'cheap',
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 3,
      [COST]: 144,
      'llm_otel.usage.answers': 2,
    });
  });

  test('have the tier of the last, where nothing else is said', () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, prices });

    genAi.inference({ provider: 'p', model: 'dear' }, (call) =>
      call.recordResponse({
        answers: [first, { ...second, model: 'dear', serviceTier: 'flex' }],
      }),
    );

    expect(recording.spans()[0]?.attributes[COST]).toBe(120 + 120);
  });
});

test('with a tokenizer nothing is counted beside answers of which one is known: all their text is one message', async () => {
  const tokenizer = { countTokens: (text: string) => text.length };
  const recording = recordSignals();
  const call = createGenAi({ ...recording, prices, tokenizer }).startInference({
    provider: 'p',
    model: 'dear',
    stream: true,
  });
  async function* all(): AsyncGenerator {
    yield* answer({ id: 'a', model: 'dear', used: [10, 1] });
    yield* answer({ id: 'b', model: 'dear' });
  }
  for await (const _ of call.stream(all(), openAiChatStream));

  const { attributes } = recording.spans()[0]!;
  expect(attributes).toMatchObject({ 'gen_ai.usage.output_tokens': 1, [COST]: 120 });
  expect(attributes).not.toHaveProperty('llm_otel.usage.estimated');
});
