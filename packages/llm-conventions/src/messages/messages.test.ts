import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { finishReasonFrom } from './finish-reason.ts';
import { messagesFromAnthropic, partsFromAnthropic } from './messages-from-anthropic.ts';
import { messagesFromOpenAiChat } from './messages-from-openai-chat.ts';

test('OpenAI chat messages become messages of the conventions', () => {
  const messages = messagesFromOpenAiChat([
    { role: 'system', content: 'be brief' },
    {
      role: 'user',
      name: 'ada',
      content: [
        { type: 'text', text: 'what is this?' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'input_audio', input_audio: { data: 'BBBB', format: 'wav' } },
        { type: 'file', file: { file_id: 'f-1' } },
        { type: 'novelty', extra: 1 },
      ],
    },
    {
      role: 'assistant',
      content: null,
      refusal: 'no',
      tool_calls: [
        { id: 'c-1', type: 'function', function: { name: 'search', arguments: '{"q":"x"}' } },
        { id: 'c-2', type: 'function', function: { name: 'search', arguments: '{broken' } },
      ],
    },
    { role: 'tool', tool_call_id: 'c-1', content: '{"hits":2}' },
    'no message',
  ]);

  expect(messages).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'be brief' }] },
    {
      role: 'user',
      name: 'ada',
      parts: [
        { type: 'text', content: 'what is this?' },
        { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
        { type: 'blob', modality: 'image', content: 'AAAA', mime_type: 'image/png' },
        { type: 'blob', modality: 'audio', content: 'BBBB', mime_type: 'audio/wav' },
        { type: 'file', modality: 'document', file_id: 'f-1' },
        { type: 'novelty', extra: 1 },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { type: 'refusal', content: 'no' },
        { type: 'tool_call', id: 'c-1', name: 'search', arguments: { q: 'x' } },
        { type: 'tool_call', id: 'c-2', name: 'search', arguments: '{broken' },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c-1', response: { hits: 2 } }] },
  ]);
});

test('Anthropic messages become messages of the conventions', () => {
  const messages = messagesFromAnthropic([
    { role: 'user', content: 'hello' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'let me look' },
        { type: 'tool_use', id: 't-1', name: 'search', input: { q: 'x' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't-1', content: [{ type: 'text', text: 'two' }] },
        { type: 'tool_result', tool_use_id: 't-2', content: 'plain' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
        { type: 'image', source: { type: 'file', file_id: 'f-1' } },
        { type: 'image', source: {} },
        { type: 'server_tool_use', name: 'web' },
      ],
    },
    { content: 'no role' },
  ]);

  expect(messages).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'hello' }] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'hm' },
        { type: 'text', content: 'let me look' },
        { type: 'tool_call', id: 't-1', name: 'search', arguments: { q: 'x' } },
      ],
    },
    {
      role: 'user',
      parts: [
        { type: 'tool_call_response', id: 't-1', response: 'two' },
        { type: 'tool_call_response', id: 't-2', response: 'plain' },
        { type: 'blob', modality: 'image', content: 'AAAA', mime_type: 'image/png' },
        { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
        { type: 'file', modality: 'image', file_id: 'f-1' },
        { type: 'image', source: {} },
        { type: 'server_tool_call', name: 'web', server_tool_call: { type: 'web' } },
      ],
    },
  ]);
  expect(partsFromAnthropic(undefined)).toEqual([]);
});

test('anything at all is converted without an error, into messages with a role and parts', () => {
  const hostile = {
    type: 'x',
    get trap(): never {
      throw new Error('no');
    },
  };
  const anything = fc.oneof(fc.anything(), fc.constant(hostile));
  const message = fc.record({
    role: fc.string(),
    content: fc.array(anything),
    tool_calls: anything,
  });
  fc.assert(
    fc.property(fc.oneof(anything, fc.array(fc.oneof(message, anything))), (value) => {
      for (const convert of [messagesFromOpenAiChat, messagesFromAnthropic])
        for (const { role, parts } of convert(value)) {
          expect(role).not.toBe('');
          expect(parts.every(({ type }) => typeof type === 'string')).toBe(true);
        }
    }),
  );
});

test('finish reasons of the providers become those of the conventions', () => {
  expect(
    ['end_turn', 'max_tokens', 'tool_calls', 'refusal', 'failed'].map(finishReasonFrom),
  ).toEqual(['stop', 'length', 'tool_call', 'content_filter', 'error']);
  // Titan and Command on Bedrock.
  expect(
    ['FINISH', 'LENGTH', 'COMPLETE', 'ERROR_LIMIT', 'ERROR_TOXIC'].map(finishReasonFrom),
  ).toEqual(['stop', 'length', 'stop', 'length', 'content_filter']);
  expect(['own_word', 'constructor', '', null].map(finishReasonFrom)).toEqual([
    'own_word',
    'constructor',
    undefined,
    undefined,
  ]);
});
