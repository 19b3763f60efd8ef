// Mistral's models that think have lists as their content, whole and in chunks.
import { expect, test } from 'vitest';
import { messagesFromOpenAiChat, openAiChatStream } from '../src/index.ts';

const thinking = (text: string): object => ({
  type: 'thinking',
  thinking: [{ type: 'text', text }],
});
const text = (said: string): object => ({ type: 'text', text: said });
const parts = [
  { type: 'reasoning', content: 'It is warm.' },
  { type: 'text', content: 'Take a hat.' },
];

test('a message with lists of thoughts and text', () => {
  const content = [thinking('It is warm.'), text('Take a hat.')];

  expect(messagesFromOpenAiChat([{ role: 'assistant', content }])).toMatchObject([{ parts }]);
});

test('chunks with lists of thoughts and text, and text by itself', () => {
  const reader = openAiChatStream.open({ content: true, provider: 'mistral_ai' });
  const pieces = [
    '',
    [thinking('It is ')],
    [thinking('warm.')],
    [text('Take '), { type: 'reference', reference_ids: [1] }],
    'a hat.',
  ];
  for (const content of pieces)
    expect(reader.read({ id: 'c-1', choices: [{ index: 0, delta: { content } }] })).toBeUndefined();

  expect(reader.response().outputMessages).toMatchObject([{ parts }]);
});
