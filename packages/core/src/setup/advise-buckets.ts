import type { Meter, MeterProvider } from '@opentelemetry/api';

/** The boundaries for a histogram of this name and unit, where somebody advises some. */
export type BucketAdvice = (
  name: string,
  unit: string | undefined,
) => readonly number[] | undefined;

/**
 * Gives histograms of `provider` that have no boundaries of their own those that `advice` has for them. As advice, and not
 * as a view: so a view of the application and the aggregation that a reader asks for win over it.
 */
export function adviseBuckets(provider: MeterProvider, advice: BucketAdvice): void {
  // The provider gives out the same meter again.
  const advised = new WeakSet<Meter>();
  const getMeter = provider.getMeter.bind(provider);
  provider.getMeter = (...identity) => {
    const meter = getMeter(...identity);
    if (advised.has(meter)) return meter;
    advised.add(meter);
    const createHistogram = meter.createHistogram.bind(meter);
    meter.createHistogram = (name, options = {}) => {
      const boundaries =
        options.advice?.explicitBucketBoundaries === undefined
          ? advice(name, options.unit)
          : undefined;
      return boundaries === undefined
        ? createHistogram(name, options)
        : createHistogram(name, {
            ...options,
            advice: { ...options.advice, explicitBucketBoundaries: [...boundaries] },
          });
    };
    return meter;
  };
}
