// The second turn of an agent, with what its tools answered, is carried once by every vocabulary, whichever role that has at the provider.
import { describe, expect, test } from 'vitest';
import {
  type ChatMessage,
  DIALECTS,
  emitDialects,
  inCurrentNames,
  inputFromAiSdk,
  inputFromAnthropic,
  inputFromBedrock,
  inputFromGemini,
  inputFromOpenAiChat,
} from '../src/index.ts';
import { readableSpan } from './readable-span.ts';

const anthropicCalls = ['t', 'u'].map((id) => ({ type: 'tool_use', id, name: 'f', input: {} }));
const anthropicTurn = (...results: readonly object[]): readonly ChatMessage[] | undefined =>
  inputFromAnthropic({
    messages: [
      { role: 'user', content: 'Is it sunny?' },
      { role: 'assistant', content: anthropicCalls },
      { role: 'user', content: results },
    ],
  }).inputMessages;
const sunny = { type: 'tool_result', tool_use_id: 't', content: 'sunny' };
const failed = { type: 'tool_result', tool_use_id: 'u', content: 'timed out', is_error: true };

const turns: readonly (readonly [string, readonly ChatMessage[] | undefined])[] = [
  ['Anthropic', anthropicTurn(sunny)],
  ['Anthropic, two calls', anthropicTurn(sunny, { ...sunny, tool_use_id: 'u' })],
  ['Anthropic, a tool that failed', anthropicTurn(sunny, failed)],
  ['Anthropic, results and a text', anthropicTurn(sunny, failed, { type: 'text', text: 'And?' })],
  [
    'Anthropic, a result between texts',
    anthropicTurn({ type: 'text', text: 'So:' }, sunny, failed),
  ],
  [
    'Anthropic, a picture',
    anthropicTurn({
      ...sunny,
      content: [{ type: 'image', source: { type: 'url', url: 'https://a.example/b' } }],
    }),
  ],
  [
    'Gemini',
    inputFromGemini({
      contents: [
        { role: 'user', parts: [{ text: 'q' }] },
        { role: 'model', parts: [{ functionCall: { id: 'i', name: 'f', args: { a: 1 } } }] },
        {
          role: 'user',
          parts: [
            { functionResponse: { id: 'i', name: 'f', response: { output: 'sunny' } } },
            { functionResponse: { id: 'j', name: 'f', response: { error: 'late' } } },
          ],
        },
      ],
    }).inputMessages,
  ],
  [
    'Bedrock',
    inputFromBedrock({
      messages: [
        { role: 'user', content: [{ text: 'q' }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'f', input: {} } }] },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 't', content: [{ json: { a: 1 } }], status: 'success' } },
            { toolResult: { toolUseId: 'u', content: [{ text: 'late' }], status: 'error' } },
          ],
        },
      ],
    }).inputMessages,
  ],
  [
    'the AI SDK',
    inputFromAiSdk({
      messages: [
        { role: 'user', content: 'q' },
        {
          role: 'tool',
          content: ['t', 'u'].map((toolCallId) => ({
            type: 'tool-result',
            toolCallId,
            toolName: 'f',
            output: { type: 'text', value: 'sunny' },
          })),
        },
      ],
    }).inputMessages,
  ],
  [
    'OpenAI',
    inputFromOpenAiChat({
      messages: [
        { role: 'user', content: 'q' },
        { role: 'tool', tool_call_id: 't', content: 'sunny' },
      ],
    }).inputMessages,
  ],
];

function call(
  messages: unknown,
  more: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof readableSpan> {
  return readableSpan({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.input.messages': JSON.stringify(messages),
    ...more,
  });
}

const vocabularies = DIALECTS.filter((dialect) => dialect !== 'current');

describe.each(vocabularies)('%s', (dialect) => {
  test.each(turns)('has a turn of %s once, and gives it back', (_, messages) => {
    for (const instructions of [undefined, '[{"type":"text","content":"Be brief."}]']) {
      const span = call(messages, { 'gen_ai.system_instructions': instructions });
      const said = emitDialects([dialect]).transform(span);

      // These two keep the name of today and say it once.
      if (dialect !== 'genai-1.38' && dialect !== 'openllmetry')
        expect(said.attributes).not.toHaveProperty(['gen_ai.input.messages']);
      const read = inCurrentNames(said);
      expect(JSON.parse(String(read.attributes['gen_ai.input.messages']))).toEqual(messages);
      expect(Object.keys(read.attributes).join()).not.toMatch(
        /llm_otel\.dialect\.(?!source)|message\./,
      );
    }
  });
});

test('all of them at once have it too', () => {
  for (const [, messages] of turns) {
    const said = emitDialects(vocabularies).transform(call(messages));
    const read = inCurrentNames(said).attributes['gen_ai.input.messages'];

    expect(JSON.parse(String(read))).toEqual(messages);
  }
});

test('OpenInference shows results as its back ends expect them, and says beside them what they were', () => {
  const { attributes } = emitDialects(['openinference']).transform(
    call(anthropicTurn(sunny, failed, { type: 'text', text: 'And?' })),
  );

  expect(attributes).toMatchObject({
    'llm.input_messages.2.message.role': 'tool',
    'llm.input_messages.2.message.tool_call_id': 't',
    'llm.input_messages.2.message.content': 'sunny',
    'llm.input_messages.3.message.role': 'tool',
    'llm.input_messages.3.message.content': 'timed out',
    'llm.input_messages.4.message.role': 'user',
    'llm.input_messages.4.message.content': 'And?',
    'llm_otel.dialect.merged_messages': ['2-4 user'],
    'llm_otel.dialect.failed_results': ['3'],
  });
});

test('marks that are wrong, such as those of a stranger, break nothing', () => {
  const { attributes } = emitDialects(['openinference']).transform(call(anthropicTurn(sunny)));
  for (const marks of [
    'text',
    ['', '2', '9 user', '2-99999 user', '2-1 user', '0-1 user', '1-2 user', '-1 user', 'x-y z'],
    [7, null, {}],
    `${'9'.repeat(100_000)} user`,
  ])
    expect(() =>
      inCurrentNames(
        readableSpan({
          ...attributes,
          'llm_otel.dialect.merged_messages': marks,
          'llm_otel.dialect.failed_results': marks,
        }),
      ),
    ).not.toThrow();
});
