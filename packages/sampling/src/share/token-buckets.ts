import type { Clock } from '@llm-otel/core';

const MAX_BUCKETS = 1000;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export interface TokenBucketsOptions {
  readonly perSecond: number;
  /** @defaultValue `perSecond`, but at least 1 */
  readonly burst?: number | undefined;
  readonly clock: Clock;
}

/**
 * A token bucket for each key, full at first. Remembers 1000 of them. With more keys than that, one that is full again
 * makes room; where there is none, newcomers share one bucket, so that no number of keys gets more than 1001 times the
 * rate. A key that comes out of the shared bucket starts with what that one has left: it may have had the rest itself.
 */
export class TokenBuckets {
  readonly #perMillisecond: number;
  readonly #burst: number;
  readonly #clock: Clock;
  // In order of their last use.
  readonly #buckets = new Map<string, Bucket>();
  #shared: Bucket | undefined;

  constructor({ perSecond, burst = Math.max(1, perSecond), clock }: TokenBucketsOptions) {
    this.#perMillisecond = perSecond / 1000;
    this.#burst = burst;
    this.#clock = clock;
  }

  /** Takes a token out of the bucket. False where there is none. */
  take(key: string): boolean {
    const bucket = this.#bucketOf(key, this.#clock.monotonicMillis());
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }

  #bucketOf(key: string, now: number): Bucket {
    const known = this.#buckets.get(key);
    if (known === undefined && !this.#hasRoom(now)) {
      this.#shared ??= { tokens: this.#burst, filledAt: now };
      return this.#fill(this.#shared, now);
    }
    if (known !== undefined) this.#buckets.delete(key);
    const bucket = known === undefined ? this.#newBucket(now) : this.#fill(known, now);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #newBucket(now: number): Bucket {
    const shared = this.#shared && this.#fill(this.#shared, now);
    return { tokens: shared?.tokens ?? this.#burst, filledAt: now };
  }

  #fill(bucket: Bucket, now: number): Bucket {
    const income = (now - bucket.filledAt) * this.#perMillisecond;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + income);
    bucket.filledAt = now;
    return bucket;
  }

  /** Forgets the bucket that was used longest ago where there are too many, but only if it is full, like a new one. */
  #hasRoom(now: number): boolean {
    if (this.#buckets.size < MAX_BUCKETS) return true;
    const [oldest] = this.#buckets;
    if (oldest === undefined || this.#fill(oldest[1], now).tokens < this.#burst) return false;
    return this.#buckets.delete(oldest[0]);
  }
}
