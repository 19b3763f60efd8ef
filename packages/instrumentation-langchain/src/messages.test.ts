import { AIMessage, ChatMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { HumanMessage as HumanMessage0 } from '@llm-otel/langchain-0';
import { expect, test } from 'vitest';
import { messageOf, messagesOf } from './messages.ts';

test('messages of LangChain in the form of the conventions', () => {
  const answer = new AIMessage({
    content: [
      { type: 'reasoning', reasoning: 'hm' },
      { type: 'text', text: 'I look' },
      { type: 'image_url', image_url: 'x' },
      { type: 'tool_use', id: 'call_1' },
    ] as never,
    tool_calls: [{ id: 'call_1', name: 'track', args: { id: 7 } }],
  });

  expect(messageOf(answer)).toEqual({
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'hm' },
      { type: 'text', content: 'I look' },
      { type: 'image_url', image_url: 'x' },
      { type: 'tool_call', id: 'call_1', name: 'track', arguments: { id: 7 } },
    ],
  });
  expect(messageOf(new ToolMessage({ content: 'parcel', tool_call_id: 'call_1' }))).toEqual({
    role: 'tool',
    parts: [{ type: 'tool_call_response', id: 'call_1', response: 'parcel' }],
  });
  expect(messageOf(new ChatMessage({ content: 'x', role: 'critic' }))?.role).toBe('critic');
  expect(messageOf(new HumanMessage0('hello'))).toEqual({
    role: 'user',
    parts: [{ type: 'text', content: 'hello' }],
  });
});

test('lists of them, alone or in the state of a graph', () => {
  const plain = { role: 'user', content: 'hello' };
  const system = new SystemMessage('be brief');

  expect(messagesOf([system, plain]).map(({ role }) => role)).toEqual(['system', 'user']);
  expect(messagesOf({ messages: [plain] })).toHaveLength(1);
});

test('what is no message is none', () => {
  for (const nothing of [null, undefined, 7, 'text', {}, [], { role: 'user' }, { content: 'x' }]) {
    expect(messageOf(nothing)).toBeUndefined();
    expect(messagesOf(nothing)).toEqual([]);
    expect(messagesOf([nothing])).toEqual([]);
  }
  expect(messageOf({ type: 'human', content: 7 })).toEqual({ role: 'user', parts: [] });
});
