import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import * as server from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import type { SpanRecorder } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instrument } from '../src/index.ts';
import { plainSpan, spanLines } from './contract/plain-span.ts';
import { startRecording } from './contract/recording.ts';
import { createServerV2 } from './contract/server-v2.ts';

const REVISION = '2026-07-28';
let recorder: SpanRecorder;
let stop: () => void;
let listener: Server;
let url: URL;

beforeEach(async () => {
  ({ recorder, stop } = startRecording());
  const handler = server.createMcpHandler(() => instrument(createServerV2(server)));
  const handle = toNodeHandler(handler);
  // As an HTTP instrumentation does it: the handler runs in the span of the request.
  const tracer = trace.getTracer('http');
  listener = createServer((request, response) => {
    const span = tracer.startSpan('POST', { kind: SpanKind.SERVER });
    response.once('close', () => span.end());
    context.with(
      trace.setSpan(context.active(), span),
      () => void handle(request as never, response),
    );
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url = new URL(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/mcp`);
});
afterEach(() => {
  listener.closeAllConnections();
  listener.close();
  stop();
});

function modernClient(): Client {
  const info = { name: 'test', version: '1.0.0' };
  return instrument(new Client(info, { versionNegotiation: { mode: { pin: REVISION } } }));
}

async function allEnded(): Promise<void> {
  await vi.waitFor(() => expect(recorder.openSpans).toEqual([]), { timeout: 5000 });
}

const mcpLines = (): readonly string[] =>
  spanLines(recorder.spans.filter(({ name }) => name !== 'POST').map((span) => plainSpan(span)));

test(`the protocol of ${REVISION}: a probe, then requests that say their version themselves`, async () => {
  const client = modernClient();
  await client.connect(new StreamableHTTPClientTransport(url));
  await client.callTool({ name: 'add', arguments: { a: 1, b: 2 } });
  await client.close();
  await allEnded();

  expect(mcpLines()).toEqual([
    'client server/discover',
    '  server server/discover',
    'client tools/call add',
    '  server tools/call add',
  ]);
  for (const span of recorder.spans.filter(({ name }) => name !== 'POST')) {
    expect(span.attributes).toMatchObject({
      'mcp.protocol.version': REVISION,
      'network.transport': 'tcp',
    });
    expect(checkConformance(span).errors).toEqual([]);
  }
});

test('the span of the HTTP request is linked, the caller is the parent', async () => {
  const client = modernClient();
  await client.connect(new StreamableHTTPClientTransport(url));
  await client.listTools();
  await client.close();
  await allEnded();

  const served = recorder.spans.find(
    ({ name, kind }) => name === 'tools/list' && kind === SpanKind.SERVER,
  );
  const requests = recorder.spans.filter(({ name }) => name === 'POST');
  expect(requests.map((span) => span.spanContext().spanId)).toContain(
    served?.links[0]?.context.spanId,
  );
});

test('a deadline ends the call, although nothing is sent', async () => {
  const client = modernClient();
  await client.connect(new StreamableHTTPClientTransport(url));
  recorder.clear();

  await expect(
    client.callTool({ name: 'wait', arguments: {} }, { timeout: 50 }),
  ).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' });
  await allEnded();

  // The server is told by the connection that is cut.
  expect(mcpLines()).toEqual([
    'client tools/call wait ! timeout',
    '  server tools/call wait ! connection_closed',
  ]);
  await client.close();
});

test('a subscription is over as a call when it is acknowledged, what it brings are notifications', async () => {
  const client = modernClient();
  await client.connect(new StreamableHTTPClientTransport(url));
  recorder.clear();

  const subscription = await client.listen({ toolsListChanged: true });
  await vi.waitFor(() => expect(mcpLines()).toContain('client subscriptions/listen'));
  await subscription.close();
  await client.close();
  await allEnded();
});
