import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare, cpuTimeOf } from '@llm-otel/tooling/bench';
import { startModelServer } from '@llm-otel/tooling/model-server';
import { OpenAI } from 'openai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');
const server = await startModelServer(import.meta.resolve('@llm-otel/testing'));

const floor = { maxExtraNanos: 30_000 };
const stretch = { maxExtraNanos: 10_000 };

const chat = {
  model: 'gpt-5-mini',
  messages: [{ role: 'user' as const, content: 'Where is my parcel?' }],
};

const overHttp = { baseURL: server.openAiBaseUrl, apiKey: 'none', maxRetries: 0 };
const answer = await new OpenAI(overHttp).chat.completions.create(chat);
// The answer without a network, so that what is ours stands out.
const inMemory = { ...overHttp, fetch: () => Promise.resolve(Response.json(answer)) };

for (const [where, options] of [
  ['over HTTP', overHttp],
  ['memory', inMemory],
] as const) {
  const bare = new OpenAI(options);
  const observed = instrument(new OpenAI(options), { tracer });
  const runBare = (): unknown => bare.chat.completions.create(chat);
  const runObserved = (): unknown => observed.chat.completions.create(chat);

  compare({
    id: `I1 ${where}`,
    title: 'one call, no content',
    baseline: { name: 'bare client', run: runBare },
    ours: { name: 'observed client', run: runObserved },
    floor,
    stretch,
  });
  compare({
    id: `I1 ${where}, CPU`,
    title: 'processor time of one call',
    baseline: cpuTimeOf('bare client', runBare),
    ours: cpuTimeOf('observed client', runObserved),
    floor,
    stretch,
  });
}
