import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compareAdded } from '@llm-otel/tooling/bench';
import { OpenAI } from 'openai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');

const CHUNKS = 1000;
const chunk = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-5-mini',
  choices: [{ index: 0, delta: { content: 'word ' }, finish_reason: null }],
});
const bytes = new TextEncoder().encode(`${`data: ${chunk}\n\n`.repeat(CHUNKS)}data: [DONE]\n\n`);

const options = {
  apiKey: 'none',
  fetch: () =>
    Promise.resolve(new Response(bytes, { headers: { 'content-type': 'text/event-stream' } })),
};
const request = {
  model: 'gpt-5-mini',
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
  stream: true as const,
};
const bare = new OpenAI(options);
const observed = instrument(new OpenAI(options), { tracer });

async function read(client: OpenAI): Promise<number> {
  let count = 0;
  for await (const _ of await client.chat.completions.create(request)) count++;
  return count;
}

compareAdded({
  id: 'I2',
  title: `one chunk of a stream of ${CHUNKS}`,
  bare: () => read(bare),
  observed: () => read(observed),
  operations: CHUNKS,
  floor: 1000,
  stretch: 300,
});
