import { compare } from '@llm-otel/tooling/bench';
import { readableSpan } from '../test/readable-span.ts';
import { emitDialects, inCurrentNames } from '../src/index.ts';

const attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.request.max_tokens': 1024,
  'gen_ai.request.temperature': 0.7,
  'gen_ai.response.id': 'chatcmpl-9x81kQ',
  'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 912,
  'gen_ai.usage.output_tokens': 144,
  'gen_ai.conversation.id': 'conv-5f2c1',
  'server.address': 'api.example.com',
  'server.port': 443,
  'llm_otel.cost.micro_usd': 516,
  'llm_otel.cost.price_table': 'llm-otel-2026-11-27',
  'llm_otel.cost.price_source': 'bench',
};
const span = readableSpan(attributes);

/** What every look at a span costs at least: a pass over its attributes. */
function bareLook(): number {
  let length = 0;
  for (const name in attributes) length += name.length;
  return length;
}

compare({
  id: 'dialects in',
  title: 'a span in today’s names, 16 attributes, looked at for others',
  baseline: { name: 'a pass over its attributes', run: bareLook },
  ours: { name: 'inCurrentNames', run: () => inCurrentNames(span) },
  // On the application's thread, for every span that ends.
  floor: { maxNanos: 2000 },
});

const says = emitDialects(['current', 'openinference', 'langfuse']);

compare({
  id: 'dialects out',
  title: 'the same span said in two more vocabularies',
  ours: { name: 'emitDialects', run: () => says.transform(span) },
  floor: { maxNanos: 100_000 },
});
