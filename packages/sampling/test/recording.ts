// A recording as the Collector's file exporter writes it: agents' runs of an hour, one request a line.
import { seededRandom } from '@llm-otel/testing';

const HOUR_MILLIS = 3_600_000;
const START = 1_767_225_600_000;

const text = (key: string, value: string): object => ({ key, value: { stringValue: value } });
const integer = (key: string, value: number): object => ({ key, value: { intValue: `${value}` } });
const nanos = (millis: number): string => `${Math.round(millis)}000000`;

/** 3 of 100 runs fail, 2 take more than half a minute, 1 costs more than ten cents. */
export function recording(runs: number, seed: number = 1): string {
  const random = seededRandom(seed);
  const lines: string[] = [];
  for (let run = 0; run < runs; run++) {
    const traceId = random.hex(32);
    const rootId = random.hex(16);
    const start = START + (HOUR_MILLIS * run) / runs;
    const steps = 1 + random.integer(4);
    const slow = random.next() < 0.02 ? 40_000 : 0;
    const cost = random.next() < 0.01 ? 60_000 : 900;
    const failed = random.next() < 0.03;
    let at = start + 20;
    const spans: object[] = [];
    for (let step = 0; step < steps; step++) {
      const took = 400 + random.integer(2500) + (step === 0 ? slow : 0);
      const model = random.pick(['gpt-5-mini', 'claude-haiku-4-5']);
      spans.push({
        traceId,
        spanId: random.hex(16),
        parentSpanId: rootId,
        flags: 0x101,
        name: `chat ${model}`,
        kind: 3,
        startTimeUnixNano: nanos(at),
        endTimeUnixNano: nanos(at + took),
        status: failed && step === steps - 1 ? { code: 2, message: 'overloaded' } : {},
        attributes: [
          text('gen_ai.operation.name', 'chat'),
          text('gen_ai.request.model', model),
          integer('gen_ai.usage.input_tokens', 500 + random.integer(2000)),
          integer('gen_ai.usage.output_tokens', 100 + random.integer(500)),
          integer('llm_otel.cost.micro_usd', cost + random.integer(cost)),
        ],
      });
      at += took + 5;
    }
    spans.push({
      traceId,
      spanId: rootId,
      flags: 0x101,
      name: 'invoke_agent writer',
      kind: 'SPAN_KIND_INTERNAL',
      startTimeUnixNano: nanos(start),
      endTimeUnixNano: nanos(at),
      status: failed ? { code: 'STATUS_CODE_ERROR' } : {},
      attributes: [text('gen_ai.operation.name', 'invoke_agent')],
    });
    const resource = { attributes: [text('service.name', 'desk')] };
    lines.push(
      JSON.stringify({
        resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'demo' }, spans }] }],
      }),
    );
  }
  return `${lines.join('\n')}\n`;
}
