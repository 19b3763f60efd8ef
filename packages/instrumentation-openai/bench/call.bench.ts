import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { compareAdded, inStockSpan, type StockSpan, stockSpanOf } from '@llm-otel/tooling/bench';
import { startModelServer } from '@llm-otel/tooling/model-server';
import { OpenAI } from 'openai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');
const server = await startModelServer(import.meta.resolve('@llm-otel/testing'));

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
  const stock = await stockSpan(options);

  compareAdded({
    id: `I1 ${where}`,
    title: 'one call, no content',
    bare: () => bare.chat.completions.create(chat),
    observed: () => observed.chat.completions.create(chat),
    stock: () =>
      inStockSpan({ context, trace }, tracer, stock, () => bare.chat.completions.create(chat)),
    floor: 30_000,
    stretch: 10_000,
  });
}

/** The span of an observed call, to be made by hand. */
async function stockSpan(options: ConstructorParameters<typeof OpenAI>[0]): Promise<StockSpan> {
  const recorder = recordSpans();
  const recording = new TracerProvider({ spanProcessors: [recorder] }).getTracer('bench');
  await instrument(new OpenAI(options), { tracer: recording }).chat.completions.create(chat);
  return stockSpanOf(recorder.spans[0]!);
}
