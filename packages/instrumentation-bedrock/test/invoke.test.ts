import type { Attributes } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { isEmbedding } from '../src/invoke/embeddings.ts';
import { countsOfHeaders } from '../src/invoke/header-counts.ts';
import { invokeRequest } from '../src/invoke/invoke-request.ts';
import { invokeResponse } from '../src/invoke/invoke-response.ts';
import { invokeStream } from '../src/invoke/invoke-stream.ts';
import { jsonBody } from '../src/invoke/json-body.ts';

const server = { provider: 'aws.bedrock' as const };
// An ARN that says nothing of the model: the body alone tells whose words it has.
const modelId = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc';
const request = (body: unknown): ReturnType<typeof invokeRequest> =>
  invokeRequest({ modelId }, body, server, true);
const said = (role: string, content: string): object => ({
  role,
  parts: [{ type: 'text', content }],
});

describe('a request in the words of', () => {
  test('Claude', () => {
    expect(
      request({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 100,
        temperature: 0.5,
        top_p: 0.9,
        top_k: 40,
        stop_sequences: ['END'],
        output_config: { effort: 'high', format: { type: 'json_schema' } },
        system: 'Be brief.',
        messages: [{ role: 'user', content: 'Where?' }],
        tools: [{ name: 'track', input_schema: {} }],
      }),
    ).toMatchObject({
      operation: 'chat',
      model: modelId,
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      stopSequences: ['END'],
      reasoningLevel: 'high',
      outputType: 'json',
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      inputMessages: [said('user', 'Where?')],
      toolDefinitions: [{ name: 'track' }],
    });
  });

  test('Claude before it knew messages', () => {
    expect(request({ prompt: '\n\nHuman: Where?', max_tokens_to_sample: 7 })).toMatchObject({
      operation: 'text_completion',
      maxTokens: 7,
      inputMessages: [said('user', '\n\nHuman: Where?')],
    });
  });

  test('Nova', () => {
    expect(
      request({
        schemaVersion: 'messages-v1',
        system: [{ text: 'Be brief.' }],
        messages: [{ role: 'user', content: [{ text: 'Where?' }] }],
        inferenceConfig: { maxTokens: 7, temperature: 0.1, topP: 0.2, topK: 3 },
        toolConfig: { tools: [{ toolSpec: { name: 'track' } }] },
        reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' },
      }),
    ).toMatchObject({
      operation: 'chat',
      maxTokens: 7,
      temperature: 0.1,
      topP: 0.2,
      topK: 3,
      reasoningLevel: 'low',
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      inputMessages: [said('user', 'Where?')],
      toolDefinitions: [{ name: 'track' }],
    });
  });

  test('Titan', () => {
    expect(
      request({
        inputText: 'Where?',
        textGenerationConfig: { maxTokenCount: 7, topP: 0.9, stopSequences: ['END'] },
      }),
    ).toMatchObject({
      operation: 'text_completion',
      maxTokens: 7,
      topP: 0.9,
      stopSequences: ['END'],
      inputMessages: [said('user', 'Where?')],
    });
  });

  test('Llama', () => {
    expect(request({ prompt: 'Where?', max_gen_len: 7, top_p: 0.3 })).toMatchObject({
      operation: 'text_completion',
      maxTokens: 7,
      topP: 0.3,
    });
  });

  test('Mistral, DeepSeek, Qwen and GPT', () => {
    expect(
      request({
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'text', text: 'Where?' }] },
        ],
        max_completion_tokens: 7,
        n: 2,
        seed: 5,
        stop: 'END',
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        reasoning_effort: 'medium',
        response_format: { type: 'json_object' },
      }),
    ).toMatchObject({
      operation: 'chat',
      maxTokens: 7,
      choiceCount: 2,
      seed: 5,
      stopSequences: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      reasoningLevel: 'medium',
      outputType: 'json',
      inputMessages: [said('system', 'Be brief.'), said('user', 'Where?')],
    });
  });

  test('Command R', () => {
    expect(
      request({
        message: 'And now?',
        preamble: 'Be brief.',
        chat_history: [
          { role: 'USER', message: 'Where?' },
          { role: 'CHATBOT', message: 'In Lyon.' },
        ],
        tools: [{ name: 'track', description: 'finds it', parameter_definitions: { id: {} } }],
        p: 0.9,
        k: 3,
      }),
    ).toMatchObject({
      operation: 'chat',
      topP: 0.9,
      topK: 3,
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      inputMessages: [
        said('user', 'Where?'),
        said('assistant', 'In Lyon.'),
        said('user', 'And now?'),
      ],
      toolDefinitions: [{ type: 'function', name: 'track', description: 'finds it' }],
    });
  });

  test('a painter', () => {
    for (const body of [
      { taskType: 'TEXT_IMAGE', imageGenerationConfig: { numberOfImages: 1 } },
      { text_prompts: [{ text: 'a parcel' }] },
      { prompt: 'a parcel', aspect_ratio: '1:1' },
    ])
      expect(request(body)).toMatchObject({ operation: 'generate_content', outputType: 'image' });
  });

  test('nobody', () => {
    for (const body of [undefined, null, 'text', 7, [], {}])
      expect(request(body)).toMatchObject({ operation: 'chat', model: modelId });
  });
});

