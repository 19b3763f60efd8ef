// A generator that asks again, because the first stream broke off or the answer was cut at its limit: one stream with several answers.
import { describe, expect, test } from 'vitest';
import type { InferenceResponse, StreamReader } from '../src/index.ts';
import { aiSdkStream, openAiChatStream, openAiResponsesStream } from '../src/index.ts';
import { JSON_TEXT, type ProviderStream, providerStreams, TEXT } from './provider-streams.ts';

const PIECES = { text: [TEXT.slice(0, 5), TEXT.slice(5)], json: [JSON_TEXT] };

/** The second answer: other ids, another model, more tokens. */
function again(chunks: readonly unknown[]): unknown[] {
  const json = JSON.stringify(chunks)
    .replaceAll('"c-1"', '"c-2"')
    .replaceAll('"m-1"', '"m-2"')
    .replaceAll('"t-1"', '"t-2"')
    .replaceAll('30', '31');
  return JSON.parse(json) as unknown[];
}

function read(
  { format }: Pick<ProviderStream, 'format'>,
  chunks: readonly unknown[],
): StreamReader {
  const reader = format.open({ content: true, provider: 'openai' });
  for (const chunk of chunks) expect(reader.read(chunk)).toBeUndefined();
  return reader;
}

const partsOf = ({ outputMessages = [] }: InferenceResponse): Record<string, unknown>[] =>
  outputMessages.flatMap(({ parts }) => parts) as unknown as Record<string, unknown>[];

const textOf = (response: InferenceResponse): string =>
  partsOf(response)
    .map((part) => (part.type === 'text' ? part['content'] : ''))
    .join('');

const callsOf = (response: InferenceResponse): unknown[] =>
  partsOf(response)
    .filter(({ type }) => type === 'tool_call')
    .map((part) => [part['id'], part['name'], part['arguments']]);

const call = (id: string): unknown[] => [id, 'weather', JSON.parse(JSON_TEXT)];

describe.each(providerStreams.map((stream) => [stream.provider, stream] as const))(
  '%s',
  (_, stream) => {
    const first = stream.chunks(PIECES);
    const second = again(first);
    const alone = read(stream, second).response();
    const tells = {
      ...('id' in stream.tells && { id: 'c-2' }),
      ...('model' in stream.tells && { model: 'm-2' }),
    };

    test('of two whole answers the usage is their sum, the message is what was read, and the rest is of the last', () => {
      const reader = read(stream, [...first, ...second]);

      expect(reader.incomplete?.()).toBeUndefined();
      const response = reader.response();
      const { inputTokens, outputTokens } = response.usage ?? {};
      // Gemini's output is given in two parts.
      const ofSecond = alone.usage?.outputTokens ?? 0;
      expect([inputTokens, outputTokens]).toEqual([200, 30 + ofSecond]);
      expect(response.usage?.cacheReadTokens).toBe(80);
      expect(response).toMatchObject({ ...tells, finishReasons: alone.finishReasons });
      expect(response.outputMessages).toHaveLength(1);
      expect(textOf(response)).toBe(TEXT + TEXT);
      expect(callsOf(response)).toEqual([call('t-1'), call('t-2')]);
    });

    test('wherever the first broke off, the second is told whole', () => {
      for (let length = 1; length < first.length; length++) {
        const reader = read(stream, [...first.slice(0, length), ...second]);

        expect(reader.incomplete?.()).toBeUndefined();
        const response = reader.response();
        expect(response).toMatchObject({ ...tells, finishReasons: alone.finishReasons });
        // Of Anthropic's the input is known before the first word.
        const known = read(stream, first.slice(0, length)).response().usage?.outputTokens ?? 0;
        expect([alone.usage?.outputTokens, (alone.usage?.outputTokens ?? 0) + known]).toContain(
          response.usage?.outputTokens,
        );
        expect(textOf(response).endsWith(TEXT)).toBe(true);
        expect(callsOf(response).at(-1)).toEqual(call('t-2'));
      }
    });

    test('wherever the second broke off, the stream is incomplete, and what the first used stays', () => {
      for (let length = second.length - 1; length > 0; length--) {
        const reader = read(stream, [...first, ...second.slice(0, length)]);
        const ofSecond = read(stream, second.slice(0, length));
        const { finishReasons, usage } = ofSecond.response();
        if (textOf(read(stream, second.slice(0, length)).response()) === '') continue;
        expect(reader.incomplete?.() === undefined).toBe(ofSecond.incomplete?.() === undefined);
        const response = reader.response();
        expect(response.finishReasons).toEqual(finishReasons);
        expect(response.usage?.outputTokens).toBe(30 + (usage?.outputTokens ?? 0));
        expect(response).toMatchObject(tells);
      }
    });
  },
);

