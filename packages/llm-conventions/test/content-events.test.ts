// The events of the conventions up to 1.36, as libraries write them on spans and as log records.
import type { Attributes } from '@opentelemetry/api';
import type { ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEventConformance } from '../src/conformance.ts';
import { emitDialects, inCurrentNames, normaliseLogs } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';

type Told = readonly [name: string, attributes: Attributes];

function spanWith(events: readonly Told[], attributes: Attributes = {}): ReadableSpan {
  return {
    ...readableSpan({ 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai', ...attributes }),
    events: events.map(([name, told]) => ({ name, attributes: told, time: [0, 0] })),
  };
}

function read(span: ReadableSpan): Record<string, unknown> {
  const { attributes } = inCurrentNames(span);
  const json = (name: string): unknown => {
    const text = attributes[name];
    return typeof text === 'string' ? JSON.parse(text) : null;
  };
  return {
    input: json('gen_ai.input.messages'),
    output: json('gen_ai.output.messages'),
    reasons: attributes['gen_ai.response.finish_reasons'],
  };
}

const conversation = {
  input: [
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', content: 'Where is 7?' }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'c', name: 'find', arguments: { id: 7 } }],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: { at: 'Lyon' } }] },
  ],
  output: [{ role: 'assistant', parts: [{ type: 'text', content: 'In Lyon.' }] }],
  reasons: ['stop'],
};
const calls = [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{"id":7}' } }];

describe('span events', () => {
  test('with the members of their bodies as attributes are the messages of the span', () => {
    const span = spanWith([
      ['gen_ai.system.message', { content: 'Be brief.' }],
      ['gen_ai.user.message', { 'gen_ai.system': 'openai', content: 'Where is 7?' }],
      ['gen_ai.assistant.message', { tool_calls: JSON.stringify(calls) }],
      ['gen_ai.tool.message', { id: 'c', content: '{"at":"Lyon"}' }],
      ['gen_ai.choice', { index: 0, finish_reason: 'stop', message: '{"content":"In Lyon."}' }],
    ]);

    expect(read(span)).toEqual(conversation);
    expect(inCurrentNames(span).events).toEqual([]);
  });

  test('with their bodies as JSON in one attribute are so too', () => {
    const told = (body: object): Attributes => ({ 'gen_ai.event.content': JSON.stringify(body) });
    const span = spanWith([
      ['gen_ai.system.message', told({ content: 'Be brief.' })],
      ['gen_ai.user.message', told({ role: 'user', content: 'Where is 7?' })],
      ['gen_ai.assistant.message', told({ tool_calls: calls })],
      ['gen_ai.tool.message', told({ id: 'c', content: '{"at":"Lyon"}' })],
      [
        'gen_ai.choice',
        told({ index: 0, finish_reason: 'stop', message: { content: 'In Lyon.' } }),
      ],
    ]);

    expect(read(span)).toEqual(conversation);
  });

  test.each<[string, unknown, object[]]>([
    ['text that looks like a list', '[1, 2]', [{ type: 'text', content: '[1, 2]' }]],
    ['text in braces', '{"a":1}', [{ type: 'text', content: '{"a":1}' }]],
    [
      'blocks of Bedrock',
      '[{"text":"hi"},{"toolUse":{"toolUseId":"t","name":"f","input":{"a":1}}}]',
      [
        { type: 'text', content: 'hi' },
        { type: 'tool_call', id: 't', name: 'f', arguments: { a: 1 } },
      ],
    ],
    [
      'blocks of OpenAI',
      '[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"https://a.example/b"}}]',
      [
        { type: 'text', content: 'hi' },
        { type: 'uri', modality: 'image', uri: 'https://a.example/b' },
      ],
    ],
    [
      'blocks of Anthropic',
      '[{"type":"thinking","thinking":"hm"},{"type":"tool_use","id":"t","name":"f","input":{}}]',
      [
        { type: 'reasoning', content: 'hm' },
        { type: 'tool_call', id: 't', name: 'f', arguments: {} },
      ],
    ],
    [
      'parts of the conventions',
      '[{"type":"text","content":"hi"},{"type":"file","modality":"image","file_id":"f"}]',
      [
        { type: 'text', content: 'hi' },
        { type: 'file', modality: 'image', file_id: 'f' },
      ],
    ],
  ])('hold %s', (_, content, parts) => {
    const span = spanWith([['gen_ai.user.message', { content }]]);

    expect(read(span)['input']).toEqual([{ role: 'user', parts }]);
  });

  test('of agents of Azure AI hold their text further inside', () => {
    const content = '{"content":{"text":{"value":"Hello"}},"role":"assistant"}';
    const span = spanWith([['gen_ai.assistant.message', { 'gen_ai.event.content': content }]]);

    expect(read(span)['input']).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] },
    ]);
  });

  test('of several choices are in the order of their index, each with its reason', () => {
    const span = spanWith([
      ['gen_ai.choice', { index: 1, finish_reason: 'tool_calls', message: 'second' }],
      ['gen_ai.choice', { index: 0, finish_reason: 'length', message: 'first' }],
    ]);

    expect(read(span)).toMatchObject({
      output: [{ parts: [{ content: 'first' }] }, { parts: [{ content: 'second' }] }],
      reasons: ['length', 'tool_call'],
    });
  });

  test('without content tell the reason, and what tells nothing stays', () => {
    const other = ['cache.hit', { key: 'k' }] as const;
    const span = spanWith([
      ['gen_ai.user.message', { 'gen_ai.system': 'openai' }],
      other,
      ['gen_ai.choice', { index: 0, finish_reason: 'stop', message: '{"role":"assistant"}' }],
    ]);

    expect(read(span)).toEqual({ input: null, output: null, reasons: ['stop'] });
    expect(inCurrentNames(span).events.map(({ name }) => name)).toEqual([
      'gen_ai.user.message',
      'cache.hit',
    ]);
  });

  test('do not replace messages in today’s names, and are gone beside them', () => {
    const messages = JSON.stringify(conversation.input);
    const span = spanWith([['gen_ai.user.message', { content: 'Other' }]], {
      'gen_ai.input.messages': messages,
    });

    expect(inCurrentNames(span).attributes['gen_ai.input.messages']).toBe(messages);
    expect(inCurrentNames(span).events).toEqual([]);
  });

  test('of a tool are left alone: they hold arguments and results', () => {
    const span = spanWith([['gen_ai.tool.message', { content: '{}', id: 't' }]], {
      'gen_ai.operation.name': 'execute_tool',
    });

    expect(inCurrentNames(span).events).toHaveLength(1);
  });

  test('an index that is no number is none, and stops nothing', () => {
    const span = spanWith([
      ['gen_ai.choice', { index: { valueOf: 1, toString: 1 }, message: 'Hi' }],
    ]);

    expect(inCurrentNames(span).attributes).toMatchObject({ 'gen_ai.provider.name': 'openai' });
  });

  test('of any content never keep a span from being read', () => {
    const name = fc.constantFrom('gen_ai.user.message', 'gen_ai.tool.message', 'gen_ai.choice');
    const member = fc.constantFrom(
      'content',
      'message',
      'tool_calls',
      'id',
      'index',
      'role',
      'gen_ai.event.content',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.dictionary(member, fc.anything()))), (events) => {
        const span = spanWith(events);

        expect(inCurrentNames(span).attributes).toMatchObject({ 'gen_ai.provider.name': 'openai' });
      }),
    );
  });
});

