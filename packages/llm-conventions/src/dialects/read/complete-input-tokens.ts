import {
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_LLM_OTEL_USAGE_CACHE_WRITE_ONE_HOUR_INPUT_TOKENS,
} from '../../generated/attributes.ts';
import {
  GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC as ANTHROPIC,
  GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK as BEDROCK,
} from '../../generated/values.ts';
import { parsedJson } from '../../messages/parts.ts';
import { type AiSdkCache, cacheFromAiSdk } from '../../usage/ai-sdk-cache.ts';
import { tokenCount } from '../../usage/usage.ts';
import type { DialectReading } from '../dialect-reading.ts';

/**
 * Anthropic's API and Bedrock's leave out of the input what their cache was read or written for, and some libraries pass
 * that on. Which ones is known by library, version and provider: sizes tell nothing, because an input without the cache
 * may be larger than the cache.
 */
export function completeInputTokens(reading: DialectReading): void {
  const cache = cacheOfAiSdkBeforeSix(reading);
  if (cache === undefined && !isOfOpenLlmetry(reading)) return;
  const input = tokenCount(reading.peek(ATTR_GEN_AI_USAGE_INPUT_TOKENS));
  if (input === undefined) return;
  if (cache !== undefined) {
    reading.set(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cache.cacheReadTokens);
    reading.set(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, cache.cacheWriteTokens);
    reading.set(
      ATTR_LLM_OTEL_USAGE_CACHE_WRITE_ONE_HOUR_INPUT_TOKENS,
      cache.cacheWriteOneHourTokens,
    );
  }
  const read = tokenCount(reading.peek(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS)) ?? 0;
  const written = tokenCount(reading.peek(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS)) ?? 0;
  const uncached = cache?.uncachedTokens;
  // Spans for objects are the same in version 6, where the input is the total.
  if (uncached !== undefined && uncached + read + written === input) return;
  reading.put(ATTR_GEN_AI_USAGE_INPUT_TOKENS, input + read + written);
}

/**
 * Version 6 tells apart what came from no cache, and then its input is the total. Version 5, and a model made for version 5
 * in version 6, pass on what the provider's package counted: what came from the cache stands on a span that is streamed,
 * and on any other in what the provider told beside it.
 */
function cacheOfAiSdkBeforeSix(reading: DialectReading): AiSdkCache | undefined {
  const { attributes } = reading.span;
  const provider = attributes['ai.model.provider'];
  const isSplit = ['noCacheTokens', 'cacheReadTokens', 'cacheWriteTokens'].some(
    (part) => attributes[`ai.usage.inputTokenDetails.${part}`] !== undefined,
  );
  if (typeof provider !== 'string' || !/anthropic|bedrock/.test(provider) || isSplit)
    return undefined;
  return cacheFromAiSdk(parsedJson(reading.peek('ai.response.providerMetadata')));
}

const ANTHROPIC_IN_PYTHON = 'opentelemetry.instrumentation.anthropic';
const BEDROCK_IN_PYTHON = 'opentelemetry.instrumentation.bedrock';

/**
 * Its packages for Node.js pass the counts on. In Python that for Anthropic adds them up since it has told the cache, in
 * version 0.33, and that for Bedrock does not (checked with 0.62).
 */
function isOfOpenLlmetry(reading: DialectReading): boolean {
  const { attributes, instrumentationScope } = reading.span;
  const { name } = instrumentationScope;
  const provider = reading.peek(ATTR_GEN_AI_PROVIDER_NAME);
  if (name === BEDROCK_IN_PYTHON) return true;
  if (name === ANTHROPIC_IN_PYTHON || (provider !== ANTHROPIC && provider !== BEDROCK))
    return false;
  return (
    name.startsWith('@traceloop/') ||
    // Where a collector or a proxy has changed the scope, its earlier names are left.
    attributes['gen_ai.usage.cache_read_input_tokens'] !== undefined ||
    attributes['gen_ai.usage.cache_creation_input_tokens'] !== undefined
  );
}
