import OpenAI, {
  APIConnectionError,
  APIUserAbortError,
  BadRequestError,
  InternalServerError,
  RateLimitError,
} from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  fakeClock,
  startModelEmulator,
  type ModelEmulator,
  type ModelScripts,
} from '../src/index.ts';

let emulator: ModelEmulator;
let client: OpenAI;
beforeEach(async () => {
  emulator = await startModelEmulator();
  client = openAi();
});
afterEach(() => emulator.close());

function openAi(maxRetries: number = 0): OpenAI {
  return new OpenAI({
    baseURL: emulator.openAiBaseUrl,
    apiKey: 'none',
    maxRetries,
    logLevel: 'off',
  });
}
const messages = [{ role: 'user' as const, content: 'Where is my parcel?' }];
const chat = { model: 'gpt-test', messages };
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object' }, strict: null },
};
const outcomes = (): unknown[] => emulator.requests.map(({ outcome }) => outcome);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function streamText(scripts: ModelScripts): Promise<string[]> {
  emulator.script(scripts);
  const texts: string[] = [];
  for await (const chunk of await client.chat.completions.create({ ...chat, stream: true }))
    texts.push(chunk.choices[0]?.delta.content ?? '');
  return texts;
}

describe('chat completions', () => {
  test('without a script the text comes back, and the request is recorded', async () => {
    const completion = await client.chat.completions.create(chat, {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });

    expect(completion).toMatchObject({
      id: 'chatcmpl-000001',
      object: 'chat.completion',
      model: 'gpt-test',
      choices: [
        {
          finish_reason: 'stop',
          message: { role: 'assistant', content: 'You said: Where is my parcel?' },
        },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 8, total_tokens: 13 },
    });
    expect(completion._request_id).toBe('req_000001');
    expect(emulator.requests).toMatchObject([
      {
        index: 0,
        api: 'chat',
        path: '/v1/chat/completions',
        body: { messages },
        model: 'gpt-test',
        stream: false,
        lastText: 'Where is my parcel?',
        outcome: 'answered',
        headers: { traceparent: expect.stringMatching(/^00-/) },
      },
    ]);
  });

  test('scripts are taken in order, or by what they are for', async () => {
    emulator.script([
      { when: ({ lastText }) => lastText.includes('refund'), text: 'refund' },
      { text: 'first', times: 2 },
      { text: 'third', model: 'gpt-test-2026' },
    ]);
    const ask = async (content: string): Promise<string> => {
      const { model, choices } = await client.chat.completions.create({
        ...chat,
        messages: [{ role: 'user', content: [{ type: 'text', text: content }] }],
      });
      return `${choices[0]?.message.content} ${model}`;
    };

    expect(await ask('a')).toBe('first gpt-test');
    expect(emulator.scriptsLeft).toBe(3);
    expect(await ask('refund?')).toBe('refund gpt-test');
    expect(await ask('b')).toBe('first gpt-test');
    expect(await ask('c')).toBe('third gpt-test-2026');
    expect(emulator.scriptsLeft).toBe(0);
  });

  test('tool calls, usage and the reason of the end', async () => {
    emulator.script([
      {
        toolCalls: [
          { name: 'weather', arguments: { city: 'Zürich' } },
          { name: 'broken', arguments: '{"city', id: 'call_x' },
        ],
        usage: {
          inputTokens: 100,
          outputTokens: 20,
          cacheReadTokens: 60,
          cacheWriteTokens: 10,
          reasoningTokens: 8,
        },
      },
      { text: 'cut', finishReason: 'length' },
    ]);

    const { choices, usage } = await client.chat.completions.create({
      ...chat,
      tools: [weather] as never,
    });
    const second = await client.chat.completions.create(chat);

    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [
          {
            id: 'call_000001_0',
            type: 'function',
            function: { name: 'weather', arguments: '{"city":"Zürich"}' },
          },
          { id: 'call_x', function: { name: 'broken', arguments: '{"city' } },
        ],
      },
    });
    expect(usage).toMatchObject({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 120,
      prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 10 },
      completion_tokens_details: { reasoning_tokens: 8 },
    });
    expect(second.choices[0]?.finish_reason).toBe('length');
  });

  test('parse reads structured output', async () => {
    emulator.script([{ text: '{"answer":42}' }]);

    const { choices } = await client.chat.completions.parse({
      ...chat,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: { type: 'object' }, strict: true },
      },
    });

    expect(choices[0]?.message.parsed).toEqual({ answer: 42 });
  });
});

