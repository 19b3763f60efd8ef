import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { startModelEmulator } from '@llm-otel/testing';
import { compare } from '@llm-otel/tooling/bench';
import { Anthropic } from '@anthropic-ai/sdk';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));
const emulator = await startModelEmulator({ scripts: () => ({ text: 'On its way.' }) });
process.on('exit', () => void emulator.close());

const ask = {
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

const overHttp = { baseURL: emulator.anthropicBaseUrl, apiKey: 'none', maxRetries: 0 };
const native = new Anthropic(overHttp);
const observed = instrument(new Anthropic(overHttp));

compare({
  id: 'I1',
  title: 'one call, no content, against the emulator; the client makes a span of its own',
  baseline: { name: 'bare client', run: () => native.messages.create(ask) },
  ours: { name: 'observed client', run: () => observed.messages.create(ask) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});

// The answer without a network, so that what is ours stands out.
const body = await native.messages.create(ask);
const inMemory = { ...overHttp, fetch: () => Promise.resolve(Response.json(body)) };
const nativeInMemory = new Anthropic(inMemory);
const observedInMemory = instrument(new Anthropic(inMemory));

compare({
  id: 'I1 memory',
  title: 'the same, answered from memory',
  baseline: { name: 'bare client', run: () => nativeInMemory.messages.create(ask) },
  ours: { name: 'observed client', run: () => observedInMemory.messages.create(ask) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});

const withoutSpans = { ...inMemory, openTelemetry: false as const };
const bare = new Anthropic(withoutSpans);
const observedAlone = instrument(new Anthropic(withoutSpans));

compare({
  id: 'I1 alone',
  title: 'the same, the client makes no span',
  baseline: { name: 'bare client', run: () => bare.messages.create(ask) },
  ours: { name: 'observed client', run: () => observedAlone.messages.create(ask) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});
