// An application with every client observed: two agents, two models, two MCP servers in processes of their own.
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { instrument as instrumentAnthropic } from '@llm-otel/instrumentation-anthropic';
import { instrument as instrumentMcp } from '@llm-otel/instrumentation-mcp';
import { instrument as instrumentOpenAi } from '@llm-otel/instrumentation-openai';
import { createAgentTracing } from '@llm-otel/sdk/agents';
import {
  expectTree,
  type ModelEmulator,
  type OtlpSink,
  type SpanPattern,
  startModelEmulator,
} from '@llm-otel/testing';
import { Client as Client2, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { ANTHROPIC_MODEL, OPENAI_MODEL } from './observed-clients.ts';
import { runNode } from './run-node.ts';
import { startWithSink } from './start-with-sink.ts';

const INFO = { name: 'desk', version: '1.0.0' };
const usage = { inputTokens: 12, outputTokens: 5 };
const scripts = [
  { toolCalls: [{ name: 'locate', arguments: {}, id: 'call_1' }], usage },
  { text: 'It rests on Sundays.', usage },
  { text: 'Your parcel is in Lyon.', usage },
];

function environmentOf(serviceName: string, sink: OtlpSink): Record<string, string> {
  return { OTEL_SERVICE_NAME: serviceName, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
}

async function parcelsServer(sink: OtlpSink): Promise<Client1> {
  const client = instrumentMcp(new Client1(INFO));
  const server = join(import.meta.dirname, 'fixtures', 'parcels-server.ts');
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [server],
      env: environmentOf('parcels', sink),
    }),
  );
  return client;
}

async function manualsServer(url: URL): Promise<Client2> {
  const client = instrumentMcp(
    new Client2(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
  );
  await client.connect(new StreamableHTTPClientTransport(url));
  return client;
}

/** The desk asks a model, which asks for a tool of a server; an expert with another model looks something up. */
async function answerTicket(
  emulator: ModelEmulator,
  sink: OtlpSink,
  manualsUrl: URL,
): Promise<void> {
  const agents = createAgentTracing();
  const connection = { apiKey: 'emulator', maxRetries: 0 };
  const openai = instrumentOpenAi(new OpenAI({ ...connection, baseURL: emulator.openAiBaseUrl }));
  const anthropic = instrumentAnthropic(
    new Anthropic({ ...connection, baseURL: emulator.anthropicBaseUrl }),
  );
  const question = [{ role: 'user' as const, content: 'Where is my parcel?' }];
  await agents.workflow({ name: 'support', conversationId: 'c-1' }, async () => {
    const parcels = await parcelsServer(sink);
    const manuals = await manualsServer(manualsUrl);
    await agents.run({ agent: { name: 'desk' } }, async (run) => {
      await openai.chat.completions.create({ model: OPENAI_MODEL, messages: question });
      await run.tool({ name: 'locate', callId: 'call_1' }, async () =>
        parcels.callTool({ name: 'locate' }),
      );
      await agents.run({ agent: { name: 'expert' } }, async () => {
        await manuals.callTool({ name: 'look_up' });
        await anthropic.messages.create({
          model: ANTHROPIC_MODEL,
          max_tokens: 100,
          messages: question,
        });
      });
      const stream = await openai.chat.completions.create({
        model: OPENAI_MODEL,
        messages: question,
        stream: true,
      });
      for await (const _ of stream);
    });
    await manuals.close();
    await parcels.close();
  });
}

test('two agents, two official clients, MCP over stdio and HTTP, four processes: one tree, no orphan', async () => {
  await using emulator = await startModelEmulator({ scripts, strict: true });
  const { telemetry, sink } = await startWithSink({ serviceName: 'desk' });
  const manuals = runNode(['manuals-server.ts'], environmentOf('manuals', sink));
  onTestFinished(() => void manuals.child.kill('SIGKILL'));
  const [url] = (await manuals.started) as [Buffer];

  await answerTicket(emulator, sink, new URL(String(url)));
  manuals.child.kill('SIGTERM');
  await expect(manuals.ended).resolves.toMatchObject({ stderr: '' });
  await expect(telemetry.shutdown()).resolves.toMatchObject({ complete: true, problems: [] });
  await sink.waitFor(({ spans }) => spans.some(({ name }) => name === 'tools/call locate'));

  const ids = new Set(sink.spans.map(({ spanId }) => spanId));
  const orphans = sink.spans.filter(
    ({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId),
  );
  expect(orphans).toEqual([]);
  expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
  const handshake = (name: string): SpanPattern => ({
    name,
    kind: 'client',
    children: [{ name, kind: 'server' }],
  });
  expectTree(sink.spans, {
    name: 'invoke_workflow support',
    children: [
      handshake('initialize'),
      handshake('notifications/initialized'),
      handshake('server/discover'),
      {
        name: 'invoke_agent desk',
        children: [
          { name: `chat ${OPENAI_MODEL}` },
          {
            name: 'execute_tool locate',
            attributes: { 'mcp.method.name': 'tools/call', 'network.transport': 'pipe' },
            children: [{ name: 'tools/call locate', kind: 'server' }],
          },
          {
            name: 'invoke_agent expert',
            children: [
              {
                name: 'tools/call look_up',
                kind: 'client',
                children: [{ name: 'tools/call look_up', kind: 'server' }],
              },
              { name: `chat ${ANTHROPIC_MODEL}` },
            ],
          },
          { name: `chat ${OPENAI_MODEL}` },
        ],
      },
    ],
  });
  expect(sink.errors).toEqual([]);
});
