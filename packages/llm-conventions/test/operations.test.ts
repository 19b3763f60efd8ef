import { context, SpanStatusCode } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { checkConformance } from '../src/conformance.ts';
import { createGenAi, type Operations } from '../src/index.ts';
import { recordSignals, type Recording } from './record-signals.ts';

afterEach(() => context.disable());

const RUNNING = [
  'agentRun',
  'createAgent',
  'embeddings',
  'fetchResponse',
  'invokeAgent',
  'mcpClient',
  'mcpServer',
  'memory',
  'plan',
  'retrieval',
  'tool',
  'workflow',
] as const;

function record(content: 'none' | 'span' = 'span'): Recording & { readonly genAi: Operations } {
  const recording = recordSignals();
  return { ...recording, genAi: createGenAi({ ...recording, content }) };
}

describe('a tool', () => {
  test.each([
    ['an object', { id: 7 }, '{"id":7}'],
    ['JSON text, as models send it', ' {"id":7}', '{"id":7}'],
    ['text', 'find it', '{"arguments":"find it"}'],
    ['text that only looks like JSON', '{id:7}', '{"arguments":"{id:7}"}'],
    ['a list', [1], '{"arguments":[1]}'],
  ])('has its arguments as an object: %s', (_, given, recorded) => {
    const { genAi, spans } = record();

    genAi.tool({ name: 't', arguments: given }, () => undefined);

    expect(spans()[0]?.attributes['gen_ai.tool.call.arguments']).toBe(recorded);
  });

  test('with any JSON value as result passes, and its result can be read back', () => {
    const { genAi, spans } = record();
    fc.assert(
      fc.property(fc.jsonValue(), (result) => {
        expect(genAi.tool({ name: 't' }, () => result)).toBe(result);

        const span = spans().at(-1);
        expect(span && checkConformance(span, { content: true }).errors).toEqual([]);
        const text = span?.attributes['gen_ai.tool.call.result'] as string;
        const isObject = typeof result === 'object' && result !== null && !Array.isArray(result);
        const fromText = typeof result === 'string' && result.trimStart().startsWith('{');
        if (!fromText)
          expect(JSON.parse(text)).toEqual(
            JSON.parse(JSON.stringify(isObject ? result : { result })),
          );
      }),
    );
  });

  const unreadable = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );

  // Wrapped in functions: a test runner that prints its cases would run into the same getter.
  test.each<[string, () => unknown, string]>([
    ['a Date', () => new Date(0), '{"result":"1970-01-01T00:00:00.000Z"}'],
    ['a URL', () => new URL('https://example.com/'), '{"result":"https://example.com/"}'],
    ['a Map with keys that are texts', () => new Map([['a', 1]]), '{"a":1}'],
    [
      'a Map with keys that are objects',
      () => new Map([[{ a: 1 }, 1]]),
      '{"result":[[{"a":1},1]]}',
    ],
    ['a Set', () => new Set([1]), '{"result":[1]}'],
    ['an object that is written as a list', () => ({ toJSON: () => [1] }), '{"result":[1]}'],
    [
      'an object that is written as nothing',
      () => ({ toJSON: () => undefined }),
      '{"result":null}',
    ],
    ['an object that cannot be read', () => unreadable, '{"result":"[unreadable]"}'],
    ['an error', () => new RangeError('no'), '{"name":"RangeError","message":"no"}'],
    ['text that holds a list', () => '[1.0]', '{"result":"[1.0]"}'],
    ['null', () => null, '{"result":null}'],
  ])('has its result as an object: %s', (_, result, recorded) => {
    const { genAi, spans } = record();

    genAi.tool({ name: 't' }, result);

    expect(spans()[0]?.attributes['gen_ai.tool.call.result']).toBe(recorded);
    expect(checkConformance(spans()[0]!, { content: true }).errors).toEqual([]);
  });

  test('that failed has no result', () => {
    const { genAi, spans } = record();
    const call = genAi.startTool({ name: 't' });

    call.fail(new Error('no'));

    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.tool.call.result');
  });

  test('is named after what it works on, never after the skill alone where it does more than load it', () => {
    const { genAi, spans } = record();
    const skill = { name: 'pdf' };
    const resource = { ...skill, resourceName: 'forms.md' };
    const command = { executableName: 'python3' };
    const tools = [
      { name: 't' },
      { name: 't', skill },
      { name: 't', skill: resource },
      { name: 't', skill: { resourceName: 'forms.md' } },
      { name: 't', command },
      { name: 't', command, skill },
      { name: 't', command, skill: resource },
      { name: 't', command: {} },
    ];

    for (const tool of tools) genAi.tool(tool, () => undefined);

    expect(spans().map(({ name }) => name)).toEqual([
      'execute_tool t',
      'execute_tool t pdf',
      'execute_tool t pdf forms.md',
      'execute_tool t forms.md',
      'execute_tool t python3',
      'execute_tool t python3',
      'execute_tool t pdf forms.md',
      'execute_tool t',
    ]);
    for (const span of spans()) expect(checkConformance(span).errors).toEqual([]);
  });

  test.each([
    ['https://ada:pw@skills.example.com/pdf?token=1#x', 'https://skills.example.com/pdf'],
    ['skills/pdf', 'skills/pdf'],
    ['ada:pw@host/pdf', undefined],
  ])('keeps credentials in the source of its skill to itself: %s', (sourceUri, recorded) => {
    const { genAi, spans } = record();

    genAi.tool({ name: 't', skill: { sourceUri } }, () => undefined);

    expect(spans()[0]?.attributes['gen_ai.skill.source.uri']).toBe(recorded);
  });
});

