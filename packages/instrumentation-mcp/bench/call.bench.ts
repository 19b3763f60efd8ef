import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { McpServer } from '@modelcontextprotocol/server';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');

async function connected(prepare: <E extends object>(endpoint: E) => E): Promise<Client> {
  const info = { name: 'bench', version: '1.0.0' };
  const server = prepare(new McpServer(info));
  server.registerTool('hello', {}, () => ({ content: [{ type: 'text', text: 'hello' }] }));
  const client = prepare(new Client(info));
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  return client;
}

const bare = await connected((endpoint) => endpoint);
const observed = await connected((endpoint) => instrument(endpoint, { tracer }));
const hello = { name: 'hello', arguments: {} };

compare({
  id: 'I1 mcp',
  title: 'a tool call over memory, both sides observed (two spans)',
  baseline: { name: 'bare SDK', run: () => bare.callTool(hello) },
  ours: { name: 'observed SDK', run: () => observed.callTool(hello) },
  // For the call as a whole: its two spans, of the client and of the server, may take half of it each.
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});
