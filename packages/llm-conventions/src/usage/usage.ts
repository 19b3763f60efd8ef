/**
 * Token usage in one form for every provider. A part that the provider did not report is absent, never zero.
 * `inputTokens` and `outputTokens` are totals: the other counts are parts of them.
 */
export interface Usage {
  /** All input tokens, those read from and written to the provider's cache included. */
  readonly inputTokens?: number | undefined;
  /** All output tokens, reasoning included. */
  readonly outputTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly cacheReadTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly cacheWriteTokens?: number | undefined;
  /** Part of `cacheWriteTokens`: written to be kept for an hour instead of five minutes. */
  readonly cacheWriteOneHourTokens?: number | undefined;
  /** Part of `outputTokens`. */
  readonly reasoningTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly textInputTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly audioInputTokens?: number | undefined;
  /** Part of `inputTokens`. */
  readonly imageInputTokens?: number | undefined;
  /** Part of `outputTokens`. */
  readonly textOutputTokens?: number | undefined;
  /** Part of `outputTokens`. */
  readonly audioOutputTokens?: number | undefined;
  /** Part of `outputTokens`. */
  readonly imageOutputTokens?: number | undefined;
  /** Part of `cacheReadTokens` and of `textInputTokens`. */
  readonly textCacheReadTokens?: number | undefined;
  /** Part of `cacheReadTokens` and of `audioInputTokens`. */
  readonly audioCacheReadTokens?: number | undefined;
  /** Part of `cacheReadTokens` and of `imageInputTokens`. */
  readonly imageCacheReadTokens?: number | undefined;
}

/** A count of tokens, or undefined for anything that is none: NaN, a fraction, a negative number, text. */
export function tokenCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The sum of the counts that are there; undefined where none is. */
export function sumOfKnown(...counts: readonly (number | undefined)[]): number | undefined {
  let sum: number | undefined;
  for (const count of counts) if (count !== undefined) sum = (sum ?? 0) + count;
  return sum;
}

/**
 * `earlier` with what `later` reports laid over it. Streams report usage in several chunks, each with the
 * totals so far. Values that are no token counts are left out.
 */
export function mergeUsage(earlier: Usage | undefined, later: Usage): Usage {
  // Written out: it runs once per call, and a loop over keys is several times slower.
  const totals = {
    inputTokens: tokenCount(later.inputTokens) ?? earlier?.inputTokens,
    outputTokens: tokenCount(later.outputTokens) ?? earlier?.outputTokens,
    cacheReadTokens: tokenCount(later.cacheReadTokens) ?? earlier?.cacheReadTokens,
    cacheWriteTokens: tokenCount(later.cacheWriteTokens) ?? earlier?.cacheWriteTokens,
    cacheWriteOneHourTokens:
      tokenCount(later.cacheWriteOneHourTokens) ?? earlier?.cacheWriteOneHourTokens,
    reasoningTokens: tokenCount(later.reasoningTokens) ?? earlier?.reasoningTokens,
  };
  if (!isSplit(later) && (earlier === undefined || !isSplit(earlier))) return totals;
  return {
    ...totals,
    textInputTokens: tokenCount(later.textInputTokens) ?? earlier?.textInputTokens,
    audioInputTokens: tokenCount(later.audioInputTokens) ?? earlier?.audioInputTokens,
    imageInputTokens: tokenCount(later.imageInputTokens) ?? earlier?.imageInputTokens,
    textOutputTokens: tokenCount(later.textOutputTokens) ?? earlier?.textOutputTokens,
    audioOutputTokens: tokenCount(later.audioOutputTokens) ?? earlier?.audioOutputTokens,
    imageOutputTokens: tokenCount(later.imageOutputTokens) ?? earlier?.imageOutputTokens,
    textCacheReadTokens: tokenCount(later.textCacheReadTokens) ?? earlier?.textCacheReadTokens,
    audioCacheReadTokens: tokenCount(later.audioCacheReadTokens) ?? earlier?.audioCacheReadTokens,
    imageCacheReadTokens: tokenCount(later.imageCacheReadTokens) ?? earlier?.imageCacheReadTokens,
  };
}

/** Whether a usage says which of its tokens are text, sound or pictures. Most do not. */
export function isSplit(usage: Usage): boolean {
  return (
    (usage.textInputTokens ??
      usage.audioInputTokens ??
      usage.imageInputTokens ??
      usage.textOutputTokens ??
      usage.audioOutputTokens ??
      usage.imageOutputTokens ??
      usage.textCacheReadTokens ??
      usage.audioCacheReadTokens ??
      usage.imageCacheReadTokens) !== undefined
  );
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `usage` without the counts it does not have; undefined where neither input nor output is known. */
export function knownUsage(usage: Usage): Usage | undefined {
  if (usage.inputTokens === undefined && usage.outputTokens === undefined) return undefined;
  const known: Mutable<Usage> = {};
  // Written out for the same reason; few usages are split.
  if (usage.inputTokens !== undefined) known.inputTokens = usage.inputTokens;
  if (usage.outputTokens !== undefined) known.outputTokens = usage.outputTokens;
  if (usage.cacheReadTokens !== undefined) known.cacheReadTokens = usage.cacheReadTokens;
  if (usage.cacheWriteTokens !== undefined) known.cacheWriteTokens = usage.cacheWriteTokens;
  if (usage.cacheWriteOneHourTokens !== undefined)
    known.cacheWriteOneHourTokens = usage.cacheWriteOneHourTokens;
  if (usage.reasoningTokens !== undefined) known.reasoningTokens = usage.reasoningTokens;
  if (isSplit(usage))
    for (const name of Object.keys(usage) as (keyof Usage)[])
      if (usage[name] !== undefined) known[name] = usage[name];
  return known;
}

/** Whether it lacks its input or its output. */
export function isPartial(usage: Usage | undefined): boolean {
  return usage?.inputTokens === undefined || usage.outputTokens === undefined;
}

/** Whether two tell the same input and the same output, or both of neither. */
export function haveSameTotals(one: Usage | undefined, other: Usage | undefined): boolean {
  return one?.inputTokens === other?.inputTokens && one?.outputTokens === other?.outputTokens;
}

/** What two calls used together; what neither tells is missing. */
export function sumOfUsages(one: Usage | undefined, other: Usage | undefined): Usage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const sum: Mutable<Usage> = { ...one };
  for (const name of Object.keys(other) as (keyof Usage)[])
    sum[name] = sumOfKnown(one[name], other[name]);
  return sum;
}

/** What is left of `sum` without `part`; what is less in it is none of a sum. */
export function restOfUsage(sum: Usage, part: Usage | undefined): Usage {
  if (part === undefined) return sum;
  const rest: Mutable<Usage> = {};
  for (const name of Object.keys(sum) as (keyof Usage)[])
    rest[name] = tokenCount((tokenCount(sum[name]) ?? Number.NaN) - (part[name] ?? 0));
  return rest;
}

/** What `usage` tells beyond `told`, where that lacks its input or its output; undefined where it has both. */
export function usageBeyond(usage: Usage, told: Usage): Usage | undefined {
  const lacks = (name: 'inputTokens' | 'outputTokens'): boolean =>
    told[name] === undefined && usage[name] !== undefined;
  if (!lacks('inputTokens') && !lacks('outputTokens')) return undefined;
  const names = Object.keys(usage) as (keyof Usage)[];
  return Object.fromEntries(
    names.filter((name) => told[name] === undefined).map((name) => [name, usage[name]]),
  );
}
