import { compare } from '@llm-otel/tooling/bench';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { TraceEncoder } from '../src/encode/trace-encoder.ts';
import { otlpJsonBytes } from '../src/json/otlp-json.ts';
import { chatSpans, type Shape } from './llm-span.ts';

const BATCH = 512;
const encoder = new TraceEncoder();

const cases: readonly [Shape, string][] = [
  ['ascii', '512 LLM spans, 4 KB ASCII prompt'],
  ['mixed', '512 LLM spans, a tenth of the words not ASCII'],
  ['small', '512 small spans'],
];

for (const [shape, title] of cases) {
  const spans = chatSpans(BATCH, shape);
  compare({
    id: `json-${shape}`,
    title: `OTLP/JSON of ${title}`,
    baseline: {
      name: 'stock JSON',
      run: () => JsonTraceSerializer.serializeRequest(spans)?.length,
      operations: BATCH,
    },
    ours: {
      name: 'protobuf, then JSON',
      run: () => {
        const request = encoder.encode(spans, () => undefined);
        request.use();
        const { length } = otlpJsonBytes(request.bytes, 'traces');
        request.release();
        return length;
      },
      operations: BATCH,
    },
  });
}
