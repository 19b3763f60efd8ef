import { readList, readMember } from '../read-member.ts';
import { sumOfKnown, tokenCount } from './usage.ts';

/** What a provider of the Vercel AI SDK told of its cache beside the usage. */
export interface AiSdkCache {
  readonly cacheReadTokens: number | undefined;
  readonly cacheWriteTokens: number | undefined;
  readonly cacheWriteOneHourTokens: number | undefined;
  /** Input that came from no cache. */
  readonly uncachedTokens: number | undefined;
}

/** Of the `providerMetadata` of an answer of Anthropic or Bedrock: the counts by name, or the usage as it came. */
export function cacheFromAiSdk(providerMetadata: unknown): AiSdkCache {
  const anthropic = readMember(providerMetadata, 'anthropic');
  const asItCame = readMember(anthropic, 'usage');
  const bedrock = readMember(readMember(providerMetadata, 'bedrock'), 'usage');
  return {
    cacheReadTokens:
      read(anthropic, 'cacheReadInputTokens') ??
      read(asItCame, 'cache_read_input_tokens') ??
      read(bedrock, 'cacheReadInputTokens'),
    cacheWriteTokens:
      read(anthropic, 'cacheCreationInputTokens') ??
      read(asItCame, 'cache_creation_input_tokens') ??
      read(bedrock, 'cacheWriteInputTokens'),
    cacheWriteOneHourTokens:
      read(readMember(asItCame, 'cache_creation'), 'ephemeral_1h_input_tokens') || undefined,
    uncachedTokens: read(asItCame, 'input_tokens'),
  };
}

/**
 * The same for the whole of several steps, each of which has metadata of its own. Only the last one's stand on the result.
 * Undefined where `usage` is not the sum of theirs, but that of the last one.
 */
export function cacheOfSteps(usage: unknown, source: unknown): AiSdkCache | undefined {
  const steps = readList(source, 'steps');
  if (
    steps.length < 2 ||
    !isSum(usage, steps, 'inputTokens') ||
    !isSum(usage, steps, 'outputTokens')
  )
    return undefined;
  const caches = steps.map((step) => cacheFromAiSdk(readMember(step, 'providerMetadata')));
  const sum = (name: keyof AiSdkCache): number | undefined =>
    sumOfKnown(...caches.map((cache) => cache[name]));
  return {
    cacheReadTokens: sum('cacheReadTokens'),
    cacheWriteTokens: sum('cacheWriteTokens'),
    cacheWriteOneHourTokens: sum('cacheWriteOneHourTokens'),
    uncachedTokens: sum('uncachedTokens'),
  };
}

function isSum(usage: unknown, steps: readonly unknown[], name: string): boolean {
  return (
    sumOfKnown(...steps.map((step) => read(readMember(step, 'usage'), name))) === read(usage, name)
  );
}

function read(group: unknown, key: string): number | undefined {
  return tokenCount(readMember(group, key));
}
