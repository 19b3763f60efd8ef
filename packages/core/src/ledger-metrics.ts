import type { Attributes, Meter } from '@opentelemetry/api';
import type { CircuitState, Counts, LedgerSnapshot, Signal } from './ledger.ts';
import { total } from './ledger-identity.ts';

/** Names the component in `otel.component.type` and `.name`, as the conventions for SDK metrics ask. */
export interface LedgerMetricsOptions {
  /** Whose books they are. The names of the metrics follow from it. @defaultValue `traces` */
  readonly signal?: Signal | undefined;
  /** @defaultValue `batching_span_processor`, `batching_log_processor` for logs */
  readonly componentType?: string | undefined;
  /** Most items that the queue holds. @defaultValue none: the capacity is not published */
  readonly queueCapacity?: number | undefined;
}

/** What the conventions call an item of each signal. Metrics have no processor. */
const NAMES = {
  traces: { item: 'span', unit: '{span}', processor: 'batching_span_processor' },
  logs: { item: 'log', unit: '{log_record}', processor: 'batching_log_processor' },
  metrics: { item: 'metric_data_point', unit: '{data_point}', processor: undefined },
} as const;

const CIRCUIT_STATES: readonly CircuitState[] = ['closed', 'open', 'half_open'];

interface Observer {
  observe(instrument: unknown, value: number, attributes: Attributes): void;
}

/**
 * Publishes a ledger as the conventions' `otel.sdk.*` metrics. Everything is read when metrics are
 * collected: a span pays nothing. Returns a function that stops it.
 */
export function publishLedger(
  meter: Meter,
  read: () => LedgerSnapshot,
  options: LedgerMetricsOptions = {},
): () => void {
  const { item, unit, processor } = NAMES[options.signal ?? 'traces'];
  const observers = [
    processor === undefined
      ? undefined
      : processorMetrics(meter, `otel.sdk.processor.${item}`, unit, {
          ...options,
          componentType: options.componentType ?? processor,
        }),
    exporterMetrics(meter, `otel.sdk.exporter.${item}`, unit),
    receiverMetrics(meter, `llm_otel.exporter.${item}`, unit),
    options.signal === undefined || options.signal === 'traces'
      ? samplingMetrics(meter)
      : undefined,
  ].filter((observer) => observer !== undefined);
  const instruments = observers.flatMap((observer) => observer.instruments);
  const observe = (result: Observer): void => {
    const ledger = read();
    for (const observer of observers) observer.observe(ledger, result);
  };
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}

interface LedgerObserver {
  readonly instruments: Parameters<Meter['addBatchObservableCallback']>[1];
  observe(ledger: LedgerSnapshot, result: Observer): void;
}

function processorMetrics(
  meter: Meter,
  prefix: string,
  unit: string,
  { componentType, queueCapacity }: LedgerMetricsOptions,
): LedgerObserver {
  const component = {
    'otel.component.type': componentType,
    'otel.component.name': `${componentType}/0`,
  };
  const processed = meter.createObservableCounter(`${prefix}.processed`, { unit });
  const size = meter.createObservableUpDownCounter(`${prefix}.queue.size`, { unit });
  const capacity =
    queueCapacity === undefined
      ? undefined
      : meter.createObservableUpDownCounter(`${prefix}.queue.capacity`, { unit });
  return {
    instruments: capacity === undefined ? [processed, size] : [processed, size, capacity],
    observe(ledger, result) {
      result.observe(processed, ledger.handed, component);
      byReason(ledger.dropped, (reason, count) =>
        result.observe(processed, count, { ...component, 'error.type': reason }),
      );
      result.observe(size, ledger.queued, component);
      if (capacity !== undefined && queueCapacity !== undefined) {
        result.observe(capacity, queueCapacity, component);
      }
    },
  };
}

function exporterMetrics(meter: Meter, prefix: string, unit: string): LedgerObserver {
  const inflight = meter.createObservableUpDownCounter(`${prefix}.inflight`, { unit });
  const exported = meter.createObservableCounter(`${prefix}.exported`, { unit });
  return {
    instruments: [inflight, exported],
    observe(ledger, result) {
      for (const [name, to] of Object.entries(ledger.destinations)) {
        const exporter = componentOf(name);
        result.observe(inflight, to.inFlight, exporter);
        result.observe(exported, to.exported, exporter);
        if (total(to.rejected) > 0)
          result.observe(exported, total(to.rejected), { ...exporter, 'error.type': 'rejected' });
        byReason(to.dropped, (reason, count) =>
          result.observe(exported, count, { ...exporter, 'error.type': reason }),
        );
      }
    },
  };
}

/** What the conventions have no name for: the bound of what is in flight, the spool, its dead letters, and the circuit as a value of 1 for the state it is in. */
function receiverMetrics(meter: Meter, prefix: string, unit: string): LedgerObserver {
  const capacity = meter.createObservableUpDownCounter(`${prefix}.buffer.capacity`, { unit });
  const spooled = meter.createObservableUpDownCounter(`${prefix}.spooled`, { unit });
  const lettersDropped = meter.createObservableCounter(`${prefix}.dead_letters_dropped`, { unit });
  const circuit = meter.createObservableUpDownCounter(`${prefix}.circuit`, { unit: '1' });
  return {
    instruments: [capacity, spooled, lettersDropped, circuit],
    observe({ destinations }, result) {
      for (const [name, to] of Object.entries(destinations)) {
        if (to.bufferCapacity !== undefined)
          result.observe(capacity, to.bufferCapacity, componentOf(name));
        result.observe(spooled, to.spooled, componentOf(name));
        byReason(to.deadLettersDropped ?? {}, (reason, count) =>
          result.observe(lettersDropped, count, { ...componentOf(name), 'error.type': reason }),
        );
        for (const [receiver, state] of Object.entries(to.circuits ?? {}))
          for (const each of CIRCUIT_STATES)
            result.observe(circuit, each === state ? 1 : 0, {
              ...componentOf(name),
              'llm_otel.receiver.name': receiver,
              'llm_otel.circuit.state': each,
            });
      }
    },
  };
}

function componentOf(destination: string): Attributes {
  return {
    'otel.component.type': 'llm_otel_destination',
    'otel.component.name': destination,
  };
}

function samplingMetrics(meter: Meter): LedgerObserver {
  const unit = '{span}';
  const sampledOut = meter.createObservableCounter('llm_otel.sampling.sampled_out', { unit });
  const undecided = meter.createObservableUpDownCounter('llm_otel.sampling.undecided', { unit });
  return {
    instruments: [sampledOut, undecided],
    observe(ledger, result) {
      byReason(ledger.sampledOut, (rule, count) =>
        result.observe(sampledOut, count, { 'llm_otel.sampling.rule': rule }),
      );
      result.observe(undecided, ledger.undecided, {});
    },
  };
}

function byReason(counts: Counts, each: (reason: string, count: number) => void): void {
  for (const [reason, count] of Object.entries(counts)) each(reason, count);
}