const NO_ID = {};
const AN_ID_EACH = {};
const ONE_ID = {};

describe('chunks of chat completions', () => {
  const usage = { prompt_tokens: 40, completion_tokens: 6 };
  const text = (content: string, rest: object = {}): object => ({
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...rest,
  });
  const end = (rest: object = {}): object => ({
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    ...rest,
  });
  const used = (rest: object = {}): object => ({ choices: [], usage, ...rest });
  const response = (...chunks: object[]): InferenceResponse =>
    read({ format: openAiChatStream }, chunks).response();

  test('without ids, text behind the end and the usage of an answer begins the next one', () => {
    const both = [text('a'), end(), used(), text('b', { model: 'm-2' }), end(), used()];

    expect(response(...both)).toMatchObject({
      model: 'm-2',
      usage: { inputTokens: 80, outputTokens: 12 },
    });
  });

  test.each([
    [{}, { id: 'c-2' }],
    [{ id: 'c-1' }, {}],
  ])('of two answers one may have no id: %j, %j', (first, second) => {
    const of = (id: object): object[] => [text('a', id), end(id), used(id)];

    expect(response(...of(first), ...of(second))).toMatchObject({
      usage: { inputTokens: 80, outputTokens: 12 },
    });
  });

  test('of a server that gives no reasons the usage is the end of an answer', () => {
    const of = (id: string): object[] => [
      { id, choices: [{ index: 0, delta: { role: 'assistant' } }] },
      text('a', { id }),
      used({ id }),
    ];

    expect(response(...of('c-1'), ...of('c-2'))).toMatchObject({
      id: 'c-2',
      usage: { inputTokens: 80, outputTokens: 12 },
    });
  });

  test('an answer whose chunks have an id each is one', () => {
    const ids = [
      text('a', { id: '0' }),
      text('b', { id: '1' }),
      end({ id: '2' }),
      used({ id: '3' }),
    ];

    expect(response(...ids)).toMatchObject({
      id: '3',
      usage: { inputTokens: 40, outputTokens: 6 },
      finishReasons: ['stop'],
      outputMessages: [{ parts: [{ content: 'ab' }] }],
    });
  });

  test('what servers send behind the end of an answer is no other one', () => {
    const id = { id: 'c-1' };
    // As OpenRouter, and as Azure with its filter that runs beside.
    const behind = [
      { ...id, choices: [{ index: 0, delta: { role: 'assistant', content: '' } }], usage },
      { id: '', choices: [{ index: 0, delta: {}, content_filter_offsets: {} }] },
    ];

    expect(response(text('a', id), end(id), ...behind)).toMatchObject({
      id: 'c-1',
      usage: { inputTokens: 40, outputTokens: 6 },
      finishReasons: ['stop'],
    });
  });

  test('of an answer with two choices the end of one is not that of the answer', () => {
    const choice = (index: number, delta: object, finish_reason: string | null): object => ({
      id: `${index}`,
      choices: [{ index, delta, finish_reason }],
    });

    expect(
      response(
        choice(0, { content: 'a' }, null),
        choice(1, { content: 'b' }, null),
        choice(0, {}, 'stop'),
        choice(1, { content: 'c' }, 'length'),
        used(),
      ),
    ).toMatchObject({
      usage: { inputTokens: 40 },
      finishReasons: ['stop', 'length'],
      outputMessages: [{ parts: [{ content: 'a' }] }, { parts: [{ content: 'bc' }] }],
    });
  });

  test('the one call of a function that older models make is read', () => {
    const piece = (function_call: object): object => ({
      choices: [{ index: 0, delta: { function_call } }],
    });
    const pieces = [
      piece({ name: 'weather', arguments: '' }),
      piece({ arguments: '{"city":' }),
      piece({ arguments: '"Zürich"}' }),
    ];

    expect(callsOf(response(...pieces, end()))).toEqual([
      [undefined, 'weather', { city: 'Zürich' }],
    ]);
  });

  test('pieces of one call of a tool may have an id each', () => {
    const piece = (id: string, called: object): object => ({
      choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id, function: called }] } }],
    });
    const pieces = [
      piece('t-1', { name: 'weather', arguments: '{"city":' }),
      piece('t-2', { arguments: '"Zürich"}' }),
    ];

    expect(callsOf(response(...pieces, end()))).toEqual([['t-1', 'weather', { city: 'Zürich' }]]);
  });

  const whole = {
    usage: { inputTokens: 40, outputTokens: 6 },
    finishReasons: ['stop'],
    outputMessages: [{ parts: [{ content: 'abc' }] }],
  };
  const used6 = { prompt_tokens: 40, completion_tokens: 6 };
  const used3 = { prompt_tokens: 40, completion_tokens: 3 };
  const letters = ['a', 'b', 'c'];
  const withReason = (id: object): object[] =>
    letters.map((content, index) => ({
      ...(id !== NO_ID && { id: id === AN_ID_EACH ? `x${index}` : 'c-1' }),
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 40, completion_tokens: 2 * (index + 1) },
    }));

  test.each([
    ['a reason and the tokens so far in each chunk, without ids', withReason(NO_ID)],
    [
      'the same behind a chunk with the role',
      [
        { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
        ...withReason(NO_ID),
      ],
    ],
    ['the same with an id each', withReason(AN_ID_EACH)],
    ['the same with one id', withReason(ONE_ID)],
    [
      'tokens by themselves in front and at the end, and an id each',
      [
        { id: 'x0', choices: [], usage: used3 },
        ...letters.map((content, index) => text(content, { id: `x${index + 1}` })),
        end({ id: 'x4' }),
        { id: 'x5', choices: [], usage: used6 },
      ],
    ],
    [
      'tokens by themselves on the way, and an id each',
      [
        text('a', { id: 'x1' }),
        { id: 'x2', choices: [], usage: used3 },
        text('bc', { id: 'x3' }),
        end({ id: 'x4' }),
        { id: 'x5', choices: [], usage: used6 },
      ],
    ],
    [
      'tokens by themselves in front, with the id of a gateway',
      [
        { id: 'gateway', choices: [], usage: used3 },
        ...letters.map((content) => text(content, { id: 'c-1' })),
        end({ id: 'c-1' }),
        used({ id: 'c-1' }),
      ],
    ],
    [
      "tokens in the choice, as Moonshot's",
      [
        text('abc', { id: 'c-1' }),
        { id: 'c-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: used6 }] },
      ],
    ],
  ])('one answer: %s', (_, chunks) => {
    expect(response(...chunks)).toMatchObject(whole);
  });

  test.each([
    ['no ids', () => ({})],
    ['an id each', (count: number) => ({ id: `x${count}` })],
    ['one id', () => ({ id: 'c-1' })],
  ])('choices that come one behind the other are one answer: %s', (_, idOf) => {
    const choice = (
      count: number,
      index: number,
      delta: object,
      reason: string | null,
    ): object => ({
      ...idOf(count),
      choices: [{ index, delta, finish_reason: reason }],
      usage: { prompt_tokens: 40, completion_tokens: count },
    });

    expect(
      response(
        choice(1, 0, { content: 'a' }, null),
        choice(2, 0, {}, 'stop'),
        choice(3, 1, { content: 'b' }, null),
        choice(4, 1, { content: 'c' }, null),
        choice(6, 1, {}, 'length'),
      ),
    ).toMatchObject({
      usage: { inputTokens: 40, outputTokens: 6 },
      finishReasons: ['stop', 'length'],
      outputMessages: [{ parts: [{ content: 'a' }] }, { parts: [{ content: 'bc' }] }],
    });
  });
});

