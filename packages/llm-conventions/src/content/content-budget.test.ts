import type { Attributes } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableSpan } from '../../test/readable-span.ts';
import type { ChatMessage } from '../messages/message-types.ts';
import { contentBudget } from './content-budget.ts';
import { cutToBytes, utf8Length } from './utf8-length.ts';

const text = (content: string): ChatMessage['parts'][number] => ({ type: 'text', content });
const message = (role: string, ...contents: string[]): ChatMessage => ({
  role,
  parts: contents.map(text),
});

function cut(attributes: Attributes, maxBytesPerAttribute = 256): Attributes {
  return contentBudget({ maxBytesPerAttribute }).transform(readableSpan(attributes)).attributes;
}

test('a span within its budget passes as the same object', () => {
  const span = readableSpan({ 'gen_ai.input.messages': '[]', 'app.text': 'x'.repeat(1000) });

  expect(contentBudget({ maxBytesPerAttribute: 256 }).transform(span)).toBe(span);
  expect(contentBudget().transform(span)).toBe(span);
});

test('input keeps the newest messages, output the first, and the cut is marked', () => {
  const messages = Array.from({ length: 20 }, (_, n) => message('user', `message ${n}`));
  const json = JSON.stringify(messages);

  const attributes = cut({ 'gen_ai.input.messages': json, 'gen_ai.output.messages': json });

  const input = JSON.parse(attributes['gen_ai.input.messages'] as string) as ChatMessage[];
  const output = JSON.parse(attributes['gen_ai.output.messages'] as string) as ChatMessage[];
  expect(input).toEqual(messages.slice(-input.length));
  expect(output).toEqual(messages.slice(0, output.length));
  expect(input.length).toBeGreaterThan(1);
  expect(attributes['llm_otel.content.truncated']).toEqual([
    'gen_ai.input.messages',
    'gen_ai.output.messages',
  ]);
});

test('one message that is too large keeps its first parts, and the start of a text that is too long', () => {
  const parts = JSON.stringify([message('user', 'first', 'x'.repeat(300), 'third')]);
  const long = JSON.stringify([message('user', 'é"'.repeat(300))]);

  expect(
    JSON.parse(cut({ 'gen_ai.input.messages': parts })['gen_ai.input.messages'] as string),
  ).toEqual([message('user', 'first')]);
  const [kept] = JSON.parse(
    cut({ 'gen_ai.input.messages': long })['gen_ai.input.messages'] as string,
  ) as ChatMessage[];
  expect(kept?.parts[0]).toMatchObject({
    type: 'text',
    content: expect.stringMatching(/^(é"){20,}/),
  });
});

test('structured values stay structured, plain text stays text', () => {
  const attributes = cut({
    'gen_ai.tool.call.result': { ok: true, rows: Array.from({ length: 99 }, (_, n) => ({ n })) },
    'gen_ai.retrieval.query.text': '😀'.repeat(100),
    'gen_ai.tool.call.arguments': '1'.repeat(999),
  });

  expect(attributes['gen_ai.tool.call.result']).toMatchObject({ ok: true });
  expect(attributes['gen_ai.retrieval.query.text']).toBe('😀'.repeat(64));
  expect(attributes['gen_ai.tool.call.arguments']).toHaveLength(256);
});

test('variables of prompts and explanations of evaluations are cut as plain text', () => {
  const attributes = cut({
    'gen_ai.prompt.variable.document': 'é'.repeat(300),
    'gen_ai.prompt.variable.name': 'Ada',
    'gen_ai.evaluation.explanation': 'x'.repeat(300),
  });

  expect(attributes).toEqual({
    'gen_ai.prompt.variable.document': 'é'.repeat(128),
    'gen_ai.prompt.variable.name': 'Ada',
    'gen_ai.evaluation.explanation': 'x'.repeat(256),
    'llm_otel.content.truncated': [
      'gen_ai.prompt.variable.document',
      'gen_ai.evaluation.explanation',
    ],
  });
});

test('a value of which nothing can be kept is left out and marked', () => {
  const attributes = cut({ 'gen_ai.input.messages': JSON.stringify([{ role: 'x'.repeat(999) }]) });

  expect(attributes).toEqual({ 'llm_otel.content.truncated': ['gen_ai.input.messages'] });
});

test('whatever the messages and the budget: valid JSON, within the budget, in the shape', () => {
  const part = fc.oneof(
    fc.record({
      type: fc.constant('text'),
      content: fc.string({ unit: 'binary', maxLength: 400 }),
    }),
    fc.record({ type: fc.constant('tool_call'), name: fc.string(), arguments: fc.jsonValue() }),
  );
  const messages = fc.array(fc.record({ role: fc.string(), parts: fc.array(part) }));
  fc.assert(
    fc.property(messages, fc.integer({ min: 256, max: 2000 }), (list, budget) => {
      const attributes = cut({ 'gen_ai.input.messages': JSON.stringify(list) }, budget);

      const json = attributes['gen_ai.input.messages'] as string | undefined;
      if (json === undefined) return;
      expect(utf8Length(json)).toBeLessThanOrEqual(budget);
      for (const { role, parts } of JSON.parse(json) as ChatMessage[]) {
        expect(typeof role).toBe('string');
        expect(parts.every(({ type }) => typeof type === 'string')).toBe(true);
      }
    }),
  );
});

test('bytes are counted and cut as an encoder would', () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 30 }), (value, max) => {
      expect(utf8Length(value)).toBe(encoder.encode(value).length);
      const start = cutToBytes(value, max);
      expect(value.startsWith(start)).toBe(true);
      expect(encoder.encode(start).length).toBeLessThanOrEqual(max);
    }),
  );
  expect(utf8Length('\ud800x')).toBe(4);
});

test('a budget that is too small or no number is refused', () => {
  expect(() => contentBudget({ maxBytesPerAttribute: 10 })).toThrow(
    'maxBytesPerAttribute is 10: use a whole number of bytes of at least 256',
  );
});
