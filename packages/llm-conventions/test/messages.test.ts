import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  finishReasonOfOpenAiResponse,
  inputFromAiSdk,
  inputFromAnthropic,
  inputFromBedrock,
  inputFromGemini,
  inputFromOpenAiChat,
  inputFromOpenAiResponses,
  messagesFromAiSdk,
  messagesFromAnthropic,
  messagesFromBedrock,
  messagesFromGemini,
  messagesFromOpenAiChat,
  messagesFromOpenAiResponses,
  outputFromAiSdk,
  outputFromAnthropic,
  outputFromBedrock,
  outputFromGemini,
  outputFromOpenAiChat,
  outputFromOpenAiResponses,
  toolDefinitionsFrom,
} from '../src/index.ts';
import { instructionErrors, messageErrors, toolDefinitionErrors } from './message-shapes.ts';

const parameters = { type: 'object', properties: { q: { type: 'string' } } };
const search = { type: 'function', name: 'search', description: 'Searches.', parameters };

/** What is asked for in every API: a system prompt, a question with a picture, a call, its result, a tool. */
const asked = {
  system: [{ type: 'text', content: 'Be brief.' }],
  question: {
    role: 'user',
    parts: [
      { type: 'text', content: 'What is this?' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAEC' },
    ],
  },
  call: {
    role: 'assistant',
    parts: [{ type: 'tool_call', id: 'c-1', name: 'search', arguments: { q: 'x' } }],
  },
  result: (role: string) => ({
    role,
    parts: [{ type: 'tool_call_response', id: 'c-1', response: { hits: 2 } }],
  }),
};
const picture = new Uint8Array([0, 1, 2]);

describe('one conversation, in the form of each API, is the same in the conventions:', () => {
  test('OpenAI chat completions', () => {
    const input = inputFromOpenAiChat({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAEC' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c-1', type: 'function', function: { name: 'search', arguments: '{"q":"x"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c-1', content: '{"hits":2}' },
      ],
      tools: [
        { type: 'function', function: { name: 'search', description: 'Searches.', parameters } },
      ],
    });

    // Here the system prompt is a message.
    expect(input).toEqual({
      inputMessages: [
        { role: 'system', parts: asked.system },
        asked.question,
        asked.call,
        asked.result('tool'),
      ],
      toolDefinitions: [search],
    });
  });

  test('OpenAI responses', () => {
    const input = inputFromOpenAiResponses({
      instructions: 'Be brief.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAEC', detail: 'auto' },
          ],
        },
        {
          type: 'function_call',
          id: 'fc-1',
          call_id: 'c-1',
          name: 'search',
          arguments: '{"q":"x"}',
        },
        { type: 'function_call_output', call_id: 'c-1', output: '{"hits":2}' },
      ],
      tools: [search],
    });

    expect(input).toEqual({
      systemInstructions: asked.system,
      inputMessages: [asked.question, asked.call, asked.result('tool')],
      toolDefinitions: [search],
    });
  });

  test('Anthropic messages', () => {
    const input = inputFromAnthropic({
      system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAEC' } },
          ],
        },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'c-1', name: 'search', input: { q: 'x' } }],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'c-1', content: { hits: 2 } }],
        },
      ],
      tools: [{ name: 'search', description: 'Searches.', input_schema: parameters }],
    });

    // Here results come from the user.
    expect(input).toEqual({
      systemInstructions: asked.system,
      inputMessages: [asked.question, asked.call, asked.result('user')],
      toolDefinitions: [search],
    });
  });

  test('Gemini generateContent, of the SDK and of the REST API', () => {
    const contents = [
      {
        role: 'user',
        parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'AAEC' } }],
      },
      { role: 'model', parts: [{ functionCall: { id: 'c-1', name: 'search', args: { q: 'x' } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { id: 'c-1', name: 'search', response: { hits: 2 } } }],
      },
    ];
    const tools = [
      {
        functionDeclarations: [
          { name: 'search', description: 'Searches.', parametersJsonSchema: parameters },
        ],
      },
    ];
    const expected = {
      systemInstructions: asked.system,
      inputMessages: [asked.question, asked.call, asked.result('user')],
      toolDefinitions: [search],
    };

    expect(
      inputFromGemini({ contents, config: { systemInstruction: 'Be brief.', tools } }),
    ).toEqual(expected);
    expect(
      inputFromGemini({ contents, systemInstruction: { parts: [{ text: 'Be brief.' }] }, tools }),
    ).toEqual(expected);
  });

  test('Bedrock Converse', () => {
    const input = inputFromBedrock({
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'What is this?' },
            { image: { format: 'png', source: { bytes: picture } } },
          ],
        },
        {
          role: 'assistant',
          content: [{ toolUse: { toolUseId: 'c-1', name: 'search', input: { q: 'x' } } }],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c-1', content: [{ json: { hits: 2 } }] } }],
        },
      ],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'search',
              description: 'Searches.',
              inputSchema: { json: parameters },
            },
          },
        ],
      },
    });

    expect(input).toEqual({
      systemInstructions: asked.system,
      inputMessages: [asked.question, asked.call, asked.result('user')],
      toolDefinitions: [search],
    });
  });

  test('AI SDK', () => {
    const input = inputFromAiSdk({
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', data: picture, mediaType: 'image/png' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'tool-call', toolCallId: 'c-1', toolName: 'search', input: { q: 'x' } },
          ],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'c-1',
              toolName: 'search',
              output: { type: 'json', value: { hits: 2 } },
            },
          ],
        },
      ],
      tools: { search: { description: 'Searches.', inputSchema: { jsonSchema: parameters } } },
    });

    expect(input).toEqual({
      systemInstructions: asked.system,
      inputMessages: [asked.question, asked.call, asked.result('tool')],
      toolDefinitions: [search],
    });
  });
});

