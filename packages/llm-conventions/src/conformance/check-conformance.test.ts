import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertConformance, checkConformance, type CheckedSpan } from './check-conformance.ts';

const CLIENT = 2;
const ERROR = 2;
const messages = '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]';

/** A model call as it should be, with something changed. */
function chat(changes: Partial<CheckedSpan> & { with?: object } = {}): CheckedSpan {
  const { with: more, ...rest } = changes;
  return {
    name: 'chat m',
    kind: CLIENT,
    status: { code: 0 },
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.request.model': 'm',
      ...more,
    },
    ...rest,
  };
}

const found = (span: CheckedSpan, options?: Parameters<typeof checkConformance>[1]): string[] =>
  checkConformance(span, options).errors.map(
    ({ attribute, rule, message }) => `${attribute ?? rule}: ${message}`,
  );

test('a span as the conventions have it passes', () => {
  expect(checkConformance(chat())).toMatchObject({
    passed: true,
    type: 'gen_ai.client.inference',
    errors: [],
    warnings: [],
  });
  expect(() => assertConformance(chat())).not.toThrow();
});

function memory(attributes: Record<string, unknown>): CheckedSpan {
  return {
    name: 'search_memory',
    kind: 2,
    status: { code: 0 },
    attributes: { 'gen_ai.operation.name': 'search_memory', ...attributes },
  };
}

function tool(attributes: Record<string, unknown>, code = ERROR): CheckedSpan {
  return {
    name: 'execute_tool t',
    kind: 0,
    status: { code },
    attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 't', ...attributes },
  };
}

