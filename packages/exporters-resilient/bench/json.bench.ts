import { deepStrictEqual } from 'node:assert';
import { decodeOtlpRequest } from '@llm-otel/testing';
import { compare } from '@llm-otel/tooling/bench';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { TraceEncoder } from '../src/encode/trace-encoder.ts';
import { otlpJsonBytes } from '../src/json/otlp-json.ts';
import { chatSpans, type Shape } from './llm-span.ts';

const BATCH = 512;
const encoder = new TraceEncoder();
let memory: Uint8Array | undefined;

const cases: readonly [Shape, string, number][] = [
  ['ascii', '512 LLM spans, 4 KB ASCII prompt', 1.2],
  ['mixed', '512 LLM spans, a tenth of the words not ASCII', 1.8],
  ['small', '512 small spans', 0.9],
];

for (const [shape, title, floor] of cases) {
  const spans = chatSpans(BATCH, shape);
  // As the destination does it: the memory of a request that was sent is used for the next one.
  const ours = (): Uint8Array => {
    const request = encoder.encode(spans, () => undefined);
    request.use();
    const json = otlpJsonBytes(request.bytes, 'traces', memory);
    ({ memory } = json);
    request.release();
    return json.written();
  };
  const stock = (): Uint8Array => JsonTraceSerializer.serializeRequest(spans) ?? new Uint8Array();
  // A fast encoder of something else would prove nothing.
  deepStrictEqual(
    decodeOtlpRequest('traces', 'json', ours()),
    decodeOtlpRequest('traces', 'json', stock()),
  );
  compare({
    id: `json-${shape}`,
    title: `OTLP/JSON of ${title}`,
    baseline: { name: 'stock JSON', run: () => stock().length, operations: BATCH },
    ours: { name: 'protobuf, then JSON', run: () => ours().length, operations: BATCH },
    floor: { timesFaster: floor },
    stretch: { timesFaster: floor * 1.5 },
  });
}
