// A text without a letter is no part: of a response as of a stream of the same answer.
import { describe, expect, test } from 'vitest';
import {
  anthropicStream,
  createGenAi,
  geminiStream,
  openAiChatStream,
  outputFromAiSdk,
  outputFromAnthropic,
  outputFromBedrock,
  outputFromGemini,
  outputFromOpenAiChat,
  outputFromOpenAiResponses,
  type StreamFormat,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

const call = { type: 'tool_call', id: 't', name: 'f', arguments: { a: 1 } };
const tool = { id: 't', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };
const toolUse = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
const functionCall = { id: 't', name: 'f', args: { a: 1 } };

const responses: Readonly<Record<string, readonly [ofCall: unknown, ofNothing: unknown]>> = {
  'OpenAI chat': [
    outputFromOpenAiChat({
      choices: [{ message: { role: 'assistant', content: '', tool_calls: [tool] } }],
    }),
    outputFromOpenAiChat({ choices: [{ message: { role: 'assistant', content: '' } }] }),
  ],
  'OpenAI responses': [
    outputFromOpenAiResponses({
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: '' }] },
        { type: 'function_call', call_id: 't', name: 'f', arguments: '{"a":1}' },
      ],
    }),
    outputFromOpenAiResponses({
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: '' }] },
      ],
    }),
  ],
  Anthropic: [
    outputFromAnthropic({
      role: 'assistant',
      content: [{ type: 'thinking', thinking: '' }, { type: 'text', text: '' }, toolUse],
    }),
    outputFromAnthropic({ role: 'assistant', content: [{ type: 'text', text: '' }] }),
  ],
  Gemini: [
    outputFromGemini({ candidates: [{ content: { parts: [{ text: '' }, { functionCall }] } }] }),
    outputFromGemini({ candidates: [{ content: { parts: [{ text: '' }] } }] }),
  ],
  Bedrock: [
    outputFromBedrock({
      output: {
        message: {
          role: 'assistant',
          content: [{ text: '' }, { toolUse: { toolUseId: 't', name: 'f', input: { a: 1 } } }],
        },
      },
    }),
    outputFromBedrock({ output: { message: { role: 'assistant', content: [{ text: '' }] } } }),
  ],
  'the AI SDK': [
    outputFromAiSdk({
      content: [
        { type: 'text', text: '' },
        { type: 'tool-call', toolCallId: 't', toolName: 'f', input: { a: 1 } },
      ],
    }),
    outputFromAiSdk({ content: [{ type: 'text', text: '' }] }),
  ],
};

test.each(Object.entries(responses))(
  'an empty text of %s is left out',
  (_, [ofCall, ofNothing]) => {
    expect(ofCall).toEqual([{ role: 'assistant', parts: [call] }]);
    expect(ofNothing).toEqual([]);
  },
);

async function streamed(chunks: readonly unknown[], format: StreamFormat): Promise<unknown> {
  const signals = recordSignals();
  const genAi = createGenAi({ ...signals, content: 'span' });
  const source = async function* (): AsyncGenerator {
    yield* chunks;
  };
  const stream = await genAi.inference({ provider: 'p', stream: true }, async (open) =>
    open.stream(source(), format),
  );
  for await (const _ of stream);
  const messages = signals.spans()[0]?.attributes['gen_ai.output.messages'];
  return typeof messages === 'string' ? JSON.parse(messages) : messages;
}

describe('a stream has the same', () => {
  const choice = (index: number, delta: object): object => ({ choices: [{ index, delta }] });

  test.each<[string, readonly unknown[], StreamFormat]>([
    [
      'OpenAI chat',
      [choice(0, { content: '' }), choice(0, { tool_calls: [{ index: 0, ...tool }] })],
      openAiChatStream,
    ],
    [
      'Anthropic',
      [
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_start', index: 1, content_block: { ...toolUse, input: {} } },
        {
          type: 'content_block_delta',
          index: 1,
          delta: { type: 'input_json_delta', partial_json: '{"a":1}' },
        },
      ],
      anthropicStream,
    ],
    [
      'Gemini',
      [
        { candidates: [{ content: { parts: [{ text: '' }] } }] },
        { candidates: [{ content: { parts: [{ functionCall }] } }] },
      ],
      geminiStream,
    ],
  ])('%s', async (_, chunks, format) => {
    expect(await streamed(chunks, format)).toEqual([{ role: 'assistant', parts: [call] }]);
    expect(await streamed(chunks.slice(0, 1), format)).toBeUndefined();
  });

  test('one of several that says nothing keeps its place, beside its finish reason', async () => {
    const end = (index: number): object => ({
      choices: [{ index, delta: {}, finish_reason: 'stop' }],
    });
    const two = [
      { role: 'assistant', parts: [] },
      { role: 'assistant', parts: [{ type: 'text', content: 'x' }] },
    ];

    expect(
      await streamed(
        [choice(0, { content: '' }), choice(1, { content: 'x' }), end(0), end(1)],
        openAiChatStream,
      ),
    ).toEqual(two);
    expect(
      outputFromOpenAiChat({
        choices: ['', 'x'].map((content) => ({ message: { role: 'assistant', content } })),
      }),
    ).toEqual(two);
  });
});

test('a response that says nothing has no messages on its span', () => {
  const signals = recordSignals();
  const open = createGenAi({ ...signals, content: 'span' }).startInference({ provider: 'p' });
  open.recordResponse({ outputMessages: [] });
  open.end();

  expect(signals.spans()[0]?.attributes).not.toHaveProperty(['gen_ai.output.messages']);
});