describe('events of the responses API', () => {
  const state = (id: string | undefined, more: object = {}): object => ({
    id,
    output: [],
    ...more,
  });
  const delta = {
    type: 'response.output_text.delta',
    output_index: 0,
    content_index: 0,
    delta: 'a',
  };
  const done = (id: string | undefined): object => ({
    type: 'response.completed',
    response: state(id, {
      status: 'completed',
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'a' }] },
      ],
      usage: { input_tokens: 40, output_tokens: 6 },
    }),
  });
  const created = { type: 'response.created', response: state('r-1') };

  test.each([
    ['whose later events have an id of a proxy', [created, delta, done('r-2')], 'r-2'],
    ['whose last event has no id', [created, delta, done(undefined)], 'r-1'],
    ['that is read once more from its start', [created, delta, created, delta, done('r-1')], 'r-1'],
  ])('a response %s is one answer', (_, events, id) => {
    expect(read({ format: openAiResponsesStream }, events).response()).toMatchObject({
      id,
      usage: { inputTokens: 40, outputTokens: 6 },
      finishReasons: ['stop'],
      outputMessages: [{ parts: [{ type: 'text', content: 'a' }] }],
    });
  });
});

test.each([
  'image_generation.completed',
  'image_edit.completed',
  'transcript.text.done',
  'speech.audio.done',
])('the last event of a stream that is no response tells its tokens: %s', (type) => {
  const usage = { input_tokens: 40, output_tokens: 6, total_tokens: 46 };

  expect(read({ format: openAiResponsesStream }, [{ type, usage }]).response().usage).toMatchObject(
    {
      inputTokens: 40,
      outputTokens: 6,
    },
  );
});

