import {
  type Clock,
  InvalidOptionError,
  type OptionKeys,
  type SpanStage,
  systemClock,
} from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';
import { checkClock } from '../owner-options.ts';

export interface SpanRateLimitOptions {
  /** Spans of one name that pass in a second, in the long run. */
  readonly perSecond: number;
  /** Spans of one name that pass at once after a quiet time. @defaultValue ten seconds' worth, at least 1 */
  readonly burst?: number | undefined;
  /** Names that are told apart; all further ones count as one. @defaultValue 1000 */
  readonly maxNames?: number | undefined;
  readonly clock?: Clock | undefined;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

const known: OptionKeys<SpanRateLimitOptions> = {
  perSecond: true,
  burst: true,
  maxNames: true,
  clock: true,
};

/**
 * A stage against floods: a loop that makes the same span a million times costs what `perSecond` allows, and keeps no
 * other span out. What does not pass is dropped and counted as `rate_limited`. It cuts traces apart: a sampling
 * policy is the better means for everything but a mistake.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function spanRateLimit(options: SpanRateLimitOptions): SpanStage {
  knownOptions(options, known);
  checkClock(options.clock);
  const { clock = systemClock } = options;
  if ((options.perSecond as number | undefined) === undefined)
    throw new InvalidOptionError({
      option: 'perSecond',
      value: undefined,
      use: 'how many spans of one name pass in a second',
    });
  const perSecond = numberOption('perSecond', options.perSecond, 0);
  if (perSecond === 0)
    throw new InvalidOptionError({
      option: 'perSecond',
      value: 0,
      use: 'a number above 0, 0.1 for one in ten seconds; to drop all spans of a name use a sampling policy',
    });
  const burst = numberOption('burst', options.burst, Math.max(perSecond * 10, 1), { min: 1 });
  const maxNames = numberOption('maxNames', options.maxNames, 1000, { min: 0, integer: true });
  return (next, report) => {
    const buckets = new Map<string, Bucket>();
    const others: Bucket = { tokens: burst, filledAt: clock.monotonicMillis() };

    const bucketOf = (name: string, now: number): Bucket => {
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        if (buckets.size >= maxNames) return others;
        buckets.set(name, (bucket = { tokens: burst, filledAt: now }));
      }
      return bucket;
    };

    return {
      onEnd(span) {
        const now = clock.monotonicMillis();
        const bucket = bucketOf(span.name, now);
        const earned = ((now - bucket.filledAt) / 1000) * perSecond;
        bucket.tokens = Math.min(burst, bucket.tokens + earned);
        bucket.filledAt = now;
        if (bucket.tokens < 1) {
          report.dropped('rate_limited', 1);
          return;
        }
        bucket.tokens -= 1;
        next.onEnd(span);
      },
    };
  };
}