const refused: Record<string, [CheckedSpan, string]> = {
  'another name': [chat({ name: 'chat r-17' }), 'name: is "chat r-17"; it is "chat m"'],
  'another kind': [chat({ kind: 1 }), 'kind: is SERVER; it is CLIENT or INTERNAL'],
  'a required attribute that is missing': [
    chat({ with: { 'gen_ai.provider.name': undefined } }),
    'gen_ai.provider.name: is missing',
  ],
  'a failure without a type': [
    chat({ status: { code: ERROR } }),
    'error.type: is missing, and the operation failed',
  ],
  'a type of error without a failure': [
    chat({ with: { 'error.type': 'timeout' } }),
    'error.type: is "timeout", and the status is not an error',
  ],
  'a type of error that is a message': [
    chat({ status: { code: ERROR }, with: { 'error.type': 'it did not work, sorry' } }),
    'error.type: is "it did not work, sorry"; it is a word with few distinct values',
  ],
  'a host without a port': [
    chat({ with: { 'server.address': 'h' } }),
    'server.port: is missing, and server.address is set',
  ],
  'the version of a prompt without its name': [
    chat({ with: { 'gen_ai.prompt.version': '1' } }),
    'gen_ai.prompt.version: stands only where gen_ai.prompt.name is set',
  ],
  'a time to first chunk without a stream': [
    chat({ with: { 'gen_ai.response.time_to_first_chunk': 0.1 } }),
    'gen_ai.response.time_to_first_chunk: stands only where gen_ai.request.stream is set',
  ],
  'a flag that says no instead of nothing': [
    chat({ with: { 'gen_ai.request.stream': false } }),
    'gen_ai.request.stream: is false; here it is true or absent',
  ],
  'the usual number of choices': [
    chat({ with: { 'gen_ai.request.choice.count': 1 } }),
    'gen_ai.request.choice.count: is 1, which is left out',
  ],
  'a fraction of a token': [
    chat({ with: { 'gen_ai.usage.input_tokens': 1.5 } }),
    'gen_ai.usage.input_tokens: is 1.5, and not an integer',
  ],
  'a number as text': [
    chat({ with: { 'gen_ai.request.temperature': '1' } }),
    'gen_ai.request.temperature: is "1", and not a number',
  ],
  'text where a list belongs': [
    chat({ with: { 'gen_ai.response.finish_reasons': 'stop' } }),
    'gen_ai.response.finish_reasons: is "stop", and not a list of strings',
  ],
  'a list without members': [
    chat({ with: { 'gen_ai.response.finish_reasons': [] } }),
    'gen_ai.response.finish_reasons: is an empty list; what is not known is left out',
  ],
  'a number where a word belongs': [
    chat({ with: { 'gen_ai.response.id': 7 } }),
    'gen_ai.response.id: is 7, and not a string',
  ],
  'a flag that is text': [
    chat({ with: { 'gen_ai.conversation.compacted': 'true' } }),
    'gen_ai.conversation.compacted: is "true", and not true or false',
  ],
  'a negative count': [
    chat({ with: { 'gen_ai.usage.output_tokens': -1 } }),
    'gen_ai.usage.output_tokens: is -1; a count is not negative',
  ],
  'a negative count of records': [
    memory({ 'gen_ai.memory.record.count': -1 }),
    'gen_ai.memory.record.count: is -1; a count is not negative',
  ],
  'a port without its host': [
    chat({ with: { 'server.port': 443 } }),
    'server.port: stands only where server.address is set',
  ],
  'a password in the address of a skill': [
    tool(
      {
        'gen_ai.skill.name': 's',
        'gen_ai.skill.source.uri': ['https://ada:x', 'example.com/s'].join('@'),
      },
      0,
    ),
    'gen_ai.skill.source.uri: has credentials in it, which are left out',
  ],
  'a key in the address of a skill': [
    tool(
      { 'gen_ai.skill.name': 's', 'gen_ai.skill.source.uri': 'https://example.com/s?a=1&token=x' },
      0,
    ),
    'gen_ai.skill.source.uri: has credentials in it, which are left out',
  ],
  'a part that is more than the whole': [
    chat({ with: { 'gen_ai.usage.input_tokens': 2, 'gen_ai.usage.cache_read.input_tokens': 3 } }),
    'gen_ai.usage.cache_read.input_tokens: is 3, a part of gen_ai.usage.input_tokens, which is 2',
  ],
  'the former name of a provider': [
    chat({ with: { 'gen_ai.provider.name': 'vertex_ai' } }),
    'gen_ai.provider.name: is "vertex_ai"; write "gcp.vertex_ai"',
  ],
  'a listed value that is spelled otherwise': [
    chat({ with: { 'gen_ai.output.type': 'JSON' } }),
    'gen_ai.output.type: is "JSON"; write "json"',
  ],
  'a name that was renamed': [
    chat({ with: { 'gen_ai.system': 'openai' } }),
    'gen_ai.system: is now gen_ai.provider.name',
  ],
  'a name that is gone': [
    chat({ with: { 'gen_ai.prompt': 'hi' } }),
    'gen_ai.prompt: is gone from the conventions',
  ],
  'a name that never was': [
    chat({ with: { 'gen_ai.request.modle': 'm' } }),
    'gen_ai.request.modle: is no attribute of the conventions',
  ],
  'an attribute of metrics': [
    chat({ with: { 'gen_ai.token.modality': 'text' } }),
    'gen_ai.token.modality: belongs on the metrics only',
  ],
  'an attribute of the resource': [
    chat({ with: { 'gen_ai.main_agent.id': 'a' } }),
    'gen_ai.main_agent.id: belongs on the resource only',
  ],
  'content that nobody asked for': [
    chat({ with: { 'gen_ai.input.messages': messages } }),
    'gen_ai.input.messages: is content, which is recorded only where it is asked for',
  ],
  'a variable of a prompt that nobody asked for': [
    chat({ with: { 'gen_ai.prompt.variable.city': 'Bern' } }),
    'gen_ai.prompt.variable.city: is content, which is recorded only where it is asked for',
  ],
  'the id of the trace as conversation': [
    chat({ with: { 'gen_ai.conversation.id': 'abc' }, spanContext: () => ({ traceId: 'abc' }) }),
    'gen_ai.conversation.id: is the id of the trace; a conversation that has no id of its own gets none',
  ],
};

