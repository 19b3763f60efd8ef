import { tokenCount, type Usage } from '../usage/usage.ts';
import type { TierPrices, TokenPrices } from './price-types.ts';
import { type Amount, PriceSum } from './price-sum.ts';

/** What a usage costs. Undefined where the usage is incomplete or a part of it has no price. */
export function pricedUsage(usage: Usage, tier: TierPrices): Amount | undefined {
  const input = tokenCount(usage.inputTokens);
  if (input === undefined) return undefined;
  const prices = tier.longInput?.findLast(({ above }) => input > above) ?? tier;
  const sum = new PriceSum();
  addInput(sum, input, usage, prices);
  addOutput(sum, usage, prices);
  return sum.total();
}

/**
 * Every input token is counted once: as read from the cache, written to it, sound, picture, or as plain input.
 */
function addInput(sum: PriceSum, input: number, usage: Usage, prices: TokenPrices): void {
  const read = tokenCount(usage.cacheReadTokens) ?? 0;
  const written = tokenCount(usage.cacheWriteTokens) ?? 0;
  const oneHour = tokenCount(usage.cacheWriteOneHourTokens) ?? 0;
  for (const count of [usage.audioInputTokens, usage.imageInputTokens])
    if ((tokenCount(count) ?? 0) > input) sum.add(1, undefined);
  sum.add(written - oneHour, prices.cacheWrite);
  sum.add(oneHour, prices.cacheWriteOneHour);
  if (prices.audioInput === undefined && prices.imageInput === undefined) {
    sum.add(input - read - written, prices.input);
    sum.add(read, prices.cacheRead);
    return;
  }
  const audio = new Modality(
    prices.audioInput === undefined ? 0 : usage.audioInputTokens,
    usage.audioCacheReadTokens,
  );
  const image = new Modality(
    prices.imageInput === undefined ? 0 : usage.imageInputTokens,
    usage.imageCacheReadTokens,
  );
  // Which of the tokens came from the cache decides their price: without a word on it the cost is unknown.
  if (read > 0 && (audio.cacheUnknown || image.cacheUnknown)) {
    sum.add(read, undefined);
    return;
  }
  const audioUncached = audio.tokens - audio.cached;
  const imageUncached = image.tokens - image.cached;
  sum.add(input - read - written - audioUncached - imageUncached, prices.input);
  sum.add(audioUncached, prices.audioInput);
  sum.add(imageUncached, prices.imageInput);
  sum.add(read - audio.cached - image.cached, prices.cacheRead);
  sum.add(audio.cached, prices.audioCacheRead ?? prices.cacheRead);
  sum.add(image.cached, prices.imageCacheRead ?? prices.cacheRead);
}

class Modality {
  readonly tokens: number;
  readonly cached: number;
  readonly cacheUnknown: boolean;

  constructor(tokens: number | undefined, cached: number | undefined) {
    this.tokens = tokenCount(tokens) ?? 0;
    // None where the modality has no price of its own: it then counts with everything else.
    this.cached = this.tokens === 0 ? 0 : (tokenCount(cached) ?? 0);
    this.cacheUnknown = this.tokens > 0 && tokenCount(cached) === undefined;
  }
}

function addOutput(sum: PriceSum, usage: Usage, prices: TokenPrices): void {
  // An embedding has no output to pay for.
  if (prices.output === undefined) return;
  const output = tokenCount(usage.outputTokens);
  if (output === undefined) {
    sum.add(1, undefined);
    return;
  }
  // What contradicts itself has no price, also where its parts have none of their own.
  for (const count of [usage.reasoningTokens, usage.audioOutputTokens, usage.imageOutputTokens])
    if ((tokenCount(count) ?? 0) > output) sum.add(1, undefined);
  const part = (tokens: number | undefined, price: number | undefined): number =>
    price === undefined ? 0 : (tokenCount(tokens) ?? 0);
  const reasoning = part(usage.reasoningTokens, prices.reasoning);
  const audio = part(usage.audioOutputTokens, prices.audioOutput);
  const image = part(usage.imageOutputTokens, prices.imageOutput);
  sum.add(output - reasoning - audio - image, prices.output);
  sum.add(reasoning, prices.reasoning);
  sum.add(audio, prices.audioOutput);
  sum.add(image, prices.imageOutput);
}
