const MILLION = 1_000_000;

/** A sum of money. */
export interface Amount {
  /** Whole micro-USD, rounded once, half up. For a single call: sums of it drift. */
  readonly microUsd: number;
  /** Micro-USD with up to six digits after the point, not rounded. This is what is added up. */
  readonly exactMicroUsd: number;
}

/**
 * The sum of tokens x price / 1,000,000. Whole millions of tokens are taken out first, so that
 * every product stays below 2^53 and is exact.
 */
export class PriceSum {
  #whole = 0;
  #rest = 0;
  #known = true;

  /** Tokens that are fewer than none contradict each other, and tokens without a price have no cost. */
  add(tokens: number, price: number | undefined): void {
    if (tokens === 0) return;
    if (price === undefined || tokens < 0) {
      this.#known = false;
      return;
    }
    this.#whole += Math.floor(tokens / MILLION) * price;
    this.#rest += (tokens % MILLION) * price;
  }

  /** Undefined where a part of the sum is not known. */
  total(): Amount | undefined {
    if (!this.#known) return undefined;
    const whole = this.#whole + Math.floor(this.#rest / MILLION);
    const rest = this.#rest % MILLION;
    return {
      microUsd: rest * 2 >= MILLION ? whole + 1 : whole,
      exactMicroUsd: whole + rest / MILLION,
    };
  }
}
