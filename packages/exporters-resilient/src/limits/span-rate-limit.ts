import {
  type Clock,
  FailureLog,
  InvalidOptionError,
  type OptionKeys,
  type SpanStage,
  systemClock,
} from '@llm-otel/core';
import { FirstDrop } from '../delivery/first-drop.ts';
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

interface Limit {
  readonly perSecond: number;
  readonly burst: number;
  readonly maxNames: number;
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
 * other span out. Spans that ended in an error have as much again to themselves: a storm of spans that are well does not drop the few
 * that are not, and one of errors is bounded all the same. What does not pass is dropped and counted as `rate_limited`. It cuts traces apart: a sampling
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
  const firstDrop = new FirstDrop(new FailureLog());
  return (next, report) => {
    const limit = { perSecond, burst, maxNames };
    const now = clock.monotonicMillis();
    const spans = new Buckets(limit, now);
    const errors = new Buckets(limit, now);
    return {
      onEnd(span) {
        const { code }: { readonly code: number } = span.status;
        const buckets = code === ERROR ? errors : spans;
        if (buckets.take(span.name, clock.monotonicMillis())) {
          next.onEnd(span);
          return;
        }
        report.dropped('rate_limited', 1);
        firstDrop.tell(
          'rate_limited',
          `a span was dropped, more of its name came than the ${perSecond} in a second, or ${burst} at once, that spanRateLimit lets pass; perSecond and burst allow more`,
        );
      },
    };
  };
}

const ERROR = 2;

/** A bucket of tokens for each name, and one for all names that are too many. */
class Buckets {
  readonly #limit: Limit;
  readonly #ofName = new Map<string, Bucket>();
  readonly #others: Bucket;

  constructor(limit: Limit, now: number) {
    this.#limit = limit;
    this.#others = { tokens: limit.burst, filledAt: now };
  }

  /** Whether there was a token left. */
  take(name: string, now: number): boolean {
    const { perSecond, burst } = this.#limit;
    const bucket = this.#bucketOf(name, now);
    const earned = ((now - bucket.filledAt) / 1000) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + earned);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #bucketOf(name: string, now: number): Bucket {
    let bucket = this.#ofName.get(name);
    if (bucket === undefined) {
      if (this.#ofName.size >= this.#limit.maxNames) return this.#others;
      this.#ofName.set(name, (bucket = { tokens: this.#limit.burst, filledAt: now }));
    }
    return bucket;
  }
}
