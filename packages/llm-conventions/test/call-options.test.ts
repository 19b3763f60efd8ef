import { context, diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { createGenAi, type GenAiOptions, openAiChatStream, withPrices } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

function genAiWith(options: GenAiOptions): ReturnType<typeof recordSignals> & {
  readonly genAi: ReturnType<typeof createGenAi>;
} {
  const recording = recordSignals();
  const { tracer, meter, clock } = recording;
  return { ...recording, genAi: createGenAi({ tracer, meter, clock, ...options }) };
}

const tokenizer = { countTokens: (text: string) => text.split(/\s+/).length };
const inputMessages = [{ role: 'user', parts: [{ type: 'text', content: 'one two three' }] }];

test('a usage that is missing stays missing', async () => {
  const { genAi, spans, points } = genAiWith({});
  const call = genAi.startInference({ provider: 'openai', model: 'gpt-5', inputMessages });
  call.recordResponse({ outputMessages: inputMessages });
  call.end();

  const names = Object.keys(spans()[0]?.attributes ?? {});
  expect(names.filter((name) => /usage|cost/.test(name))).toEqual([]);
  expect((await points()).map(({ metric }) => metric)).toEqual([
    'gen_ai.client.inference.duration',
  ]);
});

test('with a tokenizer a missing usage is counted, marked and priced, also off a stream', async () => {
  const { genAi, spans } = genAiWith({ tokenizer });
  async function* chunks() {
    yield { id: 'c', model: 'gpt-5', choices: [{ index: 0, delta: { content: 'four ' } }] };
    yield { id: 'c', model: 'gpt-5', choices: [{ index: 0, delta: { content: 'five' } }] };
  }

  const call = genAi.startInference({ provider: 'openai', model: 'gpt-5', inputMessages });
  for await (const _ of call.stream(chunks(), openAiChatStream));

  expect(spans()[0]?.attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.output_tokens': 2,
    'llm_otel.usage.estimated': ['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens'],
    // 3 x 1.25 + 2 x 10, rounded.
    'llm_otel.cost.micro_usd': 24,
  });
  // Content is off all the same.
  expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.output.messages');
});

test('a tokenizer that throws leaves the call as it is', () => {
  const { genAi, spans } = genAiWith({
    tokenizer: {
      countTokens: () => {
        throw new Error('no');
      },
    },
  });
  genAi.startInference({ provider: 'openai', inputMessages }).end();

  expect(spans()).toHaveLength(1);
  expect(spans()[0]?.attributes).not.toHaveProperty('llm_otel.usage.estimated');
});

test('descriptions and schemas of tools are recorded only where they are asked for', () => {
  const toolDefinitions = [
    { type: 'function', name: 'search', description: 'Searches.', parameters: { type: 'object' } },
  ];
  const recorded = [false, true].map((toolSchemas) => {
    const { genAi, spans } = genAiWith({ content: 'span', toolSchemas });
    genAi.startInference({ provider: 'openai', toolDefinitions }).end();
    return JSON.parse(String(spans()[0]?.attributes['gen_ai.tool.definitions'])) as unknown;
  });

  expect(recorded).toEqual([[{ type: 'function', name: 'search' }], toolDefinitions]);
});

test('a call tells whether content goes anywhere, so that nothing is converted in vain', () => {
  const { genAi } = genAiWith({ content: 'span' });
  const call = genAi.startInference({ provider: 'openai' });

  expect(call.recordsContent).toBe(true);
  call.end();
  expect(call.recordsContent).toBe(false);
  expect(genAiWith({}).genAi.startInference({ provider: 'openai' }).recordsContent).toBe(false);
  expect(createGenAi().startInference({ provider: 'openai' }).recordsContent).toBe(false);
});

