import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compareAdded } from '@llm-otel/tooling/bench';
import { startModelServer } from '@llm-otel/tooling/model-server';
import { Anthropic } from '@anthropic-ai/sdk';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));
const server = await startModelServer(import.meta.resolve('@llm-otel/testing'));

const ask = {
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

const overHttp = { baseURL: server.anthropicBaseUrl, apiKey: 'none', maxRetries: 0 };
const answer = await new Anthropic(overHttp).messages.create(ask);
// The answer without a network, so that what is ours stands out.
const inMemory = { ...overHttp, fetch: () => Promise.resolve(Response.json(answer)) };

// The client makes a span of its own, which ours completes, except where it is told not to.
for (const [where, options] of [
  ['over HTTP', overHttp],
  ['memory', inMemory],
  ['alone', { ...inMemory, openTelemetry: false as const }],
] as const) {
  const bare = new Anthropic(options);
  const observed = instrument(new Anthropic(options));

  compareAdded({
    id: `I1 ${where}`,
    title: 'one call, no content',
    bare: () => bare.messages.create(ask),
    observed: () => observed.messages.create(ask),
    floor: 30_000,
    stretch: 10_000,
  });
}
