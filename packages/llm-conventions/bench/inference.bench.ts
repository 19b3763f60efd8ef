import { SpanKind } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { createGenAi, genAiMetricDefinitions, type MetricName } from '../src/index.ts';

// No span processor: only the making of the span is compared, not what happens to it afterwards.
const tracer = new TracerProvider({}).getTracer('bench');
const meter = new MeterProvider({
  readers: [
    new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
      exportIntervalMillis: 1e8,
    }),
  ],
}).getMeter('bench');

const genAi = createGenAi({ tracer, meter });

function chat(): void {
  const call = genAi.startInference({
    provider: 'openai',
    model: 'gpt-5-mini',
    serverAddress: 'api.openai.com',
    serverPort: 443,
    conversationId: 'conv-5f2c1',
    maxTokens: 1024,
    temperature: 0.7,
  });
  call.recordResponse({
    id: 'chatcmpl-9x81kQ',
    model: 'gpt-5-mini-2025-08-07',
    finishReasons: ['stop'],
    usage: { inputTokens: 912, outputTokens: 144 },
  });
  call.end();
}

const histogram = (name: MetricName) => {
  const { unit, description, buckets = [] } = genAiMetricDefinitions[name];
  const advice = { explicitBucketBoundaries: [...buckets] };
  return meter.createHistogram(name, { unit, description, advice });
};
const duration = histogram('gen_ai.client.inference.duration');
const inputTokens = histogram('gen_ai.client.inference.operation.input_tokens');
const outputTokens = histogram('gen_ai.client.inference.operation.output_tokens');
const inputUsage = meter.createCounter('gen_ai.client.inference.usage.input_tokens');
const outputUsage = meter.createCounter('gen_ai.client.inference.usage.output_tokens');
const cost = meter.createCounter('llm_otel.client.inference.cost');

/** The same span, the same 16 attributes (those samplers use at the start), the same six records. */
function bareChat(): void {
  const start = performance.now();
  const span = tracer.startSpan('chat gpt-5-mini', {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'server.address': 'api.example.com',
      'server.port': 443,
      'gen_ai.conversation.id': 'conv-5f2c1',
    },
  });
  span.setAttribute('gen_ai.request.max_tokens', 1024);
  span.setAttribute('gen_ai.request.temperature', 0.7);
  span.setAttribute('gen_ai.response.id', 'chatcmpl-9x81kQ');
  span.setAttribute('gen_ai.response.model', 'gpt-5-mini-2025-08-07');
  span.setAttribute('gen_ai.response.finish_reasons', ['stop']);
  span.setAttribute('gen_ai.usage.input_tokens', 912);
  span.setAttribute('gen_ai.usage.output_tokens', 144);
  span.setAttribute('llm_otel.cost.micro_usd', 516);
  span.setAttribute('llm_otel.cost.price_table', 'bench');
  span.setAttribute('llm_otel.cost.price_source', 'bench');
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
    'server.address': 'api.example.com',
    'server.port': 443,
  };
  const byModality = { ...attributes, 'gen_ai.token.modality': 'unknown' };
  duration.record((performance.now() - start) / 1000, attributes);
  inputUsage.add(912, byModality);
  outputUsage.add(144, byModality);
  inputTokens.record(912, attributes);
  outputTokens.record(144, attributes);
  cost.add(516, attributes);
  span.end();
}

compare({
  id: 'L1',
  title: 'chat span, 16 attributes, usage, cost and 6 metric records',
  baseline: { name: 'bare stock span and bare metric records', run: bareChat },
  ours: { name: 'startInference, recordResponse, end', run: chat },
  floor: { timesTheTime: 1.3 },
  stretch: { timesTheTime: 1.1 },
});

const withContent = createGenAi({ tracer, meter, content: 'span' });
const words = 'the quick brown fox jumps over the lazy dog and says "no" to the cat, again; ';
const inputMessages = Array.from({ length: 20 }, (_, n) => ({
  role: n % 2 === 0 ? 'user' : 'assistant',
  parts: [{ type: 'text', content: words.repeat(Math.ceil(5120 / words.length)).slice(0, 5120) }],
}));

compare({
  id: 'L2',
  title: '100 KB prompt in 20 messages, content on',
  baseline: { name: 'JSON.stringify of the messages', run: () => JSON.stringify(inputMessages) },
  ours: {
    name: 'startInference with inputMessages, end',
    run: () => withContent.startInference({ provider: 'openai', inputMessages }).end(),
  },
  floor: { timesTheTime: 1.5, maxNanos: 1_000_000 },
  stretch: { timesTheTime: 1.2 },
});

const disabled = createGenAi();
const request = { provider: 'openai', model: 'gpt-5-mini' };

compare({
  id: 'C1 call',
  title: 'model call with telemetry disabled',
  ours: {
    name: 'startInference, end',
    run: () => {
      const call = disabled.startInference(request);
      call.end();
      return call;
    },
  },
  // Telemetry that is off must cost nothing worth measuring; the figure is absolute, so a busy machine shows in it.
  floor: { maxNanos: 60 },
  stretch: { maxNanos: 20 },
});
