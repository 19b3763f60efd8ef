import { expect, test } from 'vitest';
import {
  finishReasonsOfGemini,
  geminiStream,
  inputFromGemini,
  messagesFromAiSdk,
  messagesFromAnthropic,
  messagesFromBedrock,
  messagesFromOpenAiChat,
  messagesFromOpenAiResponses,
  outputFromGemini,
  usageFromGemini,
} from '../src/index.ts';

const ID = '12345678901234567890';

test.each(['1.10', ID, 'true', '"x"', `{"id":${ID}}`])(
  'the result %s is the text that the tool answered with',
  (content) => {
    const chat = messagesFromOpenAiChat([{ role: 'tool', tool_call_id: 't', content }]);
    const responses = messagesFromOpenAiResponses([
      { type: 'function_call_output', call_id: 't', output: content },
    ]);

    for (const [message] of [chat, responses])
      expect(message?.parts).toEqual([{ type: 'tool_call_response', id: 't', response: content }]);
  },
);

test('arguments with a number that JavaScript cannot hold stay text', () => {
  const text = `{"order":${ID}}`;
  const [message] = messagesFromOpenAiChat([
    {
      role: 'assistant',
      tool_calls: [{ id: 't', function: { name: 'find', arguments: text } }],
    },
  ]);

  expect(message?.parts).toEqual([{ type: 'tool_call', id: 't', name: 'find', arguments: text }]);
});

test.each([
  [
    'Anthropic',
    (failed: boolean) =>
      messagesFromAnthropic([
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: 'no', is_error: failed }],
        },
      ]),
  ],
  [
    'Bedrock',
    (failed: boolean) =>
      messagesFromBedrock([
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 't',
                content: [{ text: 'no' }],
                status: failed ? 'error' : 'success',
              },
            },
          ],
        },
      ]),
  ],
  [
    'AI SDK 5 and later',
    (failed: boolean) =>
      messagesFromAiSdk([
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 't',
              output: { type: failed ? 'error-text' : 'text', value: 'no' },
            },
          ],
        },
      ]),
  ],
  [
    'AI SDK 4',
    (failed: boolean) =>
      messagesFromAiSdk([
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: 't', result: 'no', isError: failed }],
        },
      ]),
  ],
])('a tool that failed is told apart from one that answered: %s', (_, messages) => {
  const response = { type: 'tool_call_response', id: 't', response: 'no' };

  expect(messages(true)[0]?.parts).toEqual([{ ...response, is_error: true }]);
  expect(messages(false)[0]?.parts).toEqual([response]);
});

test('Gemini in snake case says the same as in camel case', () => {
  const snake = {
    system_instruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'model',
        parts: [
          { function_call: { name: 'weather', args: { city: 'Bern' } } },
          { executable_code: { language: 'PYTHON', code: '1' } },
          { code_execution_result: { outcome: 'OUTCOME_OK', output: '1' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { function_response: { name: 'weather', response: { celsius: 21 } } },
          { inline_data: { mime_type: 'image/png', data: 'aGk=' } },
          { file_data: { mime_type: 'audio/mp3', file_uri: 'gs://b/a.mp3' } },
        ],
      },
    ],
    tools: [{ function_declarations: [{ name: 'weather', parameters_json_schema: {} }] }],
  };
  const camel = JSON.parse(
    JSON.stringify(snake).replace(/"([a-z]+(?:_[a-z]+)+)":/g, (name) =>
      name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    ),
  ) as unknown;

  expect(inputFromGemini(snake)).toEqual(inputFromGemini(camel));
  expect(inputFromGemini(snake)).toMatchObject({
    systemInstructions: [{ content: 'Be brief.' }],
    inputMessages: [
      { parts: [{ type: 'tool_call', name: 'weather' }, {}, {}] },
      {
        parts: [
          { type: 'tool_call_response', id: 'weather' },
          { type: 'blob', mime_type: 'image/png' },
          { type: 'uri', modality: 'audio', uri: 'gs://b/a.mp3' },
        ],
      },
    ],
    toolDefinitions: [{ name: 'weather', parameters: {} }],
  });
});

test('an answer and a stream of Gemini in snake case are read', () => {
  const chunk = {
    response_id: 'r-1',
    model_version: 'm-1',
    candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] }, finish_reason: 'STOP' }],
    usage_metadata: {
      prompt_token_count: 5,
      candidates_token_count: 2,
      prompt_tokens_details: [{ modality: 'TEXT', token_count: 5 }],
    },
  };
  const reader = geminiStream.open({ content: true });
  reader.read(chunk);

  expect(outputFromGemini(chunk)).toEqual(reader.response().outputMessages);
  expect(reader.response()).toMatchObject({
    id: 'r-1',
    model: 'm-1',
    finishReasons: ['stop'],
    usage: usageFromGemini(chunk.usage_metadata),
  });
  expect(usageFromGemini(chunk.usage_metadata)).toMatchObject({
    inputTokens: 5,
    outputTokens: 2,
    textInputTokens: 5,
  });
});

test.each(['SAFETY', 'OTHER', 'PROHIBITED_CONTENT', 'JAILBREAK'])(
  'a prompt that Gemini blocked for %s has the reason content_filter, whole and streamed',
  (blockReason) => {
    const blocked = { promptFeedback: { blockReason }, usageMetadata: { promptTokenCount: 5 } };
    const reader = geminiStream.open({ content: true });
    reader.read(blocked);

    expect(reader.response()).toMatchObject({ finishReasons: ['content_filter'] });
    expect(finishReasonsOfGemini(blocked)).toEqual(['content_filter']);
  },
);

test('a prompt that Gemini did not block has the reasons of its candidates', () => {
  const feedback = { prompt_feedback: { block_reason: 'BLOCK_REASON_UNSPECIFIED' } };
  const candidates = [{ finish_reason: 'MAX_TOKENS' }, { finishReason: 'IMAGE_RECITATION' }];

  expect(finishReasonsOfGemini({ ...feedback, candidates })).toEqual(['length', 'content_filter']);
  expect(finishReasonsOfGemini(feedback)).toEqual([]);
});
