import { InvalidOptionError } from '@llm-otel/core';
import { checkPeakTimes } from './peak-times.ts';
import type { ModelPrices, Price } from './price-types.ts';

const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}Z)?$/;

/**
 * Whether prices that were given can be right. They may come from JSON, so the compiler has not seen them.
 * @throws {@link InvalidOptionError}
 */
export function checkPrices({ provider, model, aliases, prices }: ModelPrices): void {
  checkName('provider', provider);
  checkName('model', model);
  const option = `prices of ${provider} ${model}`;
  if (aliases !== undefined && !isList(aliases))
    refuse(`aliases of ${provider} ${model}`, aliases, 'a list of other ids of the model');
  if (!isList(prices) || prices.length === 0)
    refuse(option, prices, 'a list with at least one price');
  let before = '';
  for (const price of prices) {
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
  checkTokenPrices(option, price);
  for (const tier of ['batch', 'flex', 'priority', 'peak'] as const)
    if (price[tier] !== undefined) checkTokenPrices(`${option}, ${tier}`, price[tier]);
  if (peak !== undefined) checkPeakTimes(option, peak.at);
}

/** Members with a meaning of their own; every other one is a price. */
const NO_PRICES = new Set([
  'from',
  'until',
  'maxInputTokens',
  'above',
  'at',
  'batch',
  'flex',
  'priority',
  'peak',
]);

function checkTokenPrices(option: string, prices: object): void {
  if (typeof prices !== 'object' || prices === null)
    refuse(option, prices, 'an object of prices, such as { input: 1_000_000, output: 8_000_000 }');
  const { longInput, ...members } = { input: undefined, ...prices } as Record<string, unknown>;
  for (const [name, value] of Object.entries(members))
    if (!NO_PRICES.has(name) && (value !== undefined || name === 'input'))
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
    const { above } = prices;
    checkTokens(`${option}, longInput, above`, above);
    if (above <= before) refuse(`${option}, longInput, above`, above, 'rising numbers of tokens');
    before = above;
    checkTokenPrices(`${option}, longInput above ${above}`, prices);
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
  return typeof day === 'string' && DAY.test(day) && !Number.isNaN(Date.parse(day));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function refuse(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}
