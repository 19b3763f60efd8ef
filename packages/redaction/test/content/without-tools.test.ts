import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/index.ts';

const ASKED = 'what was asked of it';
const ANSWERED = 'what it answered';
const SAID = 'what people said';
const redactor = createRedactor({ version: 1, tools: false });

/** Messages of people, and of tools, as conventions and providers write them. */
const messages: Readonly<Record<string, readonly unknown[]>> = {
  'of the conventions': [
    { role: 'user', parts: [{ type: 'text', content: SAID }] },
    {
      role: 'assistant',
      parts: [
        { type: 'tool_call', id: 'a', name: 'find', arguments: { q: ASKED } },
        { type: 'server_tool_call', id: 'b', name: 'web', server_tool_call: { q: ASKED } },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', response: ANSWERED }] },
  ],
  'of OpenAI': [
    { role: 'user', content: SAID },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'find', arguments: ASKED } }],
    },
    { role: 'assistant', function_call: { name: 'find', arguments: ASKED } },
    { role: 'tool', tool_call_id: 'a', content: ANSWERED },
    { role: 'function', name: 'find', content: ANSWERED },
  ],
  'of OpenAI Responses': [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: SAID }] },
    { type: 'function_call', call_id: 'a', name: 'find', arguments: ASKED },
    { type: 'function_call_output', call_id: 'a', output: ANSWERED },
  ],
  'of Anthropic': [
    { role: 'user', content: SAID },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'a', name: 'find', input: { q: ASKED } }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: ANSWERED }] },
  ],
  'of Gemini and Bedrock': [
    { role: 'user', parts: [{ text: SAID }] },
    { role: 'model', parts: [{ functionCall: { name: 'find', args: { q: ASKED } } }] },
    { role: 'user', parts: [{ functionResponse: { response: ANSWERED } }] },
    { role: 'assistant', content: [{ toolUse: { input: ASKED } }] },
    { role: 'user', content: [{ toolResult: { content: ANSWERED } }] },
  ],
  'of the AI SDK': [
    { role: 'user', content: [{ type: 'text', text: SAID }] },
    { role: 'assistant', content: [{ type: 'tool-call', toolName: 'find', input: ASKED }] },
    { role: 'tool', content: [{ type: 'tool-result', toolName: 'find', output: ANSWERED }] },
  ],
};

describe.each(Object.entries(messages))('without tools, messages %s', (_, list) => {
  test.each([
    ['gen_ai.input.messages', list],
    ['gen_ai.input.messages', JSON.stringify(list)],
    ['gen_ai.output.messages', JSON.stringify(list)],
    ['ai.prompt.messages', JSON.stringify(list)],
    ['input.value', JSON.stringify({ messages: list, tools: [{ description: ASKED }] })],
    ['langfuse.observation.input', JSON.stringify({ messages: list })],
    ['pydantic_ai.all_messages', JSON.stringify(list)],
    ['gen_ai.prompt', JSON.stringify({ inside: JSON.stringify(list) })],
  ])('keep what people said: %s', (key, value) => {
    const left = JSON.stringify(redactor.redactDeep({ [key]: value }));

    expect(left).toContain(SAID);
    expect(left).not.toContain(ASKED);
    expect(left).not.toContain(ANSWERED);
  });
});

test('messages of which each part is an attribute are told by their role', () => {
  const attributes = {
    'gen_ai.prompt.0.role': 'user',
    'gen_ai.prompt.0.content': SAID,
    'gen_ai.prompt.1.role': 'tool',
    'gen_ai.prompt.1.content': ANSWERED,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': SAID,
    'llm.input_messages.1.message.role': 'tool',
    'llm.input_messages.1.message.contents.0.message_content.text': ANSWERED,
  };

  const left = redactor.redactDeep(attributes) as object;

  expect(Object.keys(left)).toEqual(Object.keys(attributes).filter((key) => !/\.1\./.test(key)));
});

test('in events, and where the whole body is the text', () => {
  const text = JSON.stringify({ content: SAID, tool_calls: [{ function: { arguments: ASKED } }] });
  const left = JSON.stringify({ content: SAID });

  expect(redactor.redactDeep({ 'gen_ai.event.content': text }, 'gen_ai.choice')).toEqual({
    'gen_ai.event.content': left,
  });
  expect(redactor.redactDeep(text, 'gen_ai.choice')).toBe(left);
});

test('messages without tools, and texts that only speak of them, stay what they are', () => {
  const attributes = {
    'gen_ai.input.messages': '[{"role":"user","content":"which tool is this? { function"}]',
    'gen_ai.output.messages': 'use the tool',
    'gen_ai.prompt': '{"tool',
  };

  expect(redactor.redactDeep(attributes)).toBe(attributes);
  const all = createRedactor({ version: 1, tools: true });
  const asked = { 'gen_ai.input.messages': messages['of OpenAI'] };
  expect(all.redactDeep(asked)).toBe(asked);
});