describe('vectors are what', () => {
  test.each([
    ['amazon.titan-embed-text-v2:0', { inputText: 'a' }, true],
    ['cohere.embed-english-v3', undefined, true],
    ['twelvelabs.marengo-embed-2-7-v1:0', {}, true],
    [modelId, { inputText: 'a', embeddingTypes: ['float'] }, true],
    [modelId, { taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: {} }, true],
    [modelId, { inputText: 'a' }, false],
    ['amazon.titan-text-express-v1', { inputText: 'a' }, false],
  ])('%s is asked for with %j: %s', (model, body, expected) => {
    expect(isEmbedding(model, body)).toBe(expected);
  });
});

const counts = countsOfHeaders({
  headers: {
    'x-amzn-bedrock-input-token-count': '12',
    'x-amzn-bedrock-output-token-count': '5',
    'x-amzn-bedrock-cache-read-input-token-count': '8',
  },
});
const byHeaders = { inputTokens: 20, outputTokens: 5, cacheReadTokens: 8 };
const answers: readonly (readonly [string, object, object])[] = [
  [
    'Claude',
    {
      id: 'msg_1',
      role: 'assistant',
      model: 'claude-opus-4-8',
      content: [{ type: 'text', text: 'In Lyon.' }],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 4 },
    },
    {
      id: 'msg_1',
      model: 'claude-opus-4-8',
      finishReasons: ['length'],
      usage: { inputTokens: 7, outputTokens: 2 },
    },
  ],
  [
    'Claude before it knew messages',
    { completion: 'In Lyon.', stop_reason: 'stop_sequence' },
    { finishReasons: ['stop'], usage: byHeaders },
  ],
  [
    'Nova',
    {
      output: { message: { role: 'assistant', content: [{ text: 'In Lyon.' }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 3, outputTokens: 2 },
    },
    { finishReasons: ['stop'], usage: { inputTokens: 3, outputTokens: 2 } },
  ],
  [
    'Titan',
    {
      inputTextTokenCount: 3,
      results: [{ tokenCount: 2, outputText: 'In Lyon.', completionReason: 'LENGTH' }],
    },
    { finishReasons: ['length'], usage: { inputTokens: 3, outputTokens: 2 } },
  ],
  [
    'Llama',
    {
      generation: 'In Lyon.',
      prompt_token_count: 3,
      generation_token_count: 2,
      stop_reason: 'stop',
    },
    { finishReasons: ['stop'], usage: { inputTokens: 3, outputTokens: 2 } },
  ],
  [
    'Mistral',
    { outputs: [{ text: 'In Lyon.', stop_reason: 'length' }] },
    { finishReasons: ['length'], usage: byHeaders },
  ],
  [
    'DeepSeek',
    { choices: [{ text: 'In Lyon.', stop_reason: 'stop' }] },
    { finishReasons: ['stop'], usage: byHeaders },
  ],
  [
    'Mistral in a chat',
    { choices: [{ message: { role: 'assistant', content: 'In Lyon.' }, stop_reason: 'stop' }] },
    { finishReasons: ['stop'], usage: byHeaders },
  ],
  [
    'GPT',
    {
      id: 'chatcmpl-1',
      choices: [{ message: { role: 'assistant', content: 'In Lyon.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2 },
    },
    { id: 'chatcmpl-1', finishReasons: ['stop'], usage: { inputTokens: 3, outputTokens: 2 } },
  ],
  [
    'Command',
    { id: 'g-1', generations: [{ id: 'g-2', text: 'In Lyon.', finish_reason: 'MAX_TOKENS' }] },
    { id: 'g-1', finishReasons: ['length'], usage: byHeaders },
  ],
  [
    'Command R',
    { response_id: 'r-1', text: 'In Lyon.', finish_reason: 'COMPLETE' },
    { id: 'r-1', finishReasons: ['stop'], usage: byHeaders },
  ],
  [
    'Jurassic',
    {
      id: 1234,
      completions: [{ data: { text: 'In Lyon.' }, finishReason: { reason: 'endoftext' } }],
    },
    { finishReasons: ['stop'], usage: byHeaders },
  ],
];

describe('an answer in the words of', () => {
  test.each(answers)('%s', (_, body, expected) => {
    const response = invokeResponse(body, counts, true);

    expect(response).toMatchObject(expected);
    expect(response.outputMessages).toMatchObject([said('assistant', 'In Lyon.')]);
    expect(invokeResponse(body, counts, false).outputMessages).toBeUndefined();
  });

  test('Command R, with calls of tools', () => {
    const { outputMessages } = invokeResponse(
      {
        text: '',
        finish_reason: 'COMPLETE',
        tool_calls: [{ name: 'track', parameters: { id: 7 } }],
      },
      undefined,
      true,
    );

    expect(outputMessages).toEqual([
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'track', arguments: { id: 7 } }] },
    ]);
  });

  test('nobody', () => {
    for (const body of [undefined, null, 'text', 7, [], {}, { choices: [null] }])
      expect(invokeResponse(body, counts, true)).toMatchObject({ usage: byHeaders });
  });
});

describe('a stream in the words of', () => {
  const metrics = {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: 12,
      outputTokenCount: 5,
      invocationLatency: 250,
      firstByteLatency: 50,
    },
  };
  const streams: readonly (readonly [string, readonly object[], object])[] = [
    [
      'Claude',
      [
        {
          type: 'message_start',
          message: { id: 'msg_1', model: 'm', usage: { input_tokens: 12 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'In ' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Lyon.' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
        { type: 'message_stop', ...metrics },
      ],
      { id: 'msg_1' },
    ],
    [
      'Nova',
      [
        { messageStart: { role: 'assistant' } },
        { contentBlockDelta: { delta: { text: 'In ' }, contentBlockIndex: 0 } },
        { contentBlockDelta: { delta: { text: 'Lyon.' }, contentBlockIndex: 0 } },
        { contentBlockStop: { contentBlockIndex: 0 } },
        { messageStop: { stopReason: 'end_turn' } },
        { metadata: { usage: { inputTokens: 12, outputTokens: 5 } }, ...metrics },
      ],
      {},
    ],
    [
      'Mistral in a chat',
      [
        {
          choices: [
            { index: 0, message: { role: 'assistant', content: 'In ' }, stop_reason: null },
          ],
        },
        { choices: [{ index: 0, message: { content: 'Lyon.' }, stop_reason: 'stop' }], ...metrics },
      ],
      {},
    ],
    [
      'GPT',
      [
        { id: 'c-1', choices: [{ index: 0, delta: { content: 'In ' } }] },
        { id: 'c-1', choices: [{ index: 0, delta: { content: 'Lyon.' }, finish_reason: 'stop' }] },
        { id: 'c-1', choices: [], ...metrics },
      ],
      { id: 'c-1' },
    ],
    [
      'DeepSeek',
      [
        { choices: [{ index: 0, text: 'In ', stop_reason: null }] },
        { choices: [{ index: 0, text: 'Lyon.', stop_reason: 'stop' }], ...metrics },
      ],
      {},
    ],
    [
      'Llama',
      [
        { generation: 'In ', prompt_token_count: 12, generation_token_count: 1, stop_reason: null },
        { generation: 'Lyon.', generation_token_count: 4, stop_reason: null },
        { generation: '', generation_token_count: 5, stop_reason: 'stop', ...metrics },
      ],
      {},
    ],
    [
      'Titan',
      [
        { outputText: 'In ', inputTextTokenCount: 12, completionReason: null },
        {
          outputText: 'Lyon.',
          totalOutputTextTokenCount: 5,
          completionReason: 'FINISH',
          ...metrics,
        },
      ],
      {},
    ],
    [
      'Command',
      [
        { text: 'In ', is_finished: false },
        { text: 'Lyon.', is_finished: false },
        { is_finished: true, finish_reason: 'COMPLETE', ...metrics },
      ],
      {},
    ],
    [
      'Command R',
      [
        { event_type: 'stream-start', generation_id: 'g-1' },
        { event_type: 'text-generation', text: 'In ' },
        { event_type: 'text-generation', text: 'Lyon.' },
        {
          event_type: 'stream-end',
          finish_reason: 'COMPLETE',
          response: { response_id: 'r-1', text: 'In Lyon.' },
          ...metrics,
        },
      ],
      { id: 'r-1' },
    ],
    [
      'Claude before it knew messages',
      [
        { type: 'completion', completion: 'In ', stop_reason: null },
        { type: 'completion', completion: 'Lyon.', stop_reason: 'stop_sequence', ...metrics },
      ],
      {},
    ],
  ];
  const bytes = (chunk: unknown): object => ({
    chunk: { bytes: new TextEncoder().encode(JSON.stringify(chunk)) },
  });
  const open = (
    content: boolean,
  ): { reader: ReturnType<ReturnType<typeof invokeStream>['open']>; set: Attributes } => {
    const set: Attributes = {};
    const call = {
      setAttributes: (_: object, extra: Attributes) =>
        Object.assign(
          set,
          Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)),
        ),
    };
    return { reader: invokeStream(call as never).open({ content }), set };
  };

  test.each(streams)('%s', (_, chunks, expected) => {
    const { reader, set } = open(true);
    for (const chunk of chunks) expect(reader.read(bytes(chunk))).toBeUndefined();
    const response = reader.response();

    expect(response).toMatchObject({
      finishReasons: ['stop'],
      usage: { inputTokens: 12, outputTokens: 5 },
      outputMessages: [said('assistant', 'In Lyon.')],
      ...expected,
    });
    expect(reader.incomplete?.()).toBeUndefined();
    expect(set).toMatchObject({
      'bedrock.invocation.latency': 0.25,
      'bedrock.invocation.first_byte_latency': 0.05,
    });
  });

  test.each(streams)('%s, without content', (_, chunks) => {
    const { reader } = open(false);
    for (const chunk of chunks) reader.read(bytes(chunk));
    const response = reader.response();

    expect(response).toMatchObject({
      finishReasons: ['stop'],
      usage: { inputTokens: 12, outputTokens: 5 },
    });
    expect(response.outputMessages).toBeUndefined();
  });

  test.each(streams)('%s, cut off', (_, chunks) => {
    const { reader } = open(false);
    for (const chunk of chunks.slice(0, 1)) reader.read(bytes(chunk));

    expect(reader.incomplete?.()).toMatchObject({ code: 'incomplete_stream' });
  });

  test('nobody', () => {
    const { reader } = open(true);
    for (const event of [undefined, 'text', {}, { chunk: {} }, { chunk: { bytes: 'no JSON' } }])
      expect(reader.read(event)).toBeUndefined();
    reader.read(bytes({ unheard: 'of' }));

    expect(reader.response()).toEqual({ usage: undefined, id: undefined });
  });
});

describe('a body', () => {
  test.each([
    ['text', '{"a":1}', { a: 1 }],
    ['bytes', new TextEncoder().encode('{"a":1}'), { a: 1 }],
    ['no JSON', 'a', undefined],
    ['broken UTF-8', new Uint8Array([0xc3, 0x28]), undefined],
    ['nothing', undefined, undefined],
    ['a stream', new ReadableStream(), undefined],
  ])('of %s is read as far as it can be', (_, body, expected) => {
    expect(jsonBody(body, false)).toEqual(expected);
  });

  test('of more than a megabyte is read for its content alone', () => {
    const body = JSON.stringify({ image: 'a'.repeat(1024 * 1024) });

    expect(jsonBody(body, false)).toBeUndefined();
    expect(jsonBody(body, true)).toBeDefined();
    expect(jsonBody('1'.repeat(17 * 1024 * 1024), true)).toBeUndefined();
  });
});
