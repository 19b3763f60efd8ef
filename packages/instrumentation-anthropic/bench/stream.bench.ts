import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compareAdded } from '@llm-otel/tooling/bench';
import { Anthropic } from '@anthropic-ai/sdk';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));

const CHUNKS = 1000;
const event = {
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: 'word ' },
};
const text = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`.repeat(CHUNKS);
const bytes = new TextEncoder().encode(
  `${text}event: message_stop\ndata: {"type":"message_stop"}\n\n`,
);

const options = {
  apiKey: 'none',
  fetch: () =>
    Promise.resolve(new Response(bytes, { headers: { 'content-type': 'text/event-stream' } })),
};
const request = {
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
  stream: true as const,
};
const bare = new Anthropic(options);
const observed = instrument(new Anthropic(options));

async function read(client: Anthropic): Promise<number> {
  let count = 0;
  for await (const _ of await client.messages.create(request)) count++;
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
