import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { compareAdded, inStockSpan, stockSpanOf } from '@llm-otel/tooling/bench';
import { startModelServer } from '@llm-otel/tooling/model-server';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { instrument } from '../src/index.ts';
import { answering, options } from './in-memory.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));
const tracer = trace.getTracer('bench');
const server = await startModelServer(import.meta.resolve('@llm-otel/testing'));

const modelId = 'us.anthropic.claude-opus-4-8';
const ask = {
  modelId,
  inferenceConfig: { maxTokens: 100 },
  messages: [{ role: 'user' as const, content: [{ text: 'Where is my parcel?' }] }],
};
const body = JSON.stringify({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Where is my parcel?' }],
});
const converse = JSON.stringify({
  output: { message: { role: 'assistant', content: [{ text: 'On its way.' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
  metrics: { latencyMs: 250 },
});
const invoked = JSON.stringify({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-4-8',
  content: [{ type: 'text', text: 'On its way.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 12, output_tokens: 5 },
});

// The answer without a network, so that what is ours stands out.
for (const [where, what, made] of [
  ['over HTTP', 'converse', { ...options, endpoint: server.url }],
  ['memory', 'converse', answering(converse, 'application/json')],
  ['memory', 'invoke', answering(invoked, 'application/json')],
] as const) {
  const bare = new BedrockRuntimeClient(made);
  const observed = instrument(new BedrockRuntimeClient(made));
  const recorder = recordSpans();
  const recording = new TracerProvider({ spanProcessors: [recorder] }).getTracer('bench');
  const call = (client: BedrockRuntimeClient): Promise<unknown> =>
    what === 'converse'
      ? client.send(new ConverseCommand(ask))
      : client.send(new InvokeModelCommand({ modelId, body }));
  await call(instrument(new BedrockRuntimeClient(made), { tracer: recording }));
  const stock = stockSpanOf(recorder.spans[0]!);

  compareAdded({
    id: `I1 ${what} ${where}`,
    title: 'one call, no content',
    bare: () => call(bare),
    observed: () => call(observed),
    stock: () => inStockSpan({ context, trace }, tracer, stock, () => call(bare)),
    floor: 30_000,
    stretch: 10_000,
  });
}
