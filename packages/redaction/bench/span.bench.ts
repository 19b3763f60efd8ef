import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { createRedactor, redactSpans } from '@llm-otel/redaction';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
provider
  .getTracer('bench')
  .startSpan('chat gpt-4.1', {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.response.model': 'gpt-4.1-2025-04-14',
      'gen_ai.response.id': 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
      'gen_ai.conversation.id': 'conv_5j66UpCpwteGg4YSxUnt7lPY',
      'gen_ai.request.max_tokens': 1024,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 1,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 812,
      'gen_ai.usage.output_tokens': 143,
      'gen_ai.output.type': 'text',
      'gen_ai.agent.name': 'researcher',
      'server.address': 'api.openai.com',
      'server.port': 443,
      'http.request.method': 'POST',
      'url.path': '/v1/chat/completions',
      'user_agent.original': 'OpenAI/JS 6.1.0',
      'app.tenant': 'acme',
    },
  })
  .end();
await provider.forceFlush();
const [span] = exporter.getFinishedSpans();
const redaction = redactSpans(createRedactor({ version: 1, presets: ['secrets', 'pii'] }));

compare({
  id: 'R4',
  title: 'span of 20 clean attributes',
  ours: { name: 'redactSpans', run: () => redaction.transform(span!) },
  floor: { maxNanos: 2500 },
  stretch: { maxNanos: 300 },
});
