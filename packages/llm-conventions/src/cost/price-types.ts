/** Prices in micro-USD per million tokens, which is the list price in USD per million tokens times a million. */
export interface Price {
  /** First day of this price, UTC, as `YYYY-MM-DD`. It holds until the next one of the same model. */
  readonly from: string;
  readonly input: number;
  /** Absent for a model without text output, such as an embedding model. */
  readonly output?: number;
  readonly cacheRead?: number;
  /** Kept for five minutes. */
  readonly cacheWrite?: number;
  readonly cacheWriteOneHour?: number;
  /** Longest input this price is for; above it the cost is unknown. */
  readonly maxInputTokens?: number;
}

export interface ModelPrices {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  /** Model id without a date. `gpt-5` also stands for `gpt-5-2025-08-07`. */
  readonly model: string;
  /** Oldest first. */
  readonly prices: readonly Price[];
  /** Where the price was read, and when. */
  readonly source: string;
}

export interface PriceTable {
  /** Stands on every span whose cost was computed with it. */
  readonly version: string;
  readonly models: readonly ModelPrices[];
}