describe('an answer with reasoning, text and a call is one message per choice:', () => {
  const answer = {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'Hm.' },
      { type: 'text', content: 'I look.' },
      { type: 'tool_call', id: 'c-1', name: 'search', arguments: { q: 'x' } },
    ],
  };

  test.each([
    [
      'OpenAI chat completions',
      outputFromOpenAiChat({
        choices: [
          {
            message: {
              role: 'assistant',
              content: 'I look.',
              reasoning_content: 'Hm.',
              tool_calls: [{ id: 'c-1', function: { name: 'search', arguments: '{"q":"x"}' } }],
            },
          },
        ],
      }),
    ],
    [
      'OpenAI responses',
      outputFromOpenAiResponses({
        output: [
          { type: 'reasoning', id: 'r-1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'I look.', annotations: [] }],
          },
          { type: 'function_call', call_id: 'c-1', name: 'search', arguments: '{"q":"x"}' },
        ],
      }),
    ],
    [
      'Anthropic messages',
      outputFromAnthropic({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c-1', name: 'search', input: { q: 'x' } },
        ],
      }),
    ],
    [
      'Gemini',
      outputFromGemini({
        candidates: [
          {
            content: {
              role: 'model',
              parts: [
                { text: 'Hm.', thought: true },
                { text: 'I look.' },
                { functionCall: { id: 'c-1', name: 'search', args: { q: 'x' } } },
              ],
            },
          },
        ],
      }),
    ],
    [
      'Bedrock Converse',
      outputFromBedrock({
        output: {
          message: {
            role: 'assistant',
            content: [
              { reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } },
              { text: 'I look.' },
              { toolUse: { toolUseId: 'c-1', name: 'search', input: { q: 'x' } } },
            ],
          },
        },
      }),
    ],
    [
      'AI SDK',
      outputFromAiSdk({
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'I look.' },
          { type: 'tool-call', toolCallId: 'c-1', toolName: 'search', input: '{"q":"x"}' },
        ],
      }),
    ],
  ])('%s', (_, messages) => {
    expect(messages).toEqual([answer]);
  });
});

