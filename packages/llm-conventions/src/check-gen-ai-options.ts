import { InvalidOptionError } from '@llm-otel/core';
import type { PriceTable } from './cost/price-types.ts';
import type { Tokenizer } from './usage/estimate-usage.ts';

interface CheckedOptions {
  readonly tokenizer?: Tokenizer | undefined;
  readonly prices?: PriceTable | false | undefined;
}

/**
 * Whether options can be what their types say: where plain JavaScript gives other ones, no call would have what they are for.
 * @throws {@link InvalidOptionError}
 */
export function checkGenAiOptions({ tokenizer, prices }: CheckedOptions): void {
  if (tokenizer !== undefined && !isTokenizer(tokenizer))
    throw new InvalidOptionError({
      option: 'tokenizer',
      value: tokenizer,
      use: 'an object with the method countTokens(text) or encode(text), such as the module gpt-tokenizer',
    });
  if (prices !== undefined && prices !== false && !isPriceTable(prices))
    throw new InvalidOptionError({
      option: 'prices',
      value: prices,
      use: 'the table that withPrices([...], { version }) makes, or false for no cost',
    });
}

function isTokenizer(value: unknown): boolean {
  const tokenizer = Object(value) as { countTokens?: unknown; encode?: unknown };
  return typeof tokenizer.countTokens === 'function' || typeof tokenizer.encode === 'function';
}

/** Does not ask a getter for the models: tables are read when they are first needed. */
function isPriceTable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('models' in value)) return false;
  const models = Object.getOwnPropertyDescriptor(value, 'models');
  if (models !== undefined && 'value' in models && !Array.isArray(models.value)) return false;
  return 'version' in value && typeof value.version === 'string';
}