describe('a stream of chat completions', () => {
  test('comes in the pieces of the script, with usage when it was asked for', async () => {
    emulator.script([{ text: ['Hel', 'lo ', 'you'], usage: { inputTokens: 7, outputTokens: 3 } }]);
    const stream = await client.chat.completions.create({
      ...chat,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);

    expect(chunks.map(({ choices }) => choices[0]?.delta.content)).toEqual([
      '',
      'Hel',
      'lo ',
      'you',
      undefined,
      undefined,
    ]);
    expect(chunks.map(({ usage }) => usage?.total_tokens)).toEqual([...Array(5), 10]);
    expect(chunks[4]?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks[5]?.choices).toEqual([]);
  });

  test('has no usage when nobody asked', async () => {
    const stream = await client.chat.completions.create({ ...chat, stream: true });

    for await (const chunk of stream) expect(chunk).not.toHaveProperty('usage');
  });

  test('is put together by the stream helper, tool calls included', async () => {
    const call = { name: 'weather', arguments: { city: 'São Paulo', days: [1, 2, 3] } };
    emulator.script([{ text: 'Let me look.', toolCalls: [call, { name: 'time' }] }]);

    const final = await client.chat.completions.stream(chat).finalChatCompletion();

    expect(final.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'Let me look.',
        tool_calls: [
          { function: { name: 'weather', arguments: JSON.stringify(call.arguments) } },
          { id: 'call_000001_1', function: { name: 'time', arguments: '{}' } },
        ],
      },
    });
  });

  test.each([[1], [2], [7], [1000]])(
    'survives writes of %i bytes that cut events and characters apart',
    async (writeBytes) => {
      const text = 'Grüße aus 東京 🚀';

      const texts = await streamText([{ text, writeBytes }]);

      expect(texts.join('')).toBe(text);
    },
  );

  test('a cut socket is an error after the pieces before it', async () => {
    const texts: string[] = [];
    emulator.script([{ text: ['a', 'b', 'c'], fault: { kind: 'cut', afterChunks: 2 } }]);
    const stream = await client.chat.completions.create({ ...chat, stream: true });
    const reading = (async () => {
      for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content ?? '');
    })();

    await expect(reading).rejects.toThrow('terminated');

    expect(texts).toEqual(['', 'a', 'b']);
    expect(outcomes()).toEqual(['cut']);
  });

  test('an error event is an error with the vendor’s words', async () => {
    const error = { type: 'server_error', message: 'out of capacity', code: 'overloaded' };

    await expect(
      streamText([{ text: ['a', 'b'], fault: { kind: 'error', afterChunks: 1, error } }]),
    ).rejects.toMatchObject({
      message: expect.stringContaining('out of capacity'),
      code: 'overloaded',
    });
    expect(outcomes()).toEqual(['error']);
  });

  test('a malformed event is an error', async () => {
    await expect(streamText([{ text: 'a', fault: { kind: 'malformed' } }])).rejects.toThrow(
      SyntaxError,
    );
  });

  test('a stream that hangs goes on hanging until the client gives up', async () => {
    emulator.script([{ text: ['a', 'b'], fault: { kind: 'hang', afterChunks: 1 } }]);
    const stream = await client.chat.completions.create({ ...chat, stream: true });
    const texts: string[] = [];

    for await (const chunk of stream) {
      texts.push(chunk.choices[0]?.delta.content ?? '');
      if (texts.length === 2) stream.controller.abort();
    }

    expect(texts).toEqual(['', 'a']);
    expect(outcomes()).toEqual(['hung']);
  });

  test('a fault behind the last piece leaves out the end', async () => {
    emulator.script([{ text: 'a', fault: { kind: 'cut', afterChunks: 99 } }]);
    const stream = await client.chat.completions.create({ ...chat, stream: true });
    const reasons: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream) reasons.push(chunk.choices[0]?.finish_reason);
    })();

    await expect(reading).rejects.toThrow();
    expect(reasons).toEqual([null, null]);
  });

  test('leaving the loop closes the request', async () => {
    const clock = fakeClock();
    await using slow = await startModelEmulator({
      clock,
      scripts: [{ text: ['a', 'b', 'c'], chunkDelayMillis: 1000 }],
    });
    const client = new OpenAI({ baseURL: slow.openAiBaseUrl, apiKey: 'none' });

    for await (const chunk of await client.chat.completions.create({ ...chat, stream: true }))
      if (chunk.choices[0]?.delta.content === 'a') break;
    await slow.waitFor(1);

    expect(slow.requests[0]?.outcome).toBe('closed');
    expect(clock.pendingTimers).toEqual([]);
  });

  test('delays come from the clock: before the first piece and between two', async () => {
    const delays: number[] = [];
    const impatient = {
      setTimer: (callback: () => void, delayMillis: number) => {
        delays.push(delayMillis);
        queueMicrotask(callback);
      },
      clearTimer: () => undefined,
    };
    await using slow = await startModelEmulator({
      clock: impatient,
      latencyMillis: 300,
      scripts: [{ text: ['a', 'b', 'c'], chunkDelayMillis: 50 }, { delayMillis: 7 }],
    });
    const client = new OpenAI({ baseURL: slow.openAiBaseUrl, apiKey: 'none' });

    await collect(await client.chat.completions.create({ ...chat, stream: true }));
    await client.chat.completions.create(chat);

    expect(delays).toEqual([300, 50, 50, 7]);
  });
});

