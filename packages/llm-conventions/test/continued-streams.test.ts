// A generator that asks again, because the first stream broke off or the answer was cut at its limit: one stream with several answers.
import { describe, expect, test } from 'vitest';
import type { InferenceResponse, StreamReader } from '../src/index.ts';
import { openAiChatStream } from '../src/index.ts';
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
});
