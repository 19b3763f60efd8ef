import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { startModelEmulator } from '@llm-otel/testing';
import { compare } from '@llm-otel/tooling/bench';
import { OpenAI } from 'openai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');
const emulator = await startModelEmulator({ scripts: () => ({ text: 'On its way.' }) });
process.on('exit', () => void emulator.close());

const chat = {
  model: 'gpt-5-mini',
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

const overHttp = { baseURL: emulator.openAiBaseUrl, apiKey: 'none', maxRetries: 0 };
const bare = new OpenAI(overHttp);
const observed = instrument(new OpenAI(overHttp), { tracer });

compare({
  id: 'I1',
  title: 'one call, no content, against the emulator',
  baseline: { name: 'bare client', run: () => bare.chat.completions.create(chat) },
  ours: { name: 'observed client', run: () => observed.chat.completions.create(chat) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});

// The answer without a network, so that what is ours stands out.
const body = await bare.chat.completions.create(chat);
const inMemory = {
  ...overHttp,
  fetch: () => Promise.resolve(Response.json(body)),
};
const bareInMemory = new OpenAI(inMemory);
const observedInMemory = instrument(new OpenAI(inMemory), { tracer });

compare({
  id: 'I1 memory',
  title: 'the same, answered from memory',
  baseline: { name: 'bare client', run: () => bareInMemory.chat.completions.create(chat) },
  ours: { name: 'observed client', run: () => observedInMemory.chat.completions.create(chat) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});
