import { type Clock, type ReadableSpan, type SpanStage, systemClock } from '@llm-otel/core';
import type { SpanStatusCode } from '@opentelemetry/api';
import { numberOption } from '../options.ts';

export interface LimitRateOptions {
  /** Spans of one name that pass in a second, over time. */
  readonly spansPerSecond: number;
  /** Spans of one name that pass at once after a pause. @defaultValue ten seconds' worth */
  readonly burst?: number | undefined;
  /**
   * Names that are kept apart. Further ones share one allowance: names that hold ids would otherwise be without a limit.
   * @defaultValue 1000
   */
  readonly maxNames?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

const ERROR: SpanStatusCode = 2;

/**
 * A stage that is the last defence against a loop that makes spans without end: each span name has a token bucket, and
 * what is over it is dropped as `rate_limited`. Errors pass. For choosing what to keep, use sampling.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function limitRate(options: LimitRateOptions): SpanStage {
  const { clock = systemClock } = options;
  const perSecond = numberOption('spansPerSecond', options.spansPerSecond, 1, {
    min: Number.MIN_VALUE,
  });
  const burst = numberOption('burst', options.burst, Math.max(1, perSecond * 10), { min: 1 });
  const maxNames = numberOption('maxNames', options.maxNames, 1000, { min: 1, integer: true });
  return (next, report) => {
    const byName = new Map<string, Bucket>();
    const shared: Bucket = { tokens: burst, filledAt: clock.monotonicMillis() };
    const bucketOf = ({ name }: ReadableSpan, now: number): Bucket => {
      let bucket = byName.get(name);
      if (bucket === undefined) {
        if (byName.size >= maxNames) return shared;
        byName.set(name, (bucket = { tokens: burst, filledAt: now }));
      }
      return bucket;
    };
    return {
      onEnd(span) {
        if (span.status.code === ERROR) {
          next.onEnd(span);
          return;
        }
        const now = clock.monotonicMillis();
        const bucket = bucketOf(span, now);
        const gained = ((now - bucket.filledAt) * perSecond) / 1000;
        bucket.tokens = Math.min(burst, bucket.tokens + gained);
        bucket.filledAt = now;
        if (bucket.tokens < 1) {
          report.dropped('rate_limited', 1);
          return;
        }
        bucket.tokens--;
        next.onEnd(span);
      },
    };
  };
}