describe('refuses', () => {
  test.each(Object.entries(refused))('%s', (_, [span, message]) => {
    expect(found(span)).toEqual([message]);
  });

  test('the provider on a run of an agent in this process', () => {
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'a',
      'gen_ai.provider.name': 'openai',
      'gen_ai.usage.text.input_tokens': 1,
    };
    const span = { name: 'invoke_agent a', kind: 0, status: { code: 0 }, attributes };

    expect(found(span)).toEqual([
      'gen_ai.provider.name: must not be on this span',
      'gen_ai.usage.text.input_tokens: must not be on this span',
    ]);
    // At a service, all of that is known.
    expect(found({ ...span, kind: CLIENT })).toEqual([]);
  });

  test('what samplers need and did not see', () => {
    const atStart = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'mistral_ai' };

    expect(found(chat(), { atStart })).toEqual([
      'gen_ai.request.model: was set after the start, where samplers do not see it',
    ]);
  });

  test('what this test asks for and is not there', () => {
    expect(found(chat(), { required: ['gen_ai.conversation.id'] })).toEqual([
      'gen_ai.conversation.id: is missing, and asked for in this check',
    ]);
  });

  test('a call of OpenAI without a model, which its page requires', () => {
    const span = chat({
      name: 'chat',
      with: { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': undefined },
    });

    expect(checkConformance(span).type).toBe('openai.gen_ai.client.inference');
    expect(found(span)).toEqual(['gen_ai.request.model: is missing']);
  });

  test('a span of GenAI that does not say what it is', () => {
    const attributes = { 'gen_ai.request.model': 'm' };

    expect(found({ name: 'x', kind: 0, status: { code: 0 }, attributes })).toEqual([
      'gen_ai.operation.name: is missing, so that nobody can tell what the span is',
    ]);
  });
});

describe('MCP', () => {
  const mcp = (kind: number, code: number, attributes: object): CheckedSpan => ({
    name: 'tools/call search',
    kind,
    status: { code },
    attributes: {
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'search',
      ...attributes,
    },
  });
  const mistake = { 'rpc.response.status_code': '-32602' };

  test('a mistake of the caller is an error for the client and none for the server', () => {
    const failed = { ...mistake, 'error.type': '-32602' };

    expect(found(mcp(CLIENT, ERROR, failed))).toEqual([]);
    expect(found(mcp(1, 0, mistake))).toEqual([]);
    expect(found(mcp(1, ERROR, failed))).toEqual([
      'status: is an error; code -32602 is a mistake of the caller and no error here',
    ]);
  });

  test('only a tool call executes a tool', () => {
    const span = { ...mcp(CLIENT, 0, { 'mcp.method.name': 'ping' }), name: 'ping search' };

    expect(found(span)).toEqual([
      'gen_ai.operation.name: stands only where mcp.method.name is "tools/call"',
    ]);
  });

  test('a tool span may carry what MCP knows about the call', () => {
    const span = { ...mcp(0, 0, { 'mcp.session.id': 's' }), name: 'execute_tool search' };

    expect(checkConformance(span)).toMatchObject({
      type: 'gen_ai.execute_tool.internal',
      errors: [],
      warnings: [],
    });
  });
});