describe('the vocabulary of 1.36', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
    'gen_ai.input.messages': JSON.stringify(conversation.input.slice(1)),
    'gen_ai.output.messages': JSON.stringify([conversation.input[2]]),
  };
  const emit = emitDialects(['genai-1.36']);

  test('tells each message and each choice as an event, in place of the attributes', () => {
    const { events, attributes: left } = emit.transform(readableSpan(attributes));
    const system = { 'gen_ai.system': 'openai' };

    expect(events.map(({ name, attributes: told, time }) => [name, told, time[0]])).toEqual([
      ['gen_ai.system.message', { ...system, role: 'system', content: 'Be brief.' }, 0],
      ['gen_ai.user.message', { ...system, role: 'user', content: 'Where is 7?' }, 0],
      [
        'gen_ai.assistant.message',
        { ...system, role: 'assistant', tool_calls: JSON.stringify(calls) },
        0,
      ],
      ['gen_ai.tool.message', { ...system, id: 'c', content: '{"at":"Lyon"}' }, 0],
      [
        'gen_ai.choice',
        {
          ...system,
          index: 0,
          finish_reason: 'tool_calls',
          message: JSON.stringify({ role: 'assistant', tool_calls: calls }),
        },
        1,
      ],
    ]);
    expect(Object.keys(left)).not.toContain('gen_ai.input.messages');
    expect(Object.keys(left)).not.toContain('gen_ai.system_instructions');
  });

  test('has no events where content is off, and on no other span than that of a model call', () => {
    const { 'gen_ai.input.messages': _, 'gen_ai.output.messages': __, ...rest } = attributes;
    const { 'gen_ai.system_instructions': ___, ...off } = rest;

    expect(emit.transform(readableSpan(off)).events).toEqual([]);
    const agent = { ...attributes, 'gen_ai.operation.name': 'invoke_agent' };
    const span = emit.transform(readableSpan(agent));
    expect(span.events).toEqual([]);
    expect(span.attributes).toHaveProperty(['gen_ai.input.messages']);
  });

  test('keeps the events that the span has, and messages that cannot be read', () => {
    const span = spanWith([['retry', {}]], { ...attributes, 'gen_ai.input.messages': '[7]' });
    const said = emit.transform(span);

    expect(said.events[0]?.name).toBe('retry');
    expect(said.attributes['gen_ai.input.messages']).toBe('[7]');
  });

  test('brings back text that looks like parts, pictures and speakers', () => {
    const messages = [
      { role: 'user', name: 'ada', parts: [{ type: 'text', content: '[{"type":"text"}]' }] },
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'look' },
          { type: 'blob', modality: 'image', content: 'AAEC', mime_type: 'image/png' },
        ],
      },
      { role: 'developer', parts: [{ type: 'text', content: '' }] },
    ];
    const span = readableSpan({
      ...attributes,
      'gen_ai.system_instructions': undefined,
      'gen_ai.input.messages': JSON.stringify(messages),
    });

    expect(read(emit.transform(span))['input']).toEqual(messages);
  });
});