test('the tier of a call decides its price and stands on the span with where the price is from', () => {
  const { genAi, spans } = genAiWith({});
  const call = genAi.startInference({ provider: 'openai', model: 'gpt-5' });
  call.recordResponse({ usage: { inputTokens: 1000, outputTokens: 0 }, serviceTier: 'flex' });
  call.end();

  // The clock of the test stands in September 2026, when no flex price was recorded yet.
  expect(spans()[0]?.attributes).not.toHaveProperty('llm_otel.cost.micro_usd');

  const later = genAiWith({});
  later.clock.advance(60 * 24 * 3600 * 1000);
  const flex = later.genAi.startInference({ provider: 'openai', model: 'gpt-5' });
  flex.recordResponse({ usage: { inputTokens: 1000, outputTokens: 0 }, serviceTier: 'flex' });
  flex.end();

  expect(later.spans()[0]?.attributes).toMatchObject({
    'llm_otel.cost.micro_usd': 625,
    'llm_otel.cost.tier': 'flex',
    'llm_otel.cost.price_source': expect.stringMatching(/^openai\/gpt-[\w.-]+@2026-/) as unknown,
  });
});

test('token counters are split by modality, and their sum stays the total', async () => {
  const { genAi, points } = genAiWith({});
  const call = genAi.startInference({ provider: 'openai', model: 'gpt-audio' });
  call.recordResponse({
    usage: {
      inputTokens: 100,
      textInputTokens: 60,
      audioInputTokens: 30,
      outputTokens: 50,
      // A split that contradicts the total says nothing.
      audioOutputTokens: 51,
    },
  });
  call.end();

  const counted = (await points())
    .filter(({ metric }) => /usage\.(?:input|output)_tokens$/.test(metric))
    .map(({ metric, attributes, sum }) => [
      metric.split('.').at(-1),
      attributes['gen_ai.token.modality'],
      sum,
    ]);
  expect(counted).toEqual([
    ['input_tokens', 'text', 60],
    ['input_tokens', 'audio', 30],
    ['input_tokens', 'unknown', 10],
    ['output_tokens', 'unknown', 50],
  ]);
});

test.each<[string, object, string]>([
  ['tokenizer', {}, 'tokenizer is {}: use an object with the method countTokens(text)'],
  ['tokenizer', [7], 'tokenizer is [7]: use'],
  ['prices', {}, 'prices is {}: use the table that withPrices([...], { version }) makes'],
  ['prices', { version: 'v', models: {} }, 'prices is {"version":"v","models":{}}: use'],
  ['prices', { models: [] }, 'prices is {"models":[]}: use'],
])('the option %s: %j is refused at once', (option, value, message) => {
  expect(() => createGenAi({ [option]: value })).toThrow(message);
});

test('tokenizers that are functions with the method, tables of withPrices and no prices are taken', () => {
  const encode = Object.assign(() => 0, { encode: () => [] });

  expect(() =>
    createGenAi({ tokenizer: encode, prices: withPrices([], { version: 'v' }) }),
  ).not.toThrow();
  expect(() => createGenAi({ prices: false })).not.toThrow();
});

test.each([0, -1, Number.NaN, '5' as unknown as number])(
  'a deadline of %s ms is told, and is none',
  async (timeoutMillis) => {
    const told = vi.fn<(message: string) => void>();
    diag.setLogger({ error: told, warn: told, info: told, debug: told, verbose: told });
    const { genAi, spans, clock } = genAiWith({});
    const call = genAi.startInference({ provider: 'p', stream: true });
    async function* chunks() {
      yield 1;
    }

    const stream = call.stream(chunks(), undefined, { timeoutMillis });
    expect(clock.timers()).toBe(0);
    for await (const _ of stream);
    diag.disable();

    expect(told.mock.calls.flat().join()).toContain('timeoutMillis is');
    expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('completed');
  },
);

test('an aborted stream has an exception of the type that it has as an error', async () => {
  const { genAi, spans } = genAiWith({});
  const call = genAi.startInference({ provider: 'p', stream: true });
  call.fail(new DOMException('left', 'AbortError'));

  expect(spans()[0]?.attributes['error.type']).toBe('AbortError');
  expect(spans()[0]?.events[0]?.attributes?.['exception.type']).toBe('AbortError');
});