describe('errors', () => {
  test('a 429 is tried again by the client, after the time of its header', async () => {
    emulator.script([
      { error: { status: 429, message: 'slow down', headers: { 'retry-after-ms': '1' } } },
      { text: 'there' },
    ]);

    const { choices } = await openAi(1).chat.completions.create(chat);

    expect(choices[0]?.message.content).toBe('there');
    expect(outcomes()).toEqual(['error', 'answered']);
    expect(emulator.requests[1]?.headers['x-stainless-retry-count']).toBe('1');
  });

  test('an error has the shape and the class that the client knows', async () => {
    emulator.script([{ error: { status: 429 } }]);

    const failing = client.chat.completions.create(chat);

    await expect(failing).rejects.toBeInstanceOf(RateLimitError);
    await expect(failing).rejects.toMatchObject({
      status: 429,
      type: 'requests',
      code: 'rate_limit_exceeded',
      message: '429 answered 429 by a script',
      requestID: 'req_000001',
    });
  });

  test('statuses without a type of their own have one', async () => {
    emulator.script([{ error: { status: 418, code: 'teapot' } }, { error: {} }]);

    await expect(client.models.retrieve('x')).rejects.toMatchObject({ status: 404 });
    await expect(client.chat.completions.create(chat)).rejects.toMatchObject({
      type: 'invalid_request_error',
      code: 'teapot',
    });
    await expect(client.chat.completions.create(chat)).rejects.toMatchObject({
      status: 500,
      type: 'server_error',
    });
  });

  test.each([
    ['hang', undefined, APIConnectionError, 'hung'],
    ['cut', undefined, APIConnectionError, 'cut'],
    ['cut', 1, TypeError, 'cut'],
    ['malformed', undefined, SyntaxError, 'answered'],
    ['error', undefined, InternalServerError, 'error'],
  ] as const)('without a stream: %s after %s pieces', async (kind, afterChunks, type, outcome) => {
    emulator.script([{ text: 'never', fault: { kind, afterChunks } }]);
    // Only the request that hangs waits this long.
    const failing = client.chat.completions.create(chat, { timeout: kind === 'hang' ? 50 : 5000 });

    await expect(failing).rejects.toBeInstanceOf(type);
    expect(outcomes()).toEqual([outcome]);
  });

  test('an aborted request that hangs', async () => {
    emulator.script([{ fault: { kind: 'hang' } }]);
    const controller = new AbortController();
    const failing = client.chat.completions.create(chat, { signal: controller.signal });

    await emulator.waitFor(1);
    controller.abort();

    await expect(failing).rejects.toBeInstanceOf(APIUserAbortError);
  });

  test('strict: the error says which request had no script', async () => {
    await using strict = await startModelEmulator({ strict: true, scripts: [{ text: 'one' }] });
    const client = new OpenAI({ baseURL: strict.openAiBaseUrl, apiKey: 'none' });
    await client.chat.completions.create(chat);

    const failing = client.chat.completions.create(chat);

    await expect(failing).rejects.toBeInstanceOf(BadRequestError);
    await expect(failing).rejects.toThrow(
      'no script for request 2: chat (/v1/chat/completions), model "gpt-test", last text "Where is my parcel?"',
    );
    expect(strict.requests[1]?.outcome).toBe('unscripted');
  });

  test('a script function that throws is told to the client', async () => {
    emulator.script(() => {
      throw new Error('no such state');
    });

    await expect(client.chat.completions.create(chat)).rejects.toThrow(/no such state/);
  });

  test.each([
    ['a status that HTTP does not have', { error: { status: 12_345 } }, /status code/],
    ['arguments that JSON does not have', { toolCalls: [{ name: 'a', arguments: 1n }] }, /BigInt/],
  ])('%s in a script is told to the client', async (_name, script, message) => {
    emulator.script([script]);

    await expect(client.chat.completions.create(chat)).rejects.toThrow(message);
  });

  test('a body that is no JSON object, and a path that is not there', async () => {
    const post = (path: string, body: string): Promise<Response> =>
      fetch(`${emulator.url}${path}`, { method: 'POST', body });

    expect((await post('/v1/chat/completions', '[')).status).toBe(400);
    expect((await post('/v1/chat/completions', '[]')).status).toBe(400);
    const missing = await post('/v1/images', '{}');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({
      error: { message: 'the emulator has no POST /v1/images' },
    });
    expect(emulator.requests).toEqual([]);
  });

  test('waitFor says what there was when the time is over', async () => {
    await client.chat.completions.create(chat);

    await expect(emulator.waitFor(2, 1)).rejects.toThrow(
      'not there after 1 ms; requests: chat answered',
    );
  });
});

