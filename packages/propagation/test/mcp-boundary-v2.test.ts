import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractMcp, injectEnvironment, injectMcp } from '@llm-otel/propagation';
import { type RecordedSpan, takeSpans, tracer } from './fixtures/recorded-spans.ts';

const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: { sampling: {} } });
const starting = tracer.startSpan('start server');

beforeAll(async () => {
  client.setRequestHandler('sampling/createMessage', async (request) => {
    const { context, links } = extractMcp(request);
    tracer.startSpan('answer sampling', { kind: 1, links }, context).end();
    return { model: 'test', role: 'assistant', content: { type: 'text', text: 'that one' } };
  });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(import.meta.dirname, 'fixtures/mcp-server-v2.ts')],
      env: injectEnvironment(
        { PATH: process.env['PATH'] },
        trace.setSpan(ROOT_CONTEXT, starting),
      ) as Record<string, string>,
    }),
  );
});
afterAll(() => client.close());

async function callSearch(params: object): Promise<readonly RecordedSpan[]> {
  const { content } = await client.callTool({ name: 'search', ...params });
  const [{ text }] = content as unknown as [{ text: string }];
  return [...(JSON.parse(text) as RecordedSpan[]), ...takeSpans()];
}

test('version 2 of the SDK: a tool call and the question its server asks back are one trace over two processes', async () => {
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

test('version 2 of the SDK: a client that sends no context leaves the server in the context it was started in', async () => {
  const spans = await callSearch({});

  const call = spans.find(({ name }) => name === 'tools/call search');
  expect(call).toMatchObject({
    traceId: starting.spanContext().traceId,
    parentSpanId: starting.spanContext().spanId,
    links: [],
  });
});
