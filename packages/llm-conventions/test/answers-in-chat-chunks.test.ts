// Where an answer ends and the next one begins, in chunks of chat completions as many servers send them.
import { describe, expect, test } from 'vitest';
import { type InferenceResponse, openAiChatStream } from '../src/index.ts';
import { callsOf, read } from './read-stream.ts';

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
    const two = [text('a'), end(), used(), text('b', { model: 'm-2' }), end(), used()];

    expect(response(...two)).toMatchObject({
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
      // That of the usage, which comes behind it, may be of a gateway.
      id: '2',
      usage: { inputTokens: 40, outputTokens: 6 },
      finishReasons: ['stop'],
      outputMessages: [{ parts: [{ content: 'ab' }] }],
    });
  });

  const both = { inputTokens: 80, outputTokens: 12 };

  test('the usage of an answer may have an id of a gateway', () => {
    const of = (id: string): object[] => [
      text('a', { id }),
      text('b', { id }),
      end({ id }),
      used({ id: `gateway-${id}` }),
    ];

    expect(response(...of('c-1'))).toMatchObject({ id: 'c-1' });
    expect(response(...of('c-1'), ...of('c-2'))).toMatchObject({ id: 'c-2', usage: both });
  });

  test('an answer may be nothing but the one call of a function that older models make', () => {
    const called = (id: string): object[] => [
      {
        id,
        choices: [{ index: 0, delta: { function_call: { name: 'weather', arguments: '{}' } } }],
      },
      { id, choices: [{ index: 0, delta: {}, finish_reason: 'function_call' }], usage },
    ];

    const { usage: told, ...said } = response(...called('c-1'), ...called('c-2'));
    expect(told).toMatchObject(both);
    expect(callsOf(said)).toHaveLength(2);
  });

  test.each([
    ['with its role', [{ delta: { role: 'assistant', content: '' } }, { delta: { content: 'b' } }]],
    ['with text', [{ delta: { content: 'b' } }]],
  ])('what an answer had used that was cut counts, where the next begins %s', (_, pieces) => {
    const chunk = (id: string, model: string, choice: object): object => ({
      id,
      model,
      usage,
      choices: [{ index: 0, ...choice }],
    });
    const cut = [{ delta: { role: 'assistant', content: '' } }, { delta: { content: 'a' } }];

    expect(
      response(
        ...cut.map((choice) => chunk('c-1', 'm-1', choice)),
        ...pieces.map((choice) => chunk('c-2', 'm-2', choice)),
        chunk('c-2', 'm-2', { delta: {}, finish_reason: 'stop' }),
      ),
    ).toMatchObject({
      id: 'c-2',
      usage: both,
      answers: [
        { id: 'c-1', model: 'm-1' },
        { id: 'c-2', model: 'm-2' },
      ],
    });
  });

  test('of a server that asks for each choice by itself, each has an id of its own', () => {
    const pieces = [0, 0, 1, 1, 0, 0, 1].map((index) => ({
      id: `${index}`,
      choices: [{ index, delta: { content: 'a' } }],
      usage,
    }));

    expect(response(...pieces).usage).toMatchObject({ inputTokens: 40, outputTokens: 6 });
  });

  test('a stream that is said to be one answer is one, whatever its ids', () => {
    const reader = openAiChatStream.open({ content: true, isOneAnswer: true });
    for (const id of ['1', '1', '2', '2', '3', '3']) reader.read(text('a', { id, usage }));
    reader.read(end({ id: '3', usage }));

    const { answers, usage: told } = reader.response();
    expect(told).toMatchObject({ inputTokens: 40, outputTokens: 6 });
    expect(answers).toBeUndefined();
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
