/**
 * Prices in micro-USD per million tokens, which is the list price in USD per million tokens times a million. A
 * member that is absent has no price: tokens of that kind make the cost unknown, except where a comment says which
 * price stands in.
 */
export interface TokenPrices {
  /** Text, and every modality without a price of its own. */
  readonly input: number;
  /** Absent for a model without output, such as an embedding model. */
  readonly output?: number;
  readonly cacheRead?: number;
  /** Kept for five minutes. */
  readonly cacheWrite?: number;
  readonly cacheWriteOneHour?: number;
  /** Absent: `output`, as nearly everywhere. */
  readonly reasoning?: number;
  /** Absent: `input`. */
  readonly audioInput?: number;
  /** Absent: `output`. */
  readonly audioOutput?: number;
  /** Absent: `cacheRead`. */
  readonly audioCacheRead?: number;
  /** Absent: `input`. */
  readonly imageInput?: number;
  /** Absent: `output`. */
  readonly imageOutput?: number;
  /** Absent: `cacheRead`. */
  readonly imageCacheRead?: number;
}

/** The tier a call is served in. */
export type PriceTier = 'standard' | 'batch' | 'flex' | 'priority';

/** Other prices above a length of the input. They hold for all tokens of the call. */
export interface LongInputPrices extends TokenPrices {
  /** For calls with more input tokens than this. */
  readonly above: number;
}

export interface TierPrices extends TokenPrices {
  /**
   * By rising `above`. Absent: an input of any length has the same price; in a tier of a model whose standard price has
   * some, an input of such a length has none.
   */
  readonly longInput?: readonly LongInputPrices[];
}

/** When peak prices hold, in UTC. */
export interface PeakTimes {
  /** From the first hour of a pair up to the second. */
  readonly hours: readonly (readonly [number, number])[];
  /** Days of the week, 0 is Sunday. Absent: all. */
  readonly weekdays?: readonly number[];
  /** Days on which they do not hold, as `YYYY-MM-DD`. */
  readonly except?: readonly string[];
}

export interface PeakPrices extends TierPrices {
  readonly at: PeakTimes;
}

export interface Price extends TierPrices {
  /**
   * First day of this price, UTC, as `YYYY-MM-DD`, or its first minute, as `YYYY-MM-DDTHH:MMZ`. It holds until the next one
   * of the same model.
   */
  readonly from: string;
  /** First day on which it no longer holds although none follows; from then on the cost is unknown. */
  readonly until?: string;
  /** Longest input this price is for; above it the cost is unknown. */
  readonly maxInputTokens?: number;
  /** Prices of the standard tier at some hours. */
  readonly peak?: PeakPrices;
  /** Prices of other tiers. A tier that is absent has no price. */
  readonly batch?: TierPrices;
  readonly flex?: TierPrices;
  readonly priority?: TierPrices;
}

export interface ModelPrices {
  /** As in `gen_ai.provider.name`. */
  readonly provider: string;
  /** Model id without a date. `gpt-5` also stands for `gpt-5-2025-08-07`. */
  readonly model: string;
  /** Other ids of the same model. */
  readonly aliases?: readonly string[];
  /**
   * Only for calls to this server (`server.address`), where the price depends on the endpoint and the id of the model does
   * not tell it. Absent: whatever the server.
   */
  readonly serverAddress?: string | undefined;
  /**
   * Hosts of the provider's own API, each with those below it; a label `*` stands for any one label. Others speak the same
   * API and serve models of the same name at prices of their own: a call to another `server.address` has no price. A call
   * whose `server.address` is not known has this one. Absent: whatever the server.
   */
  readonly ownServers?: readonly string[] | undefined;
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
