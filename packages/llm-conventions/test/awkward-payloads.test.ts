// What providers send beside text and calls: nothing of it is lost, and a stream says the same as an answer in one piece.
import { describe, expect, test } from 'vitest';
import {
  anthropicStream,
  bedrockStream,
  messagesFromAiSdk,
  messagesFromBedrock,
  messagesFromGemini,
  messagesFromOpenAiResponses,
  outputFromAnthropic,
  type StreamFormat,
} from '../src/index.ts';

function streamed(format: StreamFormat, events: readonly unknown[]): unknown {
  const reader = format.open({ content: true });
  for (const event of events) reader.read(event);
  return reader.response().outputMessages;
}

describe('Anthropic', () => {
  const content = [
    { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'Lyon' } },
    { type: 'web_search_tool_result', tool_use_id: 's', content: [{ url: 'https://a.example' }] },
    { type: 'mcp_tool_use', id: 'm', name: 'find', server_name: 'desk', input: { id: 7 } },
    { type: 'mcp_tool_result', tool_use_id: 'm', is_error: false, content: 'Lyon' },
    { type: 'redacted_thinking', data: 'sealed' },
    { type: 'compaction', content: 'They asked for 7.' },
  ];

  test('streams the input of the tools it runs in pieces, and the stream says the same', () => {
    const whole = outputFromAnthropic({ role: 'assistant', content });
    const events = content.flatMap((block, index): object[] => {
      const { input, ...rest } = block as { input?: object; type: string };
      const start = { type: 'content_block_start', index };
      const delta = { type: 'content_block_delta', index };
      if (block.type === 'compaction')
        return [
          { ...start, content_block: { type: 'compaction', content: null } },
          { ...delta, delta: { type: 'compaction_delta', content: block.content } },
        ];
      if (input === undefined) return [{ ...start, content_block: block }];
      const json = JSON.stringify(input);
      return [
        { ...start, content_block: { ...rest, input: {} } },
        { ...delta, delta: { type: 'input_json_delta', partial_json: '' } },
        { ...delta, delta: { type: 'input_json_delta', partial_json: json.slice(0, 4) } },
        { ...delta, delta: { type: 'input_json_delta', partial_json: json.slice(4) } },
      ];
    });

    expect(streamed(anthropicStream, events)).toEqual(whole);
    expect(whole[0]?.parts.slice(0, 4)).toMatchObject([
      { type: 'server_tool_call', server_tool_call: { input: { query: 'Lyon' } } },
      { type: 'server_tool_call_response', id: 's' },
      // Call and result of a server of MCP are of one kind.
      { type: 'server_tool_call', name: 'find', server_tool_call: { type: 'mcp' } },
      { type: 'server_tool_call_response', server_tool_call_response: { type: 'mcp' } },
    ]);
  });

  test('of a tool without input says what it began with', () => {
    const block = { type: 'server_tool_use', id: 's', name: 'list', input: {} };
    const events = [{ type: 'content_block_start', index: 0, content_block: block }];

    expect(streamed(anthropicStream, events)).toEqual(
      outputFromAnthropic({ role: 'assistant', content: [block] }),
    );
  });
});

describe('Bedrock', () => {
  test('has sealed thoughts as bytes, which are told as base64', () => {
    const block = { reasoningContent: { redactedContent: new Uint8Array([0, 1, 2]) } };

    expect(messagesFromBedrock([{ role: 'assistant', content: [block] }])).toEqual([
      { role: 'assistant', parts: [{ type: 'redacted_reasoning', data: 'AAEC' }] },
    ]);
  });

  test('streams a tool that it runs itself as one', () => {
    const toolUse = { toolUseId: 't', name: 'nova_grounding', type: 'server_tool_use' };
    const whole = messagesFromBedrock([
      { role: 'assistant', content: [{ toolUse: { ...toolUse, input: { query: 'x' } } }] },
    ]);
    const events = [
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '{"query":' } } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '"x"}' } } } },
    ];

    expect(streamed(bedrockStream, events)).toEqual(whole);
  });

  test('tells the tier at the end of a stream', () => {
    const reader = bedrockStream.open({ content: false });
    reader.read({ metadata: { usage: { inputTokens: 1 }, serviceTier: { type: 'priority' } } });

    expect(reader.response().serviceTier).toBe('priority');
  });
});

test('Gemini: pictures in what a function answered are kept', () => {
  const functionResponse = {
    id: '1',
    name: 'screenshot',
    response: { ok: true },
    parts: [{ inlineData: { mimeType: 'image/png', data: 'AAEC' } }, { odd: 1 }],
  };

  expect(messagesFromGemini([{ role: 'user', parts: [{ functionResponse }] }])).toMatchObject([
    {
      parts: [
        {
          type: 'tool_call_response',
          id: '1',
          response: [
            { type: 'json', json: { ok: true } },
            { type: 'blob', modality: 'image', content: 'AAEC', mime_type: 'image/png' },
            { type: 'odd', odd: 1 },
          ],
        },
      ],
    },
  ]);
});

