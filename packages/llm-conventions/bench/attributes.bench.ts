import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { createGenAi } from '../src/index.ts';

const tracer = new TracerProvider({}).getTracer('bench');
const bare = tracer.startSpan('chat gpt-5-mini');
const call = createGenAi({ tracer }).startInference({ provider: 'openai', model: 'gpt-5-mini' });

const attributes = {
  'gen_ai.request.max_tokens': 1024,
  'gen_ai.request.temperature': 0.7,
  'gen_ai.request.top_p': 0.9,
  'gen_ai.response.id': 'chatcmpl-9x81kQ',
  'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
  'gen_ai.usage.input_tokens': 912,
  'gen_ai.usage.output_tokens': 144,
  'server.address': 'api.example.com',
} as const;

// On one span, over and over: a span of its own for each time would measure the making of spans.
compare({
  id: 'R130',
  title: '8 typed attributes set on a call',
  baseline: { name: 'span.setAttributes', run: () => bare.setAttributes(attributes) },
  ours: { name: 'call.setAttributes', run: () => call.setAttributes(attributes) },
  floor: { timesTheTime: 1.5 },
});
