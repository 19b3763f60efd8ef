import Anthropic, { APIError, RateLimitError } from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startModelEmulator, type ModelEmulator } from '../src/index.ts';

let emulator: ModelEmulator;
let client: Anthropic;
beforeEach(async () => {
  emulator = await startModelEmulator();
  client = anthropic();
});
afterEach(() => emulator.close());

function anthropic(maxRetries: number = 0): Anthropic {
  return new Anthropic({
    baseURL: emulator.anthropicBaseUrl,
    apiKey: 'none',
    maxRetries,
    logLevel: 'off',
  });
}
const ask = {
  model: 'claude-test',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

describe('messages', () => {
  test('without a script the text comes back', async () => {
    const message = await client.messages.create(ask);

    expect(message).toMatchObject({
      id: 'msg_000001',
      type: 'message',
      role: 'assistant',
      model: 'claude-test',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: 'You said: Where is my parcel?' }],
    });
    expect(message._request_id).toBe('req_000001');
    expect(emulator.requests).toMatchObject([{ api: 'messages', lastText: 'Where is my parcel?' }]);
  });

  test('cached tokens are not part of the input tokens', async () => {
    emulator.script([
      {
        text: 'Here.',
        finishReason: 'length',
        usage: {
          inputTokens: 100,
          outputTokens: 20,
          cacheReadTokens: 60,
          cacheWriteTokens: 10,
          reasoningTokens: 5,
        },
      },
    ]);

    const { usage, stop_reason } = await client.messages.create(ask);

    expect(stop_reason).toBe('max_tokens');
    expect(usage).toMatchObject({
      input_tokens: 30,
      cache_read_input_tokens: 60,
      cache_creation_input_tokens: 10,
      output_tokens: 20,
      output_tokens_details: { thinking_tokens: 5 },
    });
  });

  test('tool calls', async () => {
    emulator.script([
      {
        toolCalls: [
          { name: 'track', arguments: { id: 7 } },
          { name: 'broken', arguments: '{"id', id: 'toolu_x' },
        ],
      },
    ]);

    const { content, stop_reason } = await client.messages.create(ask);

    expect(stop_reason).toBe('tool_use');
    expect(content).toEqual([
      { type: 'tool_use', id: 'toolu_000001_0', name: 'track', input: { id: 7 } },
      { type: 'tool_use', id: 'toolu_x', name: 'broken', input: '{"id' },
    ]);
  });

  test('what the model thinks is a block of its own, streamed like text', async () => {
    emulator.script([{ text: 'In Lyon.', reasoning: ['Parcels ', 'move.'], times: 2 }]);

    const whole = await client.messages.create(ask);
    const streamed = await client.messages.stream(ask).finalMessage();

    expect(whole.content).toMatchObject([
      { type: 'thinking', thinking: 'Parcels move.', signature: expect.any(String) as string },
      { type: 'text', text: 'In Lyon.' },
    ]);
    expect(streamed.content).toEqual(whole.content);
  });

  test('tokens in the cache are told by how long they are kept', async () => {
    emulator.script([{ usage: { cacheWriteTokens: 10, cacheWriteOneHourTokens: 4 } }]);

    const { usage } = await client.messages.create(ask);

    expect(usage.cache_creation).toEqual({
      ephemeral_5m_input_tokens: 6,
      ephemeral_1h_input_tokens: 4,
    });
  });

  test('tokens are counted before, without a script', async () => {
    emulator.script([{ text: 'never said' }]);

    const { input_tokens } = await client.messages.countTokens({
      model: ask.model,
      messages: ask.messages,
    });

    expect(input_tokens).toBe(5);
    expect(emulator.scriptsLeft).toBe(1);
  });

  test('the models are listed in Anthropic’s shape', async () => {
    const { data, has_more } = await client.models.list();

    expect(data.map(({ id, type }) => [id, type])).toEqual([
      ['gpt-emulated', 'model'],
      ['claude-emulated', 'model'],
    ]);
    expect(has_more).toBe(false);
  });
});

