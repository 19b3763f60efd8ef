import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { type LedgerMetricsOptions, publishLedger } from './ledger-metrics.ts';
import { Ledger } from './ledger.ts';

class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}

  /** Metric name, then one line for each data point: its attributes and its value. */
  async read(): Promise<Record<string, [Record<string, unknown>, unknown][]>> {
    const { resourceMetrics } = await this.collect();
    return Object.fromEntries(
      resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(
            ({ attributes, value }) => [attributes, value] as [Record<string, unknown>, unknown],
          ),
        ]),
    );
  }
}

const circuit = (state: string): Record<string, unknown> => ({
  'llm_otel.receiver.name': 'primary',
  'llm_otel.circuit.state': state,
});

function published() {
  const ledger = new Ledger();
  ledger.watch({ undecided: () => 1, queued: () => 2 });
  ledger.destination('otlp');
  ledger.ended(20);
  ledger.sampledOut('rest', 3);
  ledger.dropped('queue_full', 4);
  ledger.handed(10);
  ledger.destination('otlp').exported(5);
  ledger.destination('otlp').rejected('400', 2);
  ledger.destination('otlp').dropped('timeout', 1);
  ledger.destination('otlp').spooled(1);
  ledger.destination('otlp').deadLettersDropped('spool_expired', 2);
  ledger.destination('otlp').circuit('primary', 'closed');
  ledger.destination('otlp').circuit('primary', 'open');
  ledger.destination('otlp').buffer('primary', 100);
  ledger.destination('otlp').buffer('second', 50);
  const reader = new ManualReader();
  const stop = publishLedger(new MeterProvider({ readers: [reader] }).getMeter('test'), () =>
    ledger.snapshot(),
  );
  return { reader, stop };
}

test('a ledger is published under the names of the conventions', async () => {
  const { reader } = published();

  const metrics = await reader.read();

  const processor = {
    'otel.component.type': 'batching_span_processor',
    'otel.component.name': 'batching_span_processor/0',
  };
  const exporter = { 'otel.component.type': 'llm_otel_destination', 'otel.component.name': 'otlp' };
  expect(metrics).toEqual({
    'otel.sdk.processor.span.processed': [
      [processor, 10],
      [{ ...processor, 'error.type': 'queue_full' }, 4],
    ],
    'otel.sdk.processor.span.queue.size': [[processor, 2]],
    'otel.sdk.exporter.span.inflight': [[exporter, 1]],
    'otel.sdk.exporter.span.exported': [
      [exporter, 5],
      [{ ...exporter, 'error.type': 'rejected' }, 2],
      [{ ...exporter, 'error.type': 'timeout' }, 1],
    ],
    'llm_otel.exporter.span.buffer.capacity': [[exporter, 150]],
    'llm_otel.exporter.span.spooled': [[exporter, 1]],
    'llm_otel.exporter.span.dead_letters_dropped': [
      [{ ...exporter, 'error.type': 'spool_expired' }, 2],
    ],
    'llm_otel.exporter.span.circuit': [
      [{ ...exporter, ...circuit('closed') }, 0],
      [{ ...exporter, ...circuit('open') }, 1],
      [{ ...exporter, ...circuit('half_open') }, 0],
    ],
    'llm_otel.sampling.sampled_out': [[{ 'llm_otel.sampling.rule': 'rest' }, 3]],
    'llm_otel.sampling.undecided': [[{}, 1]],
  });
});

test('nothing is published after it was stopped', async () => {
  const { reader, stop } = published();

  stop();

  expect(Object.values(await reader.read()).flat()).toEqual([]);
});

test('the other signals have names of their own, and a queue its capacity', async () => {
  const read = async (options: LedgerMetricsOptions): Promise<string[]> => {
    const ledger = new Ledger(options.signal);
    ledger.destination('otlp');
    const reader = new ManualReader();
    const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
    publishLedger(meter, () => ledger.snapshot(), options);
    return Object.keys(await reader.read());
  };

  expect(await read({ signal: 'metrics' })).toEqual([
    'otel.sdk.exporter.metric_data_point.inflight',
    'otel.sdk.exporter.metric_data_point.exported',
    'llm_otel.exporter.metric_data_point.spooled',
  ]);
  expect(await read({ signal: 'logs', queueCapacity: 7 })).toEqual([
    'otel.sdk.processor.log.processed',
    'otel.sdk.processor.log.queue.size',
    'otel.sdk.processor.log.queue.capacity',
    'otel.sdk.exporter.log.inflight',
    'otel.sdk.exporter.log.exported',
    'llm_otel.exporter.log.spooled',
  ]);
});