describe('parts of the AI SDK', () => {
  const said = [
    { type: 'stream-start' },
    { type: 'response-metadata', id: 'c-1', modelId: 'm-1' },
    { type: 'text-start', id: '0' },
    { type: 'text-delta', id: '0', delta: 'a' },
    { type: 'finish', finishReason: 'stop', usage: { inputTokens: 40, outputTokens: 6 } },
  ];
  const metadata = { type: 'response-metadata', id: 'c-1', modelId: 'm-1' };

  test.each([
    ['metadata', metadata],
    ['a source', { type: 'source', sourceType: 'url', id: 's', url: 'https://example.com/' }],
    ['a part of its own', { type: 'data-trace', data: {} }],
  ])('%s that a middleware adds behind the end is of the same answer', (_, part) => {
    const reader = read({ format: aiSdkStream }, [...said, part]);

    expect(reader.incomplete?.()).toBeUndefined();
    expect(reader.response()).toMatchObject({
      id: 'c-1',
      model: 'm-1',
      finishReasons: ['stop'],
      usage: { inputTokens: 40, outputTokens: 6 },
    });
  });

  test('metadata in front of the start is of the answer that starts', () => {
    const [start, first, ...rest] = said;

    expect(read({ format: aiSdkStream }, [first, start, ...rest]).response()).toMatchObject({
      id: 'c-1',
      model: 'm-1',
    });
  });
});