test.each([
  ['as numbers', { inputTokens: 7, outputTokens: 2 }],
  ['as a usage, as every other call takes it', { usage: { inputTokens: 7, outputTokens: 2 } }],
])('embeddings and runs of agents take tokens %s', (_, told) => {
  const { genAi, spans } = record();

  genAi.embeddings({ provider: 'openai', model: 'e' }, (call) => call.recordResponse(told));
  genAi.agentRun({ agent: { name: 'a' } }, (run) => run.recordOutput(told));

  expect(spans()).toMatchObject([
    { attributes: { 'gen_ai.usage.input_tokens': 7 } },
    { attributes: { 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.output_tokens': 2 } },
  ]);
});

describe('MCP', () => {
  const request = {
    method: 'tools/call',
    toolName: 't',
    requestId: 7,
    jsonRpcVersion: '2.0',
  } as const;

  test('an error code is the type of the error, its message the status', async () => {
    const { genAi, spans, points } = record();

    genAi.mcpClient(request, (call) =>
      call.recordResponse({ errorCode: -32602, errorMessage: 'no such tool' }),
    );

    expect(spans()[0]).toMatchObject({
      name: 'tools/call t',
      status: { code: SpanStatusCode.ERROR, message: 'no such tool' },
      attributes: {
        'error.type': '-32602',
        'rpc.response.status_code': '-32602',
        'jsonrpc.request.id': '7',
      },
    });
    expect(spans()[0]?.attributes).not.toHaveProperty('jsonrpc.protocol.version');
    expect(await points()).toMatchObject([
      {
        metric: 'mcp.client.operation.duration',
        attributes: { 'error.type': '-32602', 'rpc.response.status_code': '-32602' },
      },
    ]);
  });

  test('what a handshake agreed on is on the span and the metric', async () => {
    const { genAi, spans, points } = record();

    genAi.mcpClient({ method: 'initialize', requestId: 0 }, (call) =>
      call.recordResponse({ mcpVersion: '2025-11-25', sessionId: 's-1' }),
    );

    expect(spans()[0]?.attributes).toMatchObject({
      'mcp.protocol.version': '2025-11-25',
      'mcp.session.id': 's-1',
    });
    const [point] = await points();
    expect(point?.attributes).toMatchObject({ 'mcp.protocol.version': '2025-11-25' });
    expect(point?.attributes).not.toHaveProperty('mcp.session.id');
  });

  test('inside the span of the tool there is no second one, and that span is not ended', async () => {
    const { genAi, spans, points } = record();
    const tool = genAi.startTool({ name: 't' });

    const call = genAi.startMcpClient({ ...request, toolSpan: tool.span });
    call.recordResponse({ errorCode: -32603 });
    call.end();
    expect(spans()).toEqual([]);
    tool.end();

    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({
      name: 'execute_tool t',
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'mcp.method.name': 'tools/call', 'error.type': '-32603' },
    });
    expect(spans().flatMap((span) => checkConformance(span).errors)).toEqual([]);
    expect((await points()).map(({ metric }) => metric).toSorted()).toEqual([
      'gen_ai.execute_tool.duration',
      'mcp.client.operation.duration',
    ]);
  });

  /** As version 1 of the SDK has it; that of version 2 is called ProtocolError. */
  class McpError extends Error {
    readonly code: number;
    constructor(code: number, message: string, name = 'McpError') {
      super(name === 'McpError' ? `MCP error ${code}: ${message}` : message);
      this.name = name;
      this.code = code;
    }
  }

  test.each(['McpError', 'ProtocolError', 'Error'])(
    'an error of JSON-RPC that a client rejects with is the answer: %s',
    async (name) => {
      const { genAi, spans, points } = record();
      const error = new McpError(-32601, 'Method not found', name);

      await expect(genAi.mcpClient(request, () => Promise.reject(error))).rejects.toBe(error);

      expect(spans()[0]).toMatchObject({
        status: { code: SpanStatusCode.ERROR, message: 'Method not found' },
        attributes: { 'error.type': '-32601', 'rpc.response.status_code': '-32601' },
        events: [{ name: 'exception' }],
      });
      expect(spans().flatMap((span) => checkConformance(span).errors)).toEqual([]);
      expect(await points()).toMatchObject([
        { attributes: { 'error.type': '-32601', 'rpc.response.status_code': '-32601' } },
      ]);
    },
  );

  test.each([
    [new McpError(-32001, 'Request timed out'), 'timeout'],
    [new McpError(-32000, 'Connection closed'), 'connection_closed'],
    [Object.assign(new RangeError('x'), { code: 20 }), 'RangeError'],
    [Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  ])('an error without an answer has no code: %s', async (error, type) => {
    const { genAi, spans } = record();

    await genAi.mcpClient(request, () => Promise.reject(error)).catch(() => undefined);

    expect(spans()[0]?.attributes).toMatchObject({ 'error.type': type });
    expect(spans()[0]?.attributes).not.toHaveProperty('rpc.response.status_code');
  });

  test('codes of an application and those that servers send with other words are answers', async () => {
    const { genAi, spans } = record();
    for (const error of [new McpError(7, 'own'), new McpError(-32000, 'No valid session ID')])
      await genAi.mcpClient(request, () => Promise.reject(error)).catch(() => undefined);

    expect(spans().map(({ attributes }) => attributes['rpc.response.status_code'])).toEqual([
      '7',
      '-32000',
    ]);
  });

  test('a mistake of the caller that a server throws is no error of the server', async () => {
    const { genAi, spans, points } = record();
    const mistake = new McpError(-32602, 'bad arguments');
    const own = new McpError(-32603, 'broken');
    for (const error of [mistake, own])
      await expect(genAi.mcpServer(request, () => Promise.reject(error))).rejects.toBe(error);

    expect(spans()).toMatchObject([
      {
        status: { code: SpanStatusCode.UNSET },
        attributes: { 'rpc.response.status_code': '-32602' },
        events: [],
      },
      {
        status: { code: SpanStatusCode.ERROR, message: 'broken' },
        attributes: { 'rpc.response.status_code': '-32603', 'error.type': '-32603' },
      },
    ]);
    expect(spans()[0]?.attributes).not.toHaveProperty('error.type');
    expect(await points()).toHaveLength(2);
  });

  test('a mistake of the caller is no error of the server', () => {
    const { genAi, spans } = record();

    genAi.mcpServer(request, (call) => call.recordResponse({ errorCode: -32602 }));
    genAi.mcpServer(request, (call) => call.recordResponse({ errorCode: -32603 }));

    expect(spans().map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
    ]);
    expect(spans().flatMap((span) => checkConformance(span).errors)).toEqual([]);
  });

  test('a tool that ran and failed is a tool_error', () => {
    const { genAi, spans } = record();

    genAi.mcpClient(request, (call) =>
      call.recordResponse({ isError: true, result: { content: [] } }),
    );

    expect(spans()[0]?.attributes).toMatchObject({ 'error.type': 'tool_error' });
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.tool.call.result');
  });

  test.each([
    [{ content: [], isError: true }, 'tool_error', SpanStatusCode.ERROR],
    [{ content: [], isError: false }, undefined, SpanStatusCode.UNSET],
    ['isError', undefined, SpanStatusCode.UNSET],
  ])('the result tells itself whether its tool failed: %j', (result, errorType, status) => {
    const { genAi, spans, points } = record();

    genAi.mcpClient(request, (call) => call.recordResponse({ result }));
    genAi.mcpServer(request, (call) => call.recordResponse({ result, isError: false }));

    expect(spans()[0]?.attributes['error.type']).toBe(errorType);
    expect(spans()[0]?.status.code).toBe(status);
    // What is said outright counts.
    expect(spans()[1]?.status.code).toBe(SpanStatusCode.UNSET);
    return expect(points()).resolves.toContainEqual(
      expect.objectContaining({
        metric: 'mcp.client.operation.duration',
        attributes:
          errorType === undefined
            ? expect.not.objectContaining({ 'error.type': 'tool_error' })
            : expect.objectContaining({ 'error.type': errorType }),
      }),
    );
  });

  test('the arguments of a prompt are its variables, only with content on', () => {
    for (const content of ['span', 'none'] as const) {
      const { genAi, spans } = record(content);
      const prompt = { method: 'prompts/get', promptName: 'p' } as const;

      genAi.mcpClient({ ...prompt, arguments: { city: 'Bern', count: 2 } }, () => undefined);
      genAi.mcpClient({ ...prompt, arguments: 'none' }, () => undefined);

      const recorded = content === 'span' ? 'Bern' : undefined;
      expect(spans()[0]?.attributes['gen_ai.prompt.variable.city']).toBe(recorded);
      expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.prompt.variable.count');
      expect(spans()[0]?.name).toBe('prompts/get p');
    }
  });
});

test.each([
  [new Map([['state', 'shipped']]), { state: 'shipped' }],
  [new Set([1]), { result: [1] }],
  [new RangeError('no such order'), { name: 'RangeError', message: 'no such order' }],
])('a tool that answers with %o has its result on the span', (result, recorded) => {
  const { genAi, spans } = record('span');

  genAi.tool({ name: 't' }, () => result);

  expect(JSON.parse(String(spans()[0]?.attributes['gen_ai.tool.call.result']))).toEqual(recorded);
});

describe('a model server', () => {
  test('measures the time to the first token and per token after it', async () => {
    const { genAi, clock, points } = record();
    const call = genAi.startModelServerRequest({ operation: 'chat', provider: 'in-house' });

    clock.advance(200);
    call.firstToken();
    clock.advance(100);
    call.firstToken();
    clock.advance(300);
    call.recordResponse({ model: 'm', outputTokens: 5 });
    call.end();
    call.end();

    const recorded = (await points()).map(({ metric, sum, count }) => [
      metric,
      Math.round(sum * 1e9) / 1e9,
      count,
    ]);
    expect(recorded).toEqual([
      ['gen_ai.server.time_to_first_token', 0.2, 1],
      ['gen_ai.server.time_per_output_token', 0.1, 1],
      ['gen_ai.server.request.duration', 0.6, 1],
    ]);
  });
});

describe('an operation', () => {
  test('takes attributes of the conventions, and others only through extra', () => {
    const { genAi, spans } = record('none');

    genAi.plan(
      {
        agentName: 'a',
        attributes: { 'error.type': 'none', 'gen_ai.request.model': 'm' } as object,
        extra: { 'app.tier': 'gold' },
      },
      (plan) => plan.setAttributes({}, { 'app.step': 2 }),
    );
    genAi.invokeAgent(
      {
        provider: 'openai',
        agent: {},
        attributes: { 'gen_ai.input.messages': '[]', 'gen_ai.request.seed': 1 },
      },
      () => undefined,
    );

    expect(spans()[0]?.attributes).toEqual({
      'gen_ai.operation.name': 'plan',
      'gen_ai.agent.name': 'a',
      'error.type': 'none',
      'app.tier': 'gold',
      'app.step': 2,
    });
    // Content does not slip in beside the switch.
    expect(spans()[1]?.attributes).not.toHaveProperty('gen_ai.input.messages');
    expect(spans()[1]?.attributes).toHaveProperty('gen_ai.request.seed', 1);
  });

  test('inside a run takes the agent and the conversation from it, and is counted for it', async () => {
    const { genAi, spans, points } = record('none');

    genAi.workflow({ name: 'w', conversationId: 'c' }, () =>
      genAi.agentRun({ agent: { name: 'a' } }, () => {
        genAi.tool({ name: 't' }, () => undefined);
        genAi.plan({}, () => undefined);
        genAi.invokeAgent({ provider: 'openai', agent: { name: 'remote' } }, () => undefined);
        genAi.workflow({}, () => genAi.tool({ name: 't2' }, () => undefined));
      }),
    );

    const byName = new Map(spans().map((span) => [span.name, span.attributes]));
    expect(byName.get('execute_tool t')).toMatchObject({
      'gen_ai.agent.name': 'a',
      'gen_ai.conversation.id': 'c',
    });
    expect(byName.has('plan a')).toBe(true);
    expect(byName.get('invoke_agent remote')).toMatchObject({ 'gen_ai.conversation.id': 'c' });
    expect(byName.get('invoke_workflow')).toMatchObject({ 'gen_ai.conversation.id': 'c' });
    const calls = (await points()).find(
      ({ metric }) => metric === 'gen_ai.invoke_agent.tool_calls',
    );
    expect(calls?.sum).toBe(2);
  });

  test('an agent without a name is one of its own, and not the agent around it', () => {
    const { genAi, spans } = record('none');

    genAi.agentRun({ agent: { name: 'outer' } }, () =>
      genAi.agentRun({ agent: {} }, () => genAi.tool({ name: 't' }, () => undefined)),
    );

    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.agent.name');
    expect(spans()[1]?.name).toBe('invoke_agent');
  });

  test('reasoning tokens stay off an agent of a service: the conventions do not list them', () => {
    const { genAi, spans } = record('none');

    genAi.invokeAgent({ provider: 'openai', agent: {} }, (call) =>
      call.recordOutput({
        usage: { inputTokens: 3, outputTokens: 2, reasoningTokens: 1 },
        conversationId: 'c-9',
      }),
    );

    expect(spans()[0]?.attributes).toEqual({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'openai',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 2,
      'gen_ai.conversation.id': 'c-9',
    });
  });

  test('ends once, and nothing is recorded after that', async () => {
    const { genAi, spans, points } = record();
    const call = genAi.startMcpClient({ method: 'ping' });

    call.end();
    call.fail(new Error('late'));
    call.recordResponse({ errorCode: 1 });
    call.setAttributes({ 'mcp.session.id': 's' });

    expect(spans()).toHaveLength(1);
    expect(spans()[0]?.attributes).toEqual({ 'mcp.method.name': 'ping' });
    expect((await points()).map(({ count }) => count)).toEqual([1]);
  });

  test('hands result, error and context through where telemetry is switched off', () => {
    const genAi = createGenAi();
    const failure = new Error('of the work');

    expect(genAi.agentRun({ agent: {}, conversationId: 'c' }, (run) => run.conversationId)).toBe(
      'c',
    );
    expect(genAi.tool({ name: 't' }, (tool) => tool.span.isRecording())).toBe(false);
    expect(() =>
      genAi.retrieval({}, () => {
        throw failure;
      }),
    ).toThrow(failure);
    const call = genAi.startMcpSession({ side: 'client' });
    call.end();
    call.fail(failure);
  });

  test.each([undefined, null, 7, {}])(
    'a request that is none (%s) lets the work run',
    (request) => {
      const { genAi } = record();
      const answer = (): string => 'answer';

      for (const name of RUNNING) {
        const run = genAi[name] as (wrong: unknown, work: () => string) => string;
        expect(run(request, answer)).toBe('answer');
      }
    },
  );
});
