/** Which values a counter reports: since the start (`cumulative`) or since the last export (`delta`). */
export type TemporalityPreference = 'cumulative' | 'delta' | 'lowmemory';

const DELTA = 0;
const CUMULATIVE = 1;

const DELTA_INSTRUMENTS: Readonly<Record<TemporalityPreference, ReadonlySet<string>>> = {
  cumulative: new Set(),
  delta: new Set(['COUNTER', 'OBSERVABLE_COUNTER', 'HISTOGRAM']),
  // The sum of an observable counter is kept by whoever observes it: a difference would cost a copy of it.
  lowmemory: new Set(['COUNTER', 'HISTOGRAM']),
};

/** The SDK's AggregationTemporality for an instrument, by the rules of the OTLP metrics exporter. */
export function temporalityOf(preference: TemporalityPreference, instrumentType: string): 0 | 1 {
  return DELTA_INSTRUMENTS[preference].has(instrumentType) ? DELTA : CUMULATIVE;
}
