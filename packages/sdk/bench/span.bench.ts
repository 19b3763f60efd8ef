// What one span costs whoever makes it, from its start to its end: the SDK alone and with our helper, then the whole of
// telemetry against the SDK with its own batches. The export is in neither.
import { withSpan } from '@llm-otel/core';
import { exporterDestination } from '@llm-otel/exporters-resilient';
import { startTelemetry } from '@llm-otel/sdk';
import { compare, type Subject } from '@llm-otel/tooling/bench';
import type { Attributes, Tracer } from '@opentelemetry/api';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const FOUR: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.usage.input_tokens': 214,
  'gen_ai.usage.output_tokens': 38,
};
// Fewer than a queue holds, so that nothing is dropped.
const SPANS = 1000;

/** `spans` in a row, and `settle` outside of the measurement. */
function created(name: string, span: () => void, settle: () => Promise<unknown>): Subject {
  return {
    name,
    async measure({ millis }) {
      const end = performance.now() + millis;
      let [elapsed, spans] = [0, 0];
      do {
        const start = performance.now();
        for (let i = 0; i < SPANS; i++) span();
        elapsed += performance.now() - start;
        spans += SPANS;
        await settle();
      } while (performance.now() < end);
      return (elapsed * 1e6) / spans;
    },
  };
}

// Both sides hand whole batches to it, and nobody waits.
const exporter = {
  export: (_: unknown, done: (result: { code: 0 }) => void) => done({ code: 0 }),
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};
const bare = new TracerProvider();
const stock = new TracerProvider({
  spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 600_000 })],
});
const telemetry = await startTelemetry({
  environment: {},
  preset: 'production',
  sampling: 1,
  destinations: [exporterDestination('nowhere', exporter)],
  metrics: false,
  batch: { delayMillis: 600_000 },
});

const nothing = async (): Promise<void> => undefined;
for (const [id, title, attributes, nanos] of [
  ['R125', 'a span without attributes', undefined, 500],
  ['R126', 'a span with 4 attributes', FOUR, 1000],
] as const) {
  const options = attributes === undefined ? {} : { attributes };
  const active = (tracer: Tracer) => () =>
    tracer.startActiveSpan('chat', options, (span) => span.end());
  compare({
    id,
    title: `${title}, by the helper`,
    baseline: created('startActiveSpan', active(bare.getTracer('bench')), nothing),
    ours: created(
      'withSpan',
      () => withSpan(bare.getTracer('bench'), 'chat', options, () => undefined),
      nothing,
    ),
    floor: { timesTheTime: 1.5 },
    stretch: { maxNanos: nanos },
  });
  compare({
    id: `${id} all`,
    title: `${title}, with everything behind it`,
    baseline: created('BatchSpanProcessor', active(stock.getTracer('bench')), () =>
      stock.forceFlush(),
    ),
    ours: created('startTelemetry', active(telemetry.tracer('bench')), () =>
      telemetry.forceFlush(),
    ),
    floor: { timesTheTime: 4 },
    stretch: { maxNanos: nanos },
  });
}