describe('the shape of content', () => {
  const shape = (name: string, value: unknown): string[] =>
    found(chat({ with: { [name]: value } }), { content: true });

  test.each([
    ['it is neither JSON text nor a structured value', 'hello'],
    ['it is not a list', '{}'],
    ['it[0].role is missing', [{ parts: [] }]],
    ['it[0].parts is not a list', [{ role: 'user', parts: 'hi' }]],
    ['it[0].parts[0].type is missing', [{ role: 'user', parts: [{}] }]],
    ['it[0].parts[0].content is missing', [{ role: 'user', parts: [{ type: 'text' }] }]],
    [
      'it[0].parts[0].content is not a string',
      [{ role: 'u', parts: [{ type: 'text', content: 1 }] }],
    ],
    ['it[0].parts[0].name is missing', [{ role: 'a', parts: [{ type: 'tool_call' }] }]],
    [
      'it[0].parts[0].response is missing',
      [{ role: 'a', parts: [{ type: 'tool_call_response' }] }],
    ],
    [
      'it[0].parts[0].server_tool_call is not an object',
      [{ role: 'a', parts: [{ type: 'server_tool_call', name: 'n', server_tool_call: 1 }] }],
    ],
    [
      'it[0].parts[0].uri is a data: URL; its bytes belong in a part of type blob',
      [
        {
          role: 'u',
          parts: [{ type: 'uri', modality: 'image', uri: 'data:image/png;base64,AA==' }],
        },
      ],
    ],
  ])('%s', (message, value) => {
    expect(shape('gen_ai.input.messages', value)).toEqual([`gen_ai.input.messages: ${message}`]);
  });

  test('is right as JSON text and structured, with parts of any type', () => {
    const value = [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'a' },
          { type: 'own', x: 1 },
        ],
      },
    ];

    expect(shape('gen_ai.input.messages', value)).toEqual([]);
    expect(shape('gen_ai.input.messages', JSON.stringify(value))).toEqual([]);
  });

  test('of instructions, tools and records has its rules too', () => {
    expect(
      shape('gen_ai.system_instructions', [{ type: 'blob', modality: 'image', content: '' }]),
    ).toEqual(['gen_ai.system_instructions: it[0].type is blob; instructions are text']);
    expect(shape('gen_ai.tool.definitions', [{ type: 'function' }])).toEqual([
      'gen_ai.tool.definitions: it[0].name is missing',
    ]);
    const attributes = {
      'gen_ai.operation.name': 'search_memory',
      'gen_ai.memory.records': [{ id: 7, score: 'high' }],
    };
    expect(
      found({ name: 'search_memory', kind: 2, status: { code: 0 }, attributes }, { content: true }),
    ).toEqual([
      'gen_ai.memory.records: it[0].content is missing',
      'gen_ai.memory.records: it[0].id is not a string',
      'gen_ai.memory.records: it[0].score is not a number',
    ]);
  });
});

test('what a run gives to the calls in it is no warning; on a workflow, which is of no agent, it is one', () => {
  const agent = { 'gen_ai.agent.name': 'a' };

  expect(checkConformance(chat({ with: agent })).warnings).toEqual([]);
  const workflow = {
    name: 'invoke_workflow',
    kind: 0,
    status: { code: 0 },
    attributes: { 'gen_ai.operation.name': 'invoke_workflow', ...agent },
  };
  expect(checkConformance(workflow).warnings).toHaveLength(1);
});

test.each<[string, CheckedSpan, string]>([
  [
    'a result of a tool that failed',
    tool({ 'gen_ai.tool.call.result': '{"a":1}', 'error.type': 'timeout' }),
    'stands only where the operation did not fail',
  ],
  [
    'bytes that are no base64',
    chat({
      with: {
        'gen_ai.input.messages': JSON.stringify([
          { role: 'user', parts: [{ type: 'blob', modality: 'image', content: 'not base64!' }] },
        ]),
      },
    }),
    'it[0].parts[0].content is not base64',
  ],
])('content that is wrong is told where content is on: %s', (_, span, message) => {
  const { errors } = checkConformance(span, { content: true });

  expect(errors.map((error) => error.message)).toEqual([message]);
});

test.each(['AAEC', 'AA==', 'AAE', 'a-_b', ''])('bytes in base64 pass: %s', (content) => {
  const parts = [{ type: 'blob', modality: 'image', content }];
  const messages = JSON.stringify([{ role: 'user', parts }]);

  const span = chat({ with: { 'gen_ai.input.messages': messages } });
  expect(checkConformance(span, { content: true }).errors).toEqual([]);
});

