import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';
import { aiSdkTelemetry } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');

// The answer without a network, so that what is ours stands out.
const body = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5-mini',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'On its way.' }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
};
const model = createOpenAI({
  apiKey: 'none',
  fetch: () => Promise.resolve(Response.json(body)),
}).chat('gpt-5-mini');
const request = { model, prompt: 'Where is my parcel?' };
const off = { isEnabled: false };
const on = { integrations: [aiSdkTelemetry({ tracer })] };

compare({
  id: 'I1 memory',
  title: 'one text with two spans, no content, answered from memory',
  baseline: { name: 'bare AI SDK', run: () => generateText({ ...request, telemetry: off }) },
  ours: { name: 'observed AI SDK', run: () => generateText({ ...request, telemetry: on }) },
  // For the call as a whole: its two spans, of the text and of the model call, may take half of it each.
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});
