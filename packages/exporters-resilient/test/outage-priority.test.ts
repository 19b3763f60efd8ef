// What a full buffer of a destination gives up is what a full queue would: the least important, and by its policy.
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import {
  balancedDestination,
  type Destination,
  exporterDestination,
  otlpDestination,
  resilientSpanProcessor,
} from '../src/index.ts';
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

type Sink = Awaited<ReturnType<typeof startOtlpSink>>;

const transport = nodeTransport();
const timeoutMillis = 500;
const destinationsOf: Record<string, (sink: Sink) => Destination> = {
  otlp: (sink) =>
    otlpDestination({ url: sink.tracesUrl, transport, concurrency: 1, timeoutMillis }),
  balanced: (sink) =>
    balancedDestination(
      'otlp',
      ['a', 'b'].map((name) =>
        otlpDestination({ name, url: sink.tracesUrl, transport, timeoutMillis, concurrency: 1 }),
      ),
    ),
  exporter: (sink) =>
    exporterDestination('otlp', new OTLPTraceExporter({ url: sink.tracesUrl, timeoutMillis }), {
      retry: {},
      timeoutMillis,
    }),
};

test.each(
  Object.keys(destinationsOf).flatMap((kind) =>
    // What one member has got from another one stays there: with drop_oldest its errors may have to go.
    (kind === 'balanced'
      ? (['drop_newest'] as const)
      : (['drop_newest', 'drop_oldest'] as const)
    ).map((whenFull) => [kind, whenFull] as const),
  ),
)(
  'errors that left the queue among ordinary spans, before there was trouble, outlast them as well (%s, %s)',
  async (kind, whenFull) => {
    await using sink = await startOtlpSink();
    sink.hang();
    const processor = resilientSpanProcessor({
      destinations: [destinationsOf[kind]!(sink)],
      queue: {
        whenFull,
        priorityOf: ({ name }) => (name === 'error' ? 0 : name === 'usual' ? 1 : 2),
      },
      buffer: { maxItems: kind === 'balanced' ? 170 : 300 },
      batch: { maxItems: 50, delayMillis: 1 },
    });
    const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
    const end = async (count: number, nameOf: (index: number) => string): Promise<void> => {
      for (let i = 0; i < count; i++) {
        tracer.startSpan(nameOf(i)).end();
        // Or the queue would put those of one priority into one request.
        if (i % 50 === 49) await processor.flush({ timeoutMillis: 10 });
      }
    };
    await end(200, (index) => (index % 10 === 0 ? 'error' : index % 2 === 0 ? 'debug' : 'usual'));
    await end(350, (index) => (index % 2 === 0 ? 'usual' : 'error'));

    sink.recover();
    await processor.shutdown();

    expect(ledgerErrors(processor.ledger())).toEqual([]);
    const arrived = (name: string): number =>
      sink.spans.filter((span) => span.name === name).length;
    expect(arrived('error')).toBe(20 + 175);
    expect(processor.ledger().destinations['otlp']?.dropped).toEqual({
      buffer_full: expect.any(Number),
    });
  },
);
