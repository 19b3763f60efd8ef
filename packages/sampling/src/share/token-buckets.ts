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
 * A token bucket for each key, full at first. Remembers 1000 of them; with more, the one used longest ago is forgotten,
 * and would be full again: someone who makes up keys gets a burst for each, but no memory.
 */
export class TokenBuckets {
  readonly #perMillisecond: number;
  readonly #burst: number;
  readonly #clock: Clock;
  // In order of their last use.
  readonly #buckets = new Map<string, Bucket>();

  constructor({ perSecond, burst = Math.max(1, perSecond), clock }: TokenBucketsOptions) {
    this.#perMillisecond = perSecond / 1000;
    this.#burst = burst;
    this.#clock = clock;
  }

  /** Takes a token out of the bucket. False where there is none. */
  take(key: string): boolean {
    const bucket = this.#filled(key);
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }

  #filled(key: string): Bucket {
    const now = this.#clock.monotonicMillis();
    const known = this.#buckets.get(key);
    const bucket = known ?? { tokens: this.#burst, filledAt: now };
    const income = (now - bucket.filledAt) * this.#perMillisecond;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + income);
    bucket.filledAt = now;
    if (known !== undefined) this.#buckets.delete(key);
    else if (this.#buckets.size >= MAX_BUCKETS) this.#forgetOldest();
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #forgetOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