test('settings may be -1, which means no limit at some servers', () => {
  expect(checkConformance(chat({ with: { 'gen_ai.request.max_tokens': -1 } })).errors).toEqual([]);
});

describe('the report', () => {
  test('tells what is wrong, a line each, and each piece of advice where it is asked for', () => {
    const report = checkConformance(
      chat({ name: 'gpt', status: { code: 1 }, with: { 'gen_ai.tool.name': 'a' } }),
    );

    expect(report.toString({ advice: 'none' })).toBe(
      [
        'gpt (gen_ai.client.inference): 1 error, 2 warnings',
        '  error    name: is "gpt"; it is "chat m"',
        '  warning  status: is OK; on success it is left unset',
        '  warning  gen_ai.tool.name: is not listed for this kind of span',
      ].join('\n'),
    );
    expect(report.toString({ advice: 'all' })).toContain(
      '  advice   gen_ai.conversation.id: is required, where the library has one or the application gives one',
    );
    expect(() => assertConformance(chat({ name: 'gpt' }))).toThrow(
      'name: is "gpt"; it is "chat m"',
    );
  });

  test('is short on a span that is right, however little its call says', () => {
    const report = checkConformance(chat({ with: { 'gen_ai.provider.name': 'in-house' } }));

    expect(report.advice.length).toBeGreaterThan(20);
    const lines = report.toString().split('\n');
    expect(lines).toEqual([
      'chat m (gen_ai.client.inference): conforms',
      expect.stringMatching(/^ {2}advice {3}gen_ai.provider.name: is "in-house"/),
      expect.stringMatching(
        /^ {2}advice {3}not set, and required where their condition holds: gen_ai.conversation.id, .* and \d+ more$/,
      ),
      expect.stringMatching(/^ {2}advice {3}not set, and recommended: .* and \d+ more$/),
    ]);
    for (const line of lines) expect(line.length).toBeLessThan(160);
  });

  test('calls a value that no list has a piece of advice, because lists are open', () => {
    const report = checkConformance(chat({ with: { 'gen_ai.provider.name': 'in-house' } }));

    expect(report.passed).toBe(true);
    expect(report.toString({ advice: 'all' })).toContain('gen_ai.provider.name: is "in-house"');
  });

  test('advises to leave schemas of tools out', () => {
    const withSchema = '[{"type":"function","name":"t","parameters":{}}]';
    const report = checkConformance(chat({ with: { 'gen_ai.tool.definitions': withSchema } }), {
      content: true,
    });

    expect(report.passed).toBe(true);
    expect(report.toString({ advice: 'all' })).toContain('has descriptions or schemas');
    expect(
      checkConformance(
        chat({ with: { 'gen_ai.tool.definitions': [{ type: 'function', name: 't' }] } }),
        { content: true },
      ).toString({ advice: 'all' }),
    ).not.toContain('has descriptions or schemas');
  });

  test('leaves spans of the application alone', () => {
    const span = { name: 'GET /', kind: 'SERVER', status: { code: 0 }, attributes: { 'app.x': 1 } };

    expect(checkConformance(span as CheckedSpan).toString()).toBe('GET /: conforms');
  });
});

test('any span can be checked, hostile ones too', () => {
  const names = fc.constantFrom(
    'gen_ai.operation.name',
    'gen_ai.input.messages',
    'mcp.method.name',
    'error.type',
  );
  const attributes = fc.dictionary(fc.oneof(names, fc.string()), fc.anything());
  fc.assert(
    fc.property(attributes, fc.integer(), fc.string(), (values, kind, name) => {
      const report = checkConformance({ name, kind, status: { code: 0 }, attributes: values });
      expect(typeof report.toString({ advice: 'all' })).toBe('string');
    }),
  );
});
