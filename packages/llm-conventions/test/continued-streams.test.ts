// A generator that asks again, because the first stream broke off or the answer was cut at its limit: one stream with several answers.
import { describe, expect, test } from 'vitest';
import { aiSdkStream, geminiStream, openAiResponsesStream } from '../src/index.ts';
import { JSON_TEXT, providerStreams, TEXT } from './provider-streams.ts';
import { callsOf, read, textOf } from './read-stream.ts';

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
        const ofFirst = read(stream, first.slice(0, length)).response();
        const known = ofFirst.usage?.outputTokens ?? 0;
        expect([alone.usage?.outputTokens, (alone.usage?.outputTokens ?? 0) + known]).toContain(
          response.usage?.outputTokens,
        );
        expect(textOf(response)).toBe(textOf(ofFirst) + TEXT);
        expect(callsOf(response).at(-1)).toEqual(call('t-2'));
      }
    });

    test('wherever the second broke off, the stream is incomplete, and what the first used stays', () => {
      for (let length = second.length - 1; length > 0; length--) {
        const reader = read(stream, [...first, ...second.slice(0, length)]);
        const ofSecond = read(stream, second.slice(0, length));
        const { finishReasons, usage } = ofSecond.response();
        const saidInSecond = textOf(ofSecond.response());
        if (saidInSecond === '') continue;
        expect(reader.incomplete?.() === undefined).toBe(ofSecond.incomplete?.() === undefined);
        const response = reader.response();
        expect(response.finishReasons).toEqual(finishReasons);
        expect(response.usage?.outputTokens).toBe(30 + (usage?.outputTokens ?? 0));
        expect(response).toMatchObject(tells);
        expect(textOf(response)).toBe(TEXT + saidInSecond);
      }
    });
  },
);

test('of a Gemini that tells what it has used in each chunk, what was cut counts', () => {
  const chunk = (id: string, candidate: object): object => ({
    responseId: id,
    modelVersion: id,
    candidates: [{ index: 0, content: { parts: [{ text: 'a' }] }, ...candidate }],
    usageMetadata: { promptTokenCount: 40, candidatesTokenCount: 6 },
  });
  const cut = [chunk('c-1', {}), chunk('c-1', {})];

  const again = read({ format: geminiStream }, [...cut, chunk('c-2', { finishReason: 'STOP' })]);
  expect(again.response()).toMatchObject({
    usage: { inputTokens: 80, outputTokens: 12 },
    answers: [{ model: 'c-1' }, { model: 'c-2' }],
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
    [
      'whose last event has no output',
      [
        created,
        delta,
        {
          ...done('r-1'),
          response: {
            ...state('r-1'),
            status: 'completed',
            usage: { input_tokens: 40, output_tokens: 6 },
          },
        },
      ],
      'r-1',
    ],
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
