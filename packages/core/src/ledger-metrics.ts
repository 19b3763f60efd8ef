import type { Attributes, Meter } from '@opentelemetry/api';
import type { Counts, LedgerSnapshot } from './ledger.ts';
import { total } from './ledger-identity.ts';

/** Names the component in `otel.component.type` and `.name`, as the conventions for SDK metrics ask. */
export interface LedgerMetricsOptions {
  /** @defaultValue `batching_span_processor` */
  readonly componentType?: string | undefined;
}

/**
 * Publishes a ledger as the conventions' `otel.sdk.*` metrics. Everything is read when metrics are
 * collected: a span pays nothing. Returns a function that stops it.
 */
export function publishLedger(
  meter: Meter,
  read: () => LedgerSnapshot,
  { componentType = 'batching_span_processor' }: LedgerMetricsOptions = {},
): () => void {
  const component = {
    'otel.component.type': componentType,
    'otel.component.name': `${componentType}/0`,
  };
  const processed = meter.createObservableCounter('otel.sdk.processor.span.processed', {
    unit: '{span}',
  });
  const queueSize = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', {
    unit: '{span}',
  });
  const inflight = meter.createObservableUpDownCounter('otel.sdk.exporter.span.inflight', {
    unit: '{span}',
  });
  const exported = meter.createObservableCounter('otel.sdk.exporter.span.exported', {
    unit: '{span}',
  });
  const sampledOut = meter.createObservableCounter('llm_otel.sampling.sampled_out', {
    unit: '{span}',
  });
  const undecided = meter.createObservableUpDownCounter('llm_otel.sampling.undecided', {
    unit: '{span}',
  });
  const instruments = [processed, queueSize, inflight, exported, sampledOut, undecided];

  const observe = (result: {
    observe(instrument: (typeof instruments)[number], value: number, attributes: Attributes): void;
  }): void => {
    const ledger = read();
    result.observe(processed, ledger.handed, component);
    byReason(ledger.dropped, (reason, count) =>
      result.observe(processed, count, { ...component, 'error.type': reason }),
    );
    result.observe(queueSize, ledger.queued, component);
    byReason(ledger.sampledOut, (rule, count) =>
      result.observe(sampledOut, count, { 'llm_otel.sampling.rule': rule }),
    );
    result.observe(undecided, ledger.undecided, {});
    for (const [name, to] of Object.entries(ledger.destinations)) {
      const exporter = {
        'otel.component.type': 'llm_otel_destination',
        'otel.component.name': name,
      };
      result.observe(inflight, to.inFlight, exporter);
      result.observe(exported, to.exported, exporter);
      if (total(to.rejected) > 0)
        result.observe(exported, total(to.rejected), { ...exporter, 'error.type': 'rejected' });
      byReason(to.dropped, (reason, count) =>
        result.observe(exported, count, { ...exporter, 'error.type': reason }),
      );
    }
  };
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}

function byReason(counts: Counts, each: (reason: string, count: number) => void): void {
  for (const [reason, count] of Object.entries(counts)) each(reason, count);
}
