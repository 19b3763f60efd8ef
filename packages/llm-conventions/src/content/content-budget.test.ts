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

test('one message that is too large keeps the parts that fit and marks the others, and the start of a text where nothing fits', () => {
  const parts = JSON.stringify([message('user', 'first', 'x'.repeat(300), 'third')]);
  const long = JSON.stringify([message('user', 'é"'.repeat(300))]);

  expect(
    JSON.parse(cut({ 'gen_ai.input.messages': parts })['gen_ai.input.messages'] as string),
  ).toEqual([
    {
      role: 'user',
      parts: [
        text('first'),
        { type: 'omitted', omitted_type: 'text', byte_length: 328 },
        text('third'),
      ],
    },
  ]);
  const [kept] = JSON.parse(
    cut({ 'gen_ai.input.messages': long })['gen_ai.input.messages'] as string,
  ) as ChatMessage[];
  expect(kept?.parts[0]).toMatchObject({
    type: 'text',
    content: expect.stringMatching(/^(é"){20,}/),
    truncated: true,
    byte_length: 900,
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

const picture = (bytes: number, start = 7): string =>
  Buffer.from(Array.from({ length: bytes }, (_, n) => (n * 37 + start) % 256)).toString('base64');

function messagesCut(messages: readonly object[], budget: number): unknown {
  const attributes = cut({ 'gen_ai.input.messages': JSON.stringify(messages) }, budget);
  return JSON.parse(attributes['gen_ai.input.messages'] as string);
}

test('media goes first and whole, and the text beside it stays', () => {
  const blob = { type: 'blob', modality: 'image', mime_type: 'image/png', content: picture(1200) };
  const omitted = {
    type: 'omitted',
    omitted_type: 'blob',
    modality: 'image',
    mime_type: 'image/png',
    byte_length: 1200,
  };
  const question = text('What is on it?');

  expect(messagesCut([{ role: 'user', parts: [blob, question] }], 1000)).toEqual([
    { role: 'user', parts: [omitted, question] },
  ]);
  // One that would fit by itself, in an older message, too: the largest goes, the others stay.
  const small = { ...blob, content: picture(60) };
  const older = { role: 'user', parts: [small] };
  const newest = {
    role: 'user',
    parts: [text('é'.repeat(300)), { ...blob, content: picture(500) }],
  };
  expect(messagesCut([older, newest], 1200)).toEqual([
    older,
    { role: 'user', parts: [newest.parts[0], { ...omitted, byte_length: 500 }] },
  ]);
  // A URL that holds its content is as good as a blob.
  const uri = { type: 'uri', modality: 'image', uri: `data:image/png;base64,${picture(900)}` };
  expect(messagesCut([{ role: 'user', parts: [uri, question] }], 400)).toEqual([
    {
      role: 'user',
      parts: [
        expect.objectContaining({ type: 'omitted', omitted_type: 'uri', modality: 'image' }),
        question,
      ],
    },
  ]);
});

test.each([
  ['as MCP has it', { type: 'image', mimeType: 'image/png', data: picture(900) }, 'data'],
  ['of Anthropic', { type: 'base64', media_type: 'image/png', data: picture(900) }, 'data'],
  ['of an image model', { b64_json: Buffer.alloc(900).toString('base64') }, 'b64_json'],
  ['in a URL', { url: `data:image/png;base64,${Buffer.alloc(900).toString('base64')}` }, 'url'],
  ['that nothing tells of but itself', { raw: picture(900) }, 'raw'],
])('base64 %s in what a tool answered goes whole, and the rest stays', (_, block, key) => {
  const answer = [block, { type: 'text', text: 'a cat' }];
  const left = [
    { ...block, [key]: expect.stringMatching(/^\[omitted: \d+ characters\]$/) },
    answer[1],
  ];
  const part = { type: 'tool_call_response', id: 'c', response: answer };

  const attributes = cut({ 'gen_ai.tool.call.result': JSON.stringify(answer) }, 256);

  expect(JSON.parse(attributes['gen_ai.tool.call.result'] as string)).toEqual(left);
  expect(messagesCut([{ role: 'tool', parts: [part] }], 400)).toEqual([
    { role: 'tool', parts: [{ ...part, response: left }] },
  ]);
});

test('what is left out of a conversation is told with its type, id and name, and older messages that fit stay', () => {
  const result = { type: 'tool_call_response', id: 'c-1', response: { rows: 'row '.repeat(200) } };
  const call = { type: 'tool_call', id: 'c-1', name: 'rows', arguments: { table: 'orders' } };
  const conversation = [
    message('user', 'How many?'),
    { role: 'assistant', parts: [call] },
    { role: 'tool', parts: [result] },
  ];

  expect(messagesCut(conversation, 500)).toEqual([
    conversation[0],
    conversation[1],
    {
      role: 'tool',
      parts: [
        {
          type: 'omitted',
          omitted_type: 'tool_call_response',
          id: 'c-1',
          byte_length: JSON.stringify(result).length,
        },
      ],
    },
  ]);
});

test('instructions are cut as parts, and a text with a picture in it in front of the picture', () => {
  const instructions = [text('Be brief.'), text('x '.repeat(400)), text('Be kind.')];
  const markdown = `See ![it](data:image/png;base64,${Buffer.alloc(600).toString('base64')}) there`;

  const attributes = cut({
    'gen_ai.system_instructions': JSON.stringify(instructions),
    'gen_ai.evaluation.explanation': markdown,
    'gen_ai.output.messages': JSON.stringify([message('assistant', markdown)]),
  });

  expect(JSON.parse(attributes['gen_ai.system_instructions'] as string)).toEqual([
    instructions[0],
    { type: 'omitted', omitted_type: 'text', byte_length: 828 },
    instructions[2],
  ]);
  expect(attributes['gen_ai.evaluation.explanation']).toBe('See ![it](');
  const [answer] = JSON.parse(attributes['gen_ai.output.messages'] as string) as ChatMessage[];
  expect(answer?.parts).toEqual([
    { type: 'text', content: 'See ![it](', truncated: true, byte_length: markdown.length },
  ]);
});

test('a list goes on behind an item that is too large by itself', () => {
  const documents = [
    { id: '1', content: 'x '.repeat(300) },
    { id: '2', content: 'short' },
  ];

  const attributes = cut({ 'gen_ai.retrieval.documents': JSON.stringify(documents) });

  expect(JSON.parse(attributes['gen_ai.retrieval.documents'] as string)).toEqual([documents[1]]);
});

const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 900 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  base64.map((data) => `see data:image/png;base64,${data} there`),
);
const anyPart = fc.oneof(
  fc.record({ type: fc.constantFrom('text', 'reasoning'), content: anyText }),
  fc.record({ type: fc.constant('tool_call'), name: fc.string(), arguments: fc.jsonValue() }),
  fc.record({
    type: fc.constant('tool_call_response'),
    id: fc.string(),
    response: fc.oneof(
      fc.jsonValue(),
      anyText,
      fc.array(base64.map((data) => ({ type: 'image', data, mimeType: 'image/png' }))),
    ),
  }),
  fc.record({ type: fc.constant('blob'), modality: fc.constant('image'), content: base64 }),
  fc.record({
    type: fc.constant('uri'),
    modality: fc.constant('image'),
    uri: base64.map((data) => `data:image/png;base64,${data}`),
  }),
  fc.record({ type: fc.constant('own'), anything: fc.jsonValue() }),
);

test('whatever the messages and the budget: valid JSON, within the budget, parts as they were or marked, base64 whole', () => {
  const messages = fc.array(fc.record({ role: fc.string(), parts: fc.array(anyPart) }));
  const inputs = fc.constantFrom('gen_ai.input.messages', 'gen_ai.output.messages');
  fc.assert(
    fc.property(messages, inputs, fc.integer({ min: 256, max: 3000 }), (list, name, budget) => {
      const before = JSON.stringify(list);

      const after = cut({ [name]: before }, budget)[name] as string | undefined;

      if (after === undefined) return;
      expect(utf8Length(after)).toBeLessThanOrEqual(budget);
      const parts = (json: string): string[] =>
        (JSON.parse(json) as ChatMessage[]).flatMap((one) =>
          one.parts.map((part) => JSON.stringify(part)),
        );
      const were = new Set(parts(before));
      for (const part of parts(after))
        if (!were.has(part))
          expect(part).toMatch(/^\{"type":"omitted"|"truncated":true|\[omitted: \d+ characters\]/);
      const runs = new Set(before.match(/[A-Za-z0-9+/]{64,}=*/g));
      for (const run of after.match(/[A-Za-z0-9+/]{64,}=*/g) ?? []) expect(runs).toContain(run);
    }),
    { numRuns: 300 },
  );
});

test('whatever a tool answered and the budget: valid JSON, within the budget, base64 whole', () => {
  const blocks = fc.array(
    fc.oneof(
      base64.map((data) => ({ type: 'image', data, mimeType: 'image/png' })),
      base64.map((b64_json) => ({ b64_json })),
      fc.record({ type: fc.constant('text'), text: anyText }),
    ),
  );
  const answers = fc.oneof(
    blocks,
    blocks.map((content) => ({ content, isError: false })),
  );
  fc.assert(
    fc.property(answers, fc.integer({ min: 256, max: 3000 }), (answer, budget) => {
      const before = JSON.stringify(answer);

      const after = cut({ 'gen_ai.tool.call.result': before }, budget)['gen_ai.tool.call.result'];

      if (typeof after !== 'string') return;
      expect(utf8Length(after)).toBeLessThanOrEqual(budget);
      JSON.parse(after);
      const runs = new Set(before.match(/[A-Za-z0-9+/]{64,}=*/g));
      for (const run of after.match(/[A-Za-z0-9+/]{64,}=*/g) ?? []) expect(runs).toContain(run);
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