describe('tools that the provider runs are server tool calls:', () => {
  test.each([
    [
      'OpenAI responses',
      messagesFromOpenAiResponses([
        { type: 'web_search_call', id: 's-1', status: 'completed', action: { query: 'x' } },
        {
          type: 'code_interpreter_call',
          id: 's-2',
          code: '1+1',
          outputs: [{ type: 'logs', logs: '2' }],
        },
        { type: 'image_generation_call', id: 's-3', result: 'AAEC', output_format: 'webp' },
        { type: 'mcp_call', id: 's-4', name: 'ask', arguments: '{}', output: 'yes' },
      ]),
      [
        'server_tool_call',
        'server_tool_call',
        'server_tool_call_response',
        'server_tool_call',
        'blob',
        'server_tool_call',
        'server_tool_call_response',
      ],
    ],
    [
      'Anthropic messages',
      messagesFromAnthropic([
        {
          role: 'assistant',
          content: [
            { type: 'server_tool_use', id: 's-1', name: 'web_search', input: { query: 'x' } },
            { type: 'web_search_tool_result', tool_use_id: 's-1', content: [{ url: 'u' }] },
            { type: 'mcp_tool_use', id: 's-2', name: 'ask', server_name: 's', input: {} },
            { type: 'mcp_tool_result', tool_use_id: 's-2', content: [] },
          ],
        },
      ]),
      [
        'server_tool_call',
        'server_tool_call_response',
        'server_tool_call',
        'server_tool_call_response',
      ],
    ],
    [
      'Gemini',
      messagesFromGemini([
        {
          role: 'model',
          parts: [
            { executableCode: { language: 'PYTHON', code: '1+1' } },
            { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } },
          ],
        },
      ]),
      ['server_tool_call', 'server_tool_call_response'],
    ],
    [
      'Bedrock Converse',
      messagesFromBedrock([
        {
          role: 'assistant',
          content: [
            { toolUse: { toolUseId: 's', name: 'web', type: 'server_tool_use', input: {} } },
            { toolResult: { toolUseId: 's', type: 'web_result', content: [{ text: 'r' }] } },
          ],
        },
      ]),
      ['server_tool_call', 'server_tool_call_response'],
    ],
    [
      'AI SDK',
      messagesFromAiSdk([
        {
          role: 'assistant',
          content: [
            {
              type: 'tool-call',
              toolCallId: 's',
              toolName: 'web',
              input: {},
              providerExecuted: true,
            },
            {
              type: 'tool-result',
              toolCallId: 's',
              toolName: 'web',
              result: 1,
              providerExecuted: true,
            },
          ],
        },
      ]),
      ['server_tool_call', 'server_tool_call_response'],
    ],
  ])('%s', (_, messages, types) => {
    expect(messages[0]?.parts.map(({ type }) => type)).toEqual(types);
    expect(messageErrors(messages)).toEqual([]);
  });
});