describe('responses', () => {
  const ask = { model: 'gpt-test', input: 'Where is my parcel?', instructions: 'Be brief.' };

  test('text, tool calls and usage', async () => {
    emulator.script([
      {
        text: 'On its way.',
        toolCalls: [{ name: 'track', arguments: { id: 7 } }],
        usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 4, reasoningTokens: 2 },
      },
    ]);

    const response = await client.responses.create(ask);

    expect(response).toMatchObject({
      id: 'resp_000001',
      status: 'completed',
      instructions: 'Be brief.',
      output_text: 'On its way.',
      output: [
        { type: 'message', id: 'msg_000001', content: [{ type: 'output_text' }] },
        {
          type: 'function_call',
          call_id: 'call_000001_0',
          name: 'track',
          arguments: '{"id":7}',
        },
      ],
      usage: {
        input_tokens: 10,
        input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 15,
      },
    });
  });

  test('a stream has the whole sequence of events, in order', async () => {
    emulator.script([{ text: ['On ', 'its way.'], toolCalls: [{ name: 'track' }], writeBytes: 9 }]);

    const events = await collect(await client.responses.create({ ...ask, stream: true }));

    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.output_item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()]);
  });

  test('the stream helper and parse put it together', async () => {
    emulator.script([{ text: '{"answer":42}', times: 2 }]);
    const text = { format: { type: 'json_schema' as const, name: 'a', schema: {}, strict: true } };

    const streamed = await client.responses.stream({ ...ask, text }).finalResponse();
    const parsed = await client.responses.parse({ ...ask, text });

    expect(streamed.output_parsed).toEqual({ answer: 42 });
    expect(parsed.output_parsed).toEqual({ answer: 42 });
  });

  test.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ] as const)('an end by %s is incomplete', async (finishReason, reason) => {
    emulator.script([{ text: 'On', finishReason, times: 2 }]);

    const response = await client.responses.create(ask);
    const events = await collect(await client.responses.create({ ...ask, stream: true }));

    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason } });
    expect(events.at(-1)?.type).toBe('response.incomplete');
  });

  test('an error event in the middle', async () => {
    const error = { message: 'out of capacity', code: 'overloaded' };
    emulator.script([{ text: ['a', 'b'], fault: { kind: 'error', afterChunks: 1, error } }]);

    const stream = await client.responses.create({ ...ask, stream: true });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of stream) types.push(type);
    })();

    await reading.catch(() => undefined);
    expect(types).toContain('response.output_text.delta');
    expect(types).not.toContain('response.completed');
    expect(outcomes()).toEqual(['error']);
  });

  test('input as a list of messages is understood', async () => {
    const { output_text } = await client.responses.create({
      model: 'gpt-test',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'one' }] },
        { type: 'function_call_output', call_id: 'c', output: 'two' },
      ],
    });

    expect(output_text).toBe('You said: two');
  });
});

describe('embeddings and models', () => {
  test('the same text has the same vector of length 1, in both encodings', async () => {
    const embed = async (input: string | string[], more = {}): Promise<number[][]> => {
      const { data } = await client.embeddings.create({ model: 'e', input, ...more });
      return data.map(({ embedding }) => embedding);
    };
    const [vector] = await embed('hello');

    expect(vector).toHaveLength(1536);
    expect(Math.hypot(...vector!)).toBeCloseTo(1, 5);
    expect(await embed(['other', 'hello'], { encoding_format: 'float' })).toEqual([
      expect.not.arrayContaining(vector!),
      vector,
    ]);
    expect((await embed('hello', { dimensions: 8 }))[0]).toHaveLength(8);
  });

  test('tokens instead of text have a vector too', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'e', input: [1, 2, 3] });

    expect(data).toHaveLength(1);
    expect(usage.prompt_tokens).toBe(2);
  });

  test('they use up no script, but can have one', async () => {
    emulator.script([
      { text: 'for the chat' },
      { when: ({ api }) => api === 'embeddings', error: { status: 400, message: 'too long' } },
    ]);
    await client.models.list();

    await expect(client.embeddings.create({ model: 'e', input: 'a' })).rejects.toThrow('too long');
    await client.embeddings.create({ model: 'e', input: 'a' });

    expect(emulator.scriptsLeft).toBe(1);
  });

  test('the models are listed', async () => {
    const models = await collect(client.models.list());

    expect(models.map(({ id }) => id)).toEqual(['gpt-emulated', 'claude-emulated']);
  });
});