describe('a stream', () => {
  test('has the whole sequence of events', async () => {
    emulator.script([
      {
        text: ['Let me ', 'look.'],
        toolCalls: [{ name: 'track', arguments: { parcel: 'A-7', days: 3 } }],
        usage: { inputTokens: 9, outputTokens: 12 },
      },
    ]);

    const response = await client.messages.create({ ...ask, stream: true }).asResponse();
    const events = (await response.text())
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => {
        const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
        return { name, data: JSON.parse(data ?? '') as { type: string; usage?: object } };
      });

    expect(events.map(({ name }) => name)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    for (const { name, data } of events) expect(data.type).toBe(name);
    expect(events.at(-2)?.data.usage).toMatchObject({ input_tokens: 9, output_tokens: 12 });
  });

  test.each([[undefined], [1], [11]])(
    'is put together by the helper, written in pieces of %s bytes',
    async (writeBytes) => {
      emulator.script([
        {
          text: 'Grüße 🚀 ans Team',
          toolCalls: [{ name: 'track', arguments: { parcel: 'Ü-7' } }],
          usage: { inputTokens: 9, outputTokens: 12 },
          writeBytes,
        },
      ]);

      const message = await client.messages.stream(ask).finalMessage();

      expect(message).toMatchObject({
        stop_reason: 'tool_use',
        content: [
          { type: 'text', text: 'Grüße 🚀 ans Team' },
          { type: 'tool_use', name: 'track', input: { parcel: 'Ü-7' } },
        ],
        usage: { input_tokens: 9, output_tokens: 12 },
      });
    },
  );

  test('parse reads structured output', async () => {
    emulator.script([{ text: '{"answer":42}' }]);

    const message = await client.messages.parse({
      ...ask,
      output_config: {
        format: {
          type: 'json_schema',
          schema: {},
          parse: (text: string) => JSON.parse(text) as unknown,
        },
      } as never,
    });

    expect(message.parsed_output).toEqual({ answer: 42 });
  });

  test('an error event in the middle', async () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    emulator.script([{ text: ['a', 'b'], fault: { kind: 'error', afterChunks: 1, error } }]);

    const failing = client.messages.stream(ask).finalMessage();

    await expect(failing).rejects.toBeInstanceOf(APIError);
    await expect(failing).rejects.toMatchObject({ type: 'overloaded_error' });
  });

  test('a cut socket', async () => {
    emulator.script([{ text: ['a', 'b'], fault: { kind: 'cut', afterChunks: 1 } }]);

    await expect(client.messages.stream(ask).finalMessage()).rejects.toThrow();
    expect(emulator.requests[0]?.outcome).toBe('cut');
  });

  test('a malformed event', async () => {
    emulator.script([{ text: ['a', 'b'], fault: { kind: 'malformed', afterChunks: 1 } }]);

    // Anthropic's events have names: the broken one has none and is skipped, and the end is missing.
    await expect(client.messages.stream(ask).finalMessage()).rejects.toThrow();
  });
});

describe('errors', () => {
  test('a 429 is tried again by the client', async () => {
    emulator.script([
      { error: { status: 429, headers: { 'retry-after-ms': '1' } } },
      { error: { status: 529, headers: { 'retry-after-ms': '1' } } },
      { text: 'there' },
    ]);

    const { content } = await anthropic(2).messages.create(ask);

    expect(content).toMatchObject([{ text: 'there' }]);
    expect(emulator.requests.map(({ outcome }) => outcome)).toEqual(['error', 'error', 'answered']);
  });

  test('an error has the shape and the class that the client knows', async () => {
    emulator.script([{ error: { status: 429, message: 'slow down' } }, { error: { status: 599 } }]);

    const failing = client.messages.create(ask);

    await expect(failing).rejects.toBeInstanceOf(RateLimitError);
    await expect(failing).rejects.toMatchObject({
      status: 429,
      error: {
        type: 'error',
        error: { type: 'rate_limit_error', message: 'slow down' },
        request_id: 'req_000001',
      },
      requestID: 'req_000001',
    });
    await expect(client.messages.create(ask)).rejects.toMatchObject({ type: 'api_error' });
  });

  test('an unknown path', async () => {
    await expect(client.messages.batches.retrieve('msgbatch_1')).rejects.toMatchObject({
      status: 404,
      type: 'not_found_error',
    });
  });
});
