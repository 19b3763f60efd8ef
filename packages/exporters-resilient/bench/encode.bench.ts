import { compare } from '@llm-otel/tooling/bench';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { TraceEncoder } from '../src/encode/trace-encoder.ts';
import { chatSpans, type Shape } from './llm-span.ts';

const BATCH = 512;
const encoder = new TraceEncoder();

function fail(_span: unknown, error: unknown): never {
  throw error;
}

const cases: readonly [string, Shape, string, number, number][] = [
  ['E1', 'ascii', '512 LLM spans, 4 KB ASCII prompt', 12, 15],
  ['E2', 'mixed', '512 LLM spans, a tenth of the words not ASCII', 3, 5],
  ['E2', 'small', '512 small spans', 3.8, 5],
];

for (const [id, shape, title, floor, stretch] of cases) {
  const spans = chatSpans(BATCH, shape);
  const stock = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
  // A fast encoder of something else would prove nothing.
  if (!stock.equals(encoder.encodeCopy(spans, fail)))
    throw new Error(`${title}: not the bytes of the stock serializer`);
  compare({
    id,
    title: `encode ${title}`,
    baseline: {
      name: 'stock protobuf',
      run: () => ProtobufTraceSerializer.serializeRequest(spans),
      operations: BATCH,
    },
    ours: {
      name: 'TraceEncoder',
      // As the processor does it: the memory goes back to the encoder once the request is sent.
      run: () => {
        const request = encoder.encode(spans, fail);
        request.use();
        const { length } = request.bytes;
        request.release();
        return length;
      },
      operations: BATCH,
    },
    floor: { timesFaster: floor },
    stretch: { timesFaster: stretch },
  });
}