describe('log records', () => {
  function record(
    eventName: string | undefined,
    body: unknown,
    attributes = {},
  ): ReadableLogRecord {
    return {
      hrTime: [0, 0],
      hrTimeObserved: [0, 0],
      spanContext: undefined,
      severityNumber: 9,
      severityText: undefined,
      eventName,
      body,
      attributes: { 'gen_ai.system': 'gemini', ...attributes },
      resource: { attributes: {} },
      instrumentationScope: { name: 'test' },
      droppedAttributesCount: 0,
    } as unknown as ReadableLogRecord;
  }
  const logs = normaliseLogs();
  const transform = (told: ReadableLogRecord): ReadableLogRecord => logs.transform(told);

  test.each<[string, unknown, string, object]>([
    [
      'gen_ai.user.message',
      { content: 'Where is 7?' },
      'gen_ai.input.messages',
      conversation.input[1]!,
    ],
    [
      'gen_ai.assistant.message',
      { tool_calls: calls },
      'gen_ai.input.messages',
      conversation.input[2]!,
    ],
    [
      'gen_ai.tool.message',
      { id: 'c', content: { at: 'Lyon' } },
      'gen_ai.input.messages',
      conversation.input[3]!,
    ],
    [
      'gen_ai.choice',
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'In Lyon.' } },
      'gen_ai.output.messages',
      conversation.output[0]!,
    ],
  ])('%s becomes the event of today', (name, body, attribute, message) => {
    for (const told of [record(name, body), record(undefined, body, { 'event.name': name })]) {
      const now = transform(told);

      expect(now.eventName).toBe('gen_ai.client.inference.operation.details');
      expect(now.body).toBeUndefined();
      expect(now.attributes).toEqual({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'gcp.gemini',
        [attribute]: [message],
        ...(name === 'gen_ai.choice' && { 'gen_ai.response.finish_reasons': ['stop'] }),
      });
      expect(
        checkEventConformance(now as Parameters<typeof checkEventConformance>[0], { content: true })
          .errors,
      ).toEqual([]);
    }
  });

  test('with the members of a body as attributes keep no second copy of them', () => {
    const now = transform(record('gen_ai.user.message', undefined, { content: 'Hi', own: 1 }));

    expect(now.attributes).not.toHaveProperty('content');
    expect(now.attributes).toMatchObject({
      own: 1,
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
    });
  });

  test('of other kinds, and those that tell nothing, pass as they are', () => {
    for (const told of [
      record('gen_ai.user.message', {}),
      record('gen_ai.evaluation.result', undefined, { 'gen_ai.evaluation.name': 'x' }),
      record('app.started', { content: 'x' }),
      record(undefined, 'a line'),
    ])
      expect(transform(told)).toBe(told);
  });

  test('of any shape never fail', () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (body, attributes) => {
        for (const name of ['gen_ai.user.message', 'gen_ai.choice', 'gen_ai.tool.message'])
          expect(transform(record(name, body, attributes))).toBeDefined();
      }),
    );
  });
});
