import {
  ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_USAGE_CACHE_WRITE_ONE_HOUR_INPUT_TOKENS,
} from '../generated/attributes.ts';
import { tokenCount, type Usage } from './usage.ts';

/** The attribute of each count. */
export const USAGE_ATTRIBUTES: readonly (readonly [keyof Usage, string])[] = [
  ['inputTokens', ATTR_GEN_AI_USAGE_INPUT_TOKENS],
  ['outputTokens', ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
  ['cacheReadTokens', ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS],
  ['cacheWriteTokens', ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS],
  ['cacheWriteOneHourTokens', ATTR_LLM_OTEL_USAGE_CACHE_WRITE_ONE_HOUR_INPUT_TOKENS],
  ['reasoningTokens', ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS],
  ['textInputTokens', ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS],
  ['audioInputTokens', ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS],
  ['imageInputTokens', ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS],
  ['textOutputTokens', ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS],
  ['audioOutputTokens', ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS],
  ['imageOutputTokens', ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS],
  ['textCacheReadTokens', ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS],
  ['audioCacheReadTokens', ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS],
  ['imageCacheReadTokens', ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS],
];

/** The usage that a span's attributes tell; undefined where there is none. */
export function usageFromAttributes(
  attributes: Readonly<Record<string, unknown>>,
): Usage | undefined {
  const counts = USAGE_ATTRIBUTES.flatMap(([key, name]) => {
    const tokens = tokenCount(attributes[name]);
    return tokens === undefined ? [] : [[key, tokens] as const];
  });
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}
