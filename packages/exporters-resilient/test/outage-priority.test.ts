// What a full buffer of a destination gives up is what a full queue would: the least important, and by its policy.
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { SpanStatusCode } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';

/** 1,400 ordinary spans and then 300 of errors, for a buffer of 1,000, while the receiver is away; what arrives in the end. */
async function outage(whenFull: 'drop_newest' | 'drop_oldest') {
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const processor = resilientSpanProcessor({
    destinations: [
      otlpDestination({
        url: sink.tracesUrl,
        transport: nodeTransport(),
        breaker: { failures: 1 },
      }),
    ],
    queue: { whenFull, priorityOf: ({ status }) => (status.code === SpanStatusCode.ERROR ? 0 : 1) },
    buffer: { maxItems: 1000 },
    batch: { maxItems: 50, delayMillis: 1 },
  });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
  tracer.startSpan('probe').end();
  await sink.waitFor(({ requests }) => requests.length > 0);
  const end = async (name: string, count: number, isError: boolean): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const span = tracer.startSpan(`${name} ${i}`);
      if (isError) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      if (i % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  await end('usual', 1400, false);
  await end('error', 300, true);
  await processor.flush({ timeoutMillis: 50 });
  const full = processor.ledger();
  sink.recover();
  await processor.shutdown();
  expect(ledgerErrors(processor.ledger())).toEqual([]);
  return { full, names: sink.spans.map(({ name }) => name) };
}

test.each(['drop_newest', 'drop_oldest'] as const)(
  'errors outlast an outage that ordinary spans have filled the buffer in (%s)',
  async (whenFull) => {
    const { full, names } = await outage(whenFull);

    expect(names.filter((name) => name.startsWith('error'))).toHaveLength(300);
    expect(full.destinations['otlp']?.dropped['buffer_full']).toBeGreaterThan(600);
    const [first, last] = [names.includes('usual 100'), names.includes('usual 1399')];
    expect([first, last]).toEqual(whenFull === 'drop_oldest' ? [false, true] : [true, false]);
  },
);