describe('parts of one API only:', () => {
  test('OpenAI responses: files, screens, hands of the application, compaction', () => {
    expect(
      messagesFromOpenAiResponses([
        {
          role: 'user',
          content: [
            { type: 'input_file', file_id: 'f-1' },
            { type: 'input_file', file_data: 'data:application/pdf;base64,AAEC' },
            { type: 'input_file', file_url: 'https://example.com/a.pdf' },
            { type: 'input_audio', input_audio: { data: 'AAEC', format: 'wav' } },
          ],
        },
        { type: 'computer_call', call_id: 'c', action: { type: 'click' } },
        {
          type: 'computer_call_output',
          call_id: 'c',
          output: { type: 'computer_screenshot', image_url: 'https://example.com/s.png' },
        },
        { type: 'compaction', id: 'k', encrypted_content: 'xxx' },
        { type: 'item_reference', id: 'm-1' },
      ]),
    ).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'file', modality: 'document', file_id: 'f-1' },
          { type: 'blob', modality: 'document', content: 'AAEC', mime_type: 'application/pdf' },
          { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
          { type: 'blob', modality: 'audio', content: 'AAEC', mime_type: 'audio/wav' },
        ],
      },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c', name: 'computer', arguments: { type: 'click' } }],
      },
      {
        role: 'tool',
        parts: [
          {
            type: 'tool_call_response',
            id: 'c',
            response: [{ type: 'uri', modality: 'image', uri: 'https://example.com/s.png' }],
          },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'compaction', id: 'k' },
          { type: 'item_reference', id: 'm-1' },
        ],
      },
    ]);
  });

  test('Anthropic: plain text documents, uploads, compaction, results with pictures', () => {
    expect(
      messagesFromAnthropic([
        {
          role: 'user',
          content: [
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
            { type: 'container_upload', file_id: 'f-1' },
            { type: 'compaction', content: 'so far' },
            {
              type: 'tool_result',
              tool_use_id: 't',
              content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a' } }],
            },
            { type: 'text' },
          ],
        },
      ])[0]?.parts,
    ).toEqual([
      { type: 'text', content: 'plain' },
      { type: 'file', modality: 'document', file_id: 'f-1' },
      { type: 'compaction', content: 'so far' },
      {
        type: 'tool_call_response',
        id: 't',
        response: [{ type: 'uri', modality: 'image', uri: 'https://example.com/a' }],
      },
      // Without a text it must not pass for one.
      { type: 'unknown_text' },
    ]);
  });

  test('Bedrock: documents, videos in S3, guarded and cited text', () => {
    expect(
      messagesFromBedrock([
        {
          role: 'user',
          content: [
            { document: { format: 'pdf', name: 'a', source: { bytes: picture } } },
            { video: { format: 'mp4', source: { s3Location: { uri: 's3://b/v.mp4' } } } },
            { guardContent: { text: { text: 'guarded' } } },
            { citationsContent: { content: [{ text: 'cited' }], citations: [] } },
            { searchResult: { source: 's' } },
          ],
        },
      ])[0]?.parts,
    ).toEqual([
      { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'AAEC' },
      { type: 'uri', modality: 'video', uri: 's3://b/v.mp4', mime_type: 'video/mp4' },
      { type: 'text', content: 'guarded' },
      { type: 'text', content: 'cited' },
      { type: 'searchResult', searchResult: { source: 's' } },
    ]);
  });

  test('AI SDK: URLs, errors of tools, a call that was denied, prompts as text', () => {
    expect(messagesFromAiSdk('hello')).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
    ]);
    expect(
      messagesFromAiSdk([
        {
          role: 'user',
          content: [
            { type: 'image', image: new URL('https://example.com/a.png') },
            { type: 'file', data: 'https://example.com/a.pdf', mediaType: 'application/pdf' },
            { type: 'file', data: 'AAEC', mediaType: 'audio/wav' },
            { type: 'tool-error', toolCallId: 't', error: new Error('broken') },
            {
              type: 'tool-result',
              toolCallId: 'd',
              output: { type: 'execution-denied', reason: 'no' },
            },
          ],
        },
      ])[0]?.parts,
    ).toEqual([
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
      {
        type: 'uri',
        modality: 'document',
        uri: 'https://example.com/a.pdf',
        mime_type: 'application/pdf',
      },
      { type: 'blob', modality: 'audio', content: 'AAEC', mime_type: 'audio/wav' },
      { type: 'tool_call_response', id: 't', response: { error: 'broken' }, is_error: true },
      { type: 'tool_call_response', id: 'd', response: { denied: true, reason: 'no' } },
    ]);
  });

  test('Gemini: files, text alone, a reply that was blocked', () => {
    expect(messagesFromGemini('hello')).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
    ]);
    expect(
      messagesFromGemini([
        { fileData: { fileUri: 'gs://b/a.mp4', mimeType: 'video/mp4' } },
        'and?',
      ]),
    ).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'uri', modality: 'video', uri: 'gs://b/a.mp4', mime_type: 'video/mp4' },
          { type: 'text', content: 'and?' },
        ],
      },
    ]);
    expect(outputFromGemini({ candidates: [{ finishReason: 'SAFETY' }] })).toEqual([]);
  });

  test('tools that have no schema are told by their type', () => {
    expect(
      toolDefinitionsFrom([
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'file_search', vector_store_ids: ['v'] },
        { googleSearch: {} },
        { systemTool: { name: 'nova_grounding' } },
        { cachePoint: { type: 'default' } },
        // OpenAI's, which take text, in both of its APIs.
        { type: 'custom', custom: { name: 'sql' } },
        { type: 'custom', name: 'grammar', format: { type: 'text' } },
        // A function of Anthropic.
        { type: 'custom', name: 'weather', input_schema: { type: 'object' } },
      ]),
    ).toEqual([
      { type: 'web_search_20250305', name: 'web_search' },
      { type: 'file_search', name: 'file_search' },
      { type: 'googleSearch', name: 'googleSearch' },
      { type: 'systemTool', name: 'nova_grounding' },
      { type: 'custom', name: 'sql' },
      { type: 'custom', name: 'grammar' },
      { type: 'function', name: 'weather', parameters: { type: 'object' } },
    ]);
    expect(toolDefinitionsFrom([])).toBeUndefined();
  });
});