test('OpenAI: a picture of the screen is a picture', () => {
  const output = { type: 'computer_screenshot', image_url: 'data:image/png;base64,AAEC' };

  expect(
    messagesFromOpenAiResponses([{ type: 'computer_call_output', call_id: 'c', output }]),
  ).toEqual([
    {
      role: 'tool',
      parts: [
        {
          type: 'tool_call_response',
          id: 'c',
          response: [{ type: 'blob', modality: 'image', content: 'AAEC', mime_type: 'image/png' }],
        },
      ],
    },
  ]);
});

describe('the AI SDK', () => {
  test('has results of the provider’s tools in the answer', () => {
    const output = { type: 'json', value: [1] };
    const content = [
      { type: 'tool-call', toolCallId: 'p', toolName: 'search', input: {}, providerExecuted: true },
      { type: 'tool-result', toolCallId: 'p', toolName: 'search', output },
    ];

    expect(messagesFromAiSdk([{ role: 'assistant', content }])[0]?.parts).toMatchObject([
      { type: 'server_tool_call', id: 'p' },
      { type: 'server_tool_call_response', id: 'p' },
    ]);
  });

  test('has UI messages, which say in one what model messages say in several', () => {
    const ui = [
      {
        id: '1',
        role: 'user',
        parts: [
          { type: 'text', text: 'Where is 7?' },
          { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AAEC' },
          { type: 'data-place', data: { at: 'desk' } },
        ],
      },
      {
        id: '2',
        role: 'assistant',
        parts: [
          { type: 'step-start' },
          { type: 'reasoning', text: 'I look.', state: 'done' },
          {
            type: 'tool-find',
            toolCallId: 'a',
            state: 'output-available',
            input: { id: 7 },
            output: { at: 'Lyon' },
          },
          {
            type: 'dynamic-tool',
            toolName: 'map',
            toolCallId: 'b',
            state: 'output-error',
            input: {},
            errorText: 'no map',
          },
          {
            type: 'tool-search',
            toolCallId: 'c',
            state: 'output-available',
            providerExecuted: true,
            input: {},
            output: ['x'],
          },
          { type: 'tool-call-taxi', toolCallId: 'd', state: 'input-available', input: {} },
          {
            type: 'tool-pay',
            toolCallId: 'e',
            state: 'output-denied',
            input: {},
            approval: { id: 'q', approved: false, reason: 'too dear' },
          },
          { type: 'step-start' },
          { type: 'text', text: 'In Lyon.', state: 'done' },
          { type: 'source-url', sourceId: 's', url: 'https://a.example' },
        ],
      },
    ];

    expect(messagesFromAiSdk(ui)).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Where is 7?' },
          { type: 'blob', modality: 'image', content: 'AAEC', mime_type: 'image/png' },
          { type: 'data-place', data: { at: 'desk' } },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'I look.' },
          { type: 'tool_call', id: 'a', name: 'find', arguments: { id: 7 } },
          { type: 'tool_call', id: 'b', name: 'map', arguments: {} },
          {
            type: 'server_tool_call',
            id: 'c',
            name: 'search',
            server_tool_call: { type: 'search', input: {} },
          },
          {
            type: 'server_tool_call_response',
            id: 'c',
            server_tool_call_response: { type: 'search', output: ['x'] },
          },
          { type: 'tool_call', id: 'd', name: 'call-taxi', arguments: {} },
          { type: 'tool_call', id: 'e', name: 'pay', arguments: {} },
        ],
      },
      {
        role: 'tool',
        parts: [
          { type: 'tool_call_response', id: 'a', response: { at: 'Lyon' } },
          { type: 'tool_call_response', id: 'b', response: 'no map', is_error: true },
          {
            type: 'tool_call_response',
            id: 'e',
            response: { denied: true, reason: 'too dear' },
          },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'In Lyon.' },
          { type: 'source-url', sourceId: 's', url: 'https://a.example' },
        ],
      },
    ]);
  });

  test('had the calls of UI messages one level deeper before version 5', () => {
    const toolInvocation = {
      state: 'result',
      toolCallId: 'a',
      toolName: 'find',
      args: { id: 7 },
      result: 'Lyon',
    };
    const parts = [{ type: 'tool-invocation', toolInvocation }];

    expect(messagesFromAiSdk([{ role: 'assistant', content: '', parts }])).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'a', name: 'find', arguments: { id: 7 } }],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', response: 'Lyon' }] },
    ]);
  });
});
