import { join } from 'node:path';
import { Client as Client2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioClientTransport2 } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractMcp, injectEnvironment, injectMcp } from '@llm-otel/propagation';
import { type RecordedSpan, takeSpans, tracer } from './fixtures/recorded-spans.ts';

const INFO = { name: 'test', version: '1.0.0' };
const SAMPLING = { capabilities: { sampling: {} } };

/** What the model of the client answers, in a span of its own. */
function answerSampling(request: unknown) {
  const { context, links } = extractMcp(request);
  tracer.startSpan('answer sampling', { kind: 1, links }, context).end();
  const content = { type: 'text' as const, text: 'that one' };
  return { model: 'test', role: 'assistant' as const, content };
}

/** How a server is started. */
function commandOf(fixture: string, inside: ReturnType<typeof tracer.startSpan>) {
  const env = injectEnvironment(
    { PATH: process.env['PATH'] },
    trace.setSpan(ROOT_CONTEXT, inside),
  ) as Record<string, string>;
  return { command: process.execPath, args: [join(import.meta.dirname, 'fixtures', fixture)], env };
}

const first = new Client(INFO, SAMPLING);
first.setRequestHandler(CreateMessageRequestSchema, answerSampling);
const second = new Client2(INFO, SAMPLING);
second.setRequestHandler('sampling/createMessage', answerSampling);

const VERSIONS = [
  {
    version: 1,
    client: first,
    connect: (starting: ReturnType<typeof tracer.startSpan>) =>
      first.connect(new StdioClientTransport(commandOf('mcp-server.ts', starting))),
  },
  {
    version: 2,
    client: second,
    connect: (starting: ReturnType<typeof tracer.startSpan>) =>
      second.connect(new StdioClientTransport2(commandOf('mcp-server-v2.ts', starting))),
  },
];

describe.each(VERSIONS)('version $version of the official SDK', ({ client, connect }) => {
  const starting = tracer.startSpan('start server');
  beforeAll(() => connect(starting));
  afterAll(() => client.close());

  async function callSearch(params: object): Promise<readonly RecordedSpan[]> {
    const { content } = await client.callTool({ name: 'search', ...params });
    const [{ text }] = content as [{ text: string }];
    return [...(JSON.parse(text) as RecordedSpan[]), ...takeSpans()];
  }

  test('a tool call and the question its server asks back are one trace over two processes', async () => {
    const run = tracer.startSpan('run');

    const spans = await callSearch(injectMcp({ arguments: {} }, trace.setSpan(ROOT_CONTEXT, run)));

    const named = Object.fromEntries(spans.map((span) => [span.name, span]));
    const call = named['tools/call search'];
    const asking = named['sampling/createMessage'];
    const answer = named['answer sampling'];
    const { traceId, spanId } = run.spanContext();
    expect([call?.traceId, asking?.traceId, answer?.traceId]).toEqual([traceId, traceId, traceId]);
    expect(call?.parentSpanId).toBe(spanId);
    expect(asking?.parentSpanId).toBe(call?.spanId);
    expect(answer?.parentSpanId).toBe(asking?.spanId);
    expect(answer?.pid).toBe(process.pid);
    expect(call?.pid).not.toBe(process.pid);
    // What is around the handler is linked, not lost.
    const around = starting.spanContext();
    expect(call?.links).toEqual([`${around.traceId}/${around.spanId}`]);
    expect(answer?.links).toEqual([]);
  });

  test('a client that sends no context leaves the server in the context it was started in', async () => {
    const spans = await callSearch({});

    const call = spans.find(({ name }) => name === 'tools/call search');
    expect(call).toMatchObject({
      traceId: starting.spanContext().traceId,
      parentSpanId: starting.spanContext().spanId,
      links: [],
    });
  });
});