test('a response of OpenAI has a status, which tells the finish reason', () => {
  const reasons = [
    { status: 'completed', output: [] },
    { status: 'completed', output: [{ type: 'function_call' }] },
    { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    { status: 'failed' },
    { status: 'in_progress' },
  ].map(finishReasonOfOpenAiResponse);

  expect(reasons).toEqual(['stop', 'tool_call', 'length', 'content_filter', 'error', undefined]);
});

test('bytes become base64 as every other encoder writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const [message] = messagesFromAiSdk([
        { role: 'user', content: [{ type: 'file', data: bytes, mediaType: 'image/png' }] },
      ]);
      expect(message?.parts[0]).toMatchObject({ content: Buffer.from(bytes).toString('base64') });
    }),
  );
});

test('bytes that are too large are told by their size', () => {
  const bytes = new Uint8Array(12 * 1024 * 1024 + 1);

  expect(
    messagesFromBedrock([
      { role: 'user', content: [{ image: { format: 'png', source: { bytes } } }] },
    ])[0]?.parts,
  ).toEqual([
    { type: 'omitted', modality: 'image', mime_type: 'image/png', byte_length: 12_582_913 },
  ]);
});

const converters = [
  ['OpenAI chat completions', inputFromOpenAiChat, messagesFromOpenAiChat, outputFromOpenAiChat],
  [
    'OpenAI responses',
    inputFromOpenAiResponses,
    messagesFromOpenAiResponses,
    outputFromOpenAiResponses,
  ],
  ['Anthropic messages', inputFromAnthropic, messagesFromAnthropic, outputFromAnthropic],
  ['Gemini', inputFromGemini, messagesFromGemini, outputFromGemini],
  ['Bedrock Converse', inputFromBedrock, messagesFromBedrock, outputFromBedrock],
  ['AI SDK', inputFromAiSdk, messagesFromAiSdk, outputFromAiSdk],
] as const;

/** Words that the converters look for, so that what is made up at random gets past the first question. */
const words = fc.constantFrom(
  ...(
    'type role content parts text tool_use tool_result tool-call tool-result function_call reasoning image ' +
    'document file input_image input_file image_url source data url file_id mediaType output result outputs candidates ' +
    'functionCall functionResponse inlineData fileData executableCode toolUse toolResult reasoningContent message ' +
    'messages contents input system instructions tools choices user assistant model name id call_id arguments'
  ).split(' '),
);

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

const hostile = fc.constantFrom<unknown[]>(
  {
    get role(): never {
      throw new Error('no');
    },
  },
  new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
      getPrototypeOf: () => {
        throw new Error('no');
      },
    },
  ),
  Object.assign([], { length: 4_000_000_000 }),
  Symbol('s'),
  10n,
  () => 1,
  Number.NaN,
);

const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    words,
    hostile,
    fc.string(),
    fc.uint8Array({ maxLength: 4 }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(words, tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe.each(converters)('%s:', (_, input, messages, output) => {
  test('whatever it is given, the answer is in the shapes of the conventions', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const content = input(value);
        expect(messageErrors(content.inputMessages)).toEqual([]);
        expect(instructionErrors(content.systemInstructions ?? [])).toEqual([]);
        expect(toolDefinitionErrors(content.toolDefinitions ?? [])).toEqual([]);
        expect(messageErrors(messages(value))).toEqual([]);
        expect(messageErrors(messages([value]))).toEqual([]);
        expect(messageErrors(output(value))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('a proxy that was revoked takes nothing else with it', () => {
    expect(input(revoked()).inputMessages).toEqual([]);
    expect(output(revoked())).toEqual([]);
    expect(
      messages([revoked(), { role: 'user', content: 'text', parts: [{ text: 'text' }] }]),
    ).toEqual([{ role: 'user', parts: [expect.objectContaining({ type: 'text' })] }]);
  });

  test('a conversation that refers to itself does not keep it for ever', () => {
    const block: Record<string, unknown> = {
      type: 'tool_result',
      role: 'user',
      text: undefined,
      output: { type: 'content' },
    };
    // Twice: without an end to it there would be 2, 4, 8, … parts.
    block['content'] = [block, block];
    block['parts'] = [block, block];
    const again = { ...block, type: 'tool-result' };
    (block['output'] as Record<string, unknown>)['value'] = [again, again];
    block['toolResult'] = block;

    expect(
      messageErrors(
        messages([
          block,
          { ...block, type: 'tool-result', content: [again] },
          { role: 'user', content: 'text', parts: [] },
        ]),
      ),
    ).toEqual([]);
  });
});
