import { InvalidOptionError, nearestName } from '@llm-otel/core';
import { checkPeakTimes } from './peak-times.ts';
import type { ModelPrices, Price, TokenPrices } from './price-types.ts';

const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}Z)?$/;

/**
 * Whether the prices of some models that were given can be right. They may come from JSON, so the compiler has not seen them.
 * @throws {@link InvalidOptionError}
 */
export function checkModels(models: readonly ModelPrices[]): void {
  if (!isList(models)) refuse('models', models, 'a list of models with their prices');
  const seen = new Set<string>();
  for (const entry of models) {
    if (!isObject(entry))
      refuse('models', entry, 'objects with provider, model, prices and source');
    checkPrices(entry);
    const { provider, model, aliases = [], serverAddress, ownServers } = entry;
    // The same name may have other prices at other servers.
    for (const name of new Set([model, ...aliases])) {
      const key = JSON.stringify([provider, name, serverAddress, ownServers]);
      if (seen.has(key))
        refuse(
          `model of ${provider}`,
          name,
          'one entry for each name: all prices of a model stand in the `prices` of one, by the day from which they hold',
        );
      seen.add(key);
    }
  }
}

function checkPrices(entry: ModelPrices): void {
  const { provider, model, aliases, prices, source } = entry;
  checkName('provider', provider);
  checkName('model', model);
  checkMembers(`${provider} ${model}`, entry, MODEL_MEMBERS);
  if (typeof source !== 'string' || source === '')
    refuse(
      `source of ${provider} ${model}`,
      source,
      'where the price is from, as text: it is what `priceSource` of a cost tells',
    );
  const option = `prices of ${provider} ${model}`;
  if (aliases !== undefined && !isList(aliases))
    refuse(`aliases of ${provider} ${model}`, aliases, 'a list of other ids of the model');
  if (!isList(prices) || prices.length === 0)
    refuse(option, prices, 'a list with at least one price');
  let before = '';
  for (const price of prices) {
    if (!isObject(price))
      refuse(option, price, 'objects such as { from: "2026-01-01", input: 1_000_000 }');
    if (!isDay(price.from) || price.from <= before)
      refuse(`${option}, from`, price.from, 'a day as YYYY-MM-DD, the oldest price first');
    before = price.from;
    checkPrice(option, price);
  }
}

function checkPrice(option: string, price: Price): void {
  const { until, from, maxInputTokens, peak } = price;
  if (until !== undefined && !(isDay(until) && until > from))
    refuse(`${option}, until`, until, 'a day as YYYY-MM-DD after the one in `from`');
  if (maxInputTokens !== undefined) checkTokens(`${option}, maxInputTokens`, maxInputTokens);
  checkTokenPrices(option, price, PRICE_MEMBERS);
  for (const tier of ['batch', 'flex', 'priority', 'peak'] as const)
    if (price[tier] !== undefined)
      checkTokenPrices(
        `${option}, ${tier}`,
        price[tier],
        tier === 'peak' ? ['at', 'longInput'] : ['longInput'],
      );
  if (peak !== undefined) checkPeakTimes(option, peak.at);
}

const MODEL_MEMBERS: readonly (keyof ModelPrices)[] = [
  'provider',
  'model',
  'aliases',
  'serverAddress',
  'ownServers',
  'prices',
  'source',
];

/** Those of a price that are none of its amounts. */
const PRICE_MEMBERS: readonly (keyof Price)[] = [
  'from',
  'until',
  'maxInputTokens',
  'longInput',
  'batch',
  'flex',
  'priority',
  'peak',
];

const AMOUNTS: Readonly<Record<keyof TokenPrices, true>> = {
  input: true,
  output: true,
  cacheRead: true,
  cacheWrite: true,
  cacheWriteOneHour: true,
  reasoning: true,
  audioInput: true,
  audioOutput: true,
  audioCacheRead: true,
  imageInput: true,
  imageOutput: true,
  imageCacheRead: true,
};

/** A misspelt price would be no price: tokens of its kind would cost nothing or make the cost unknown. */
function checkMembers(option: string, object: object, members: readonly string[]): void {
  for (const name of Object.keys(object))
    if (!members.includes(name)) {
      const near = nearestName(name, members);
      const use = near === undefined ? `one of ${members.join(', ')}` : `\`${near}\``;
      refuse(`a member of ${option}`, name, use);
    }
}

/** `others` are the members beside the amounts. */
function checkTokenPrices(option: string, prices: object, others: readonly string[]): void {
  if (!isObject(prices))
    refuse(option, prices, 'an object of prices, such as { input: 1_000_000, output: 8_000_000 }');
  checkMembers(option, prices, [...Object.keys(AMOUNTS), ...others]);
  const { longInput, ...members } = { input: undefined, ...prices } as Record<string, unknown>;
  for (const [name, value] of Object.entries(members))
    if (name in AMOUNTS && (value !== undefined || name === 'input'))
      if (!(Number.isSafeInteger(value) && (value as number) >= 0))
        refuse(
          `${option}, ${name}`,
          value,
          'a whole number of micro-USD per million tokens (USD per million tokens times 1,000,000)',
        );
  if (longInput !== undefined) checkLongInput(option, longInput);
}

function checkLongInput(option: string, longInput: unknown): void {
  if (!isList(longInput))
    refuse(`${option}, longInput`, longInput, 'a list of prices, each with its `above`');
  let before = 0;
  for (const prices of longInput as readonly { readonly above: number }[]) {
    if (!isObject(prices)) refuse(`${option}, longInput`, prices, 'objects, each with its `above`');
    const { above } = prices;
    checkTokens(`${option}, longInput, above`, above);
    if (above <= before) refuse(`${option}, longInput, above`, above, 'rising numbers of tokens');
    before = above;
    checkTokenPrices(`${option}, longInput above ${above}`, prices, ['above']);
  }
}

function checkName(option: string, name: unknown): void {
  if (typeof name !== 'string' || name === '')
    refuse(option, name, `the ${option} whose prices these are, as text`);
}

function checkTokens(option: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) <= 0)
    refuse(option, value, 'the number of input tokens, a whole number above 0');
}

function isDay(day: unknown): boolean {
  if (typeof day !== 'string' || !DAY.test(day)) return false;
  const millis = Date.parse(day);
  // The thirtieth of February would be read as the second of March.
  return (
    !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day.slice(0, DAY_LENGTH))
  );
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function refuse(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}
