import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { compareAdded, inStockSpan, stockSpanOf } from '@llm-otel/tooling/bench';
import { startModelServer } from '@llm-otel/tooling/model-server';
import { GoogleGenAI } from '@google/genai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));
const tracer = trace.getTracer('bench');
const server = await startModelServer(import.meta.resolve('@llm-otel/testing'));

const ask = { model: 'gemini-2.5-flash', contents: 'Where is my parcel?' };

const overHttp = { apiKey: 'none', httpOptions: { baseUrl: server.geminiBaseUrl } };
const { sdkHttpResponse: _, ...answer } = await new GoogleGenAI(overHttp).models.generateContent(
  ask,
);
// The answer without a network, so that what is ours stands out.
const inMemory = {
  apiKey: 'none',
  httpOptions: { fetch: () => Promise.resolve(Response.json(answer)) },
};

for (const [where, options] of [
  ['over HTTP', overHttp],
  ['memory', inMemory],
] as const) {
  const bare = new GoogleGenAI(options);
  const observed = instrument(new GoogleGenAI(options));
  const recorder = recordSpans();
  const recording = new TracerProvider({ spanProcessors: [recorder] }).getTracer('bench');
  await instrument(new GoogleGenAI(options), { tracer: recording }).models.generateContent(ask);
  const stock = stockSpanOf(recorder.spans[0]!);

  compareAdded({
    id: `I1 ${where}`,
    title: 'one call, no content',
    bare: () => bare.models.generateContent(ask),
    observed: () => observed.models.generateContent(ask),
    stock: () =>
      inStockSpan({ context, trace }, tracer, stock, () => bare.models.generateContent(ask)),
    floor: 30_000,
    stretch: 10_000,
  });
}
