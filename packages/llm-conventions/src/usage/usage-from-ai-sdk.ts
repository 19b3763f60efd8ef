import { readMember } from '../read-member.ts';
import { cacheFromAiSdk, cacheOfSteps } from './ai-sdk-cache.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/** What beside the usage tells how it is to be read: a result, or the last part of a stream. */
export interface AiSdkUsageSource {
  /** Of the model: `anthropic.messages`, `amazon-bedrock`. */
  readonly provider?: string | undefined;
  readonly providerMetadata?: unknown;
  /** Where the usage is the sum of several: each has metadata of its own. */
  readonly steps?: unknown;
}

/**
 * The `usage` of the Vercel AI SDK, versions 4 to 7, of a result or of a language model. Its input is a total
 * with the cache in it since version 6 (`inputTokenDetails`, or `{ total, noCache, … }` of a model). Versions 4 and 5
 * passed on what the provider counted, which for Anthropic and Bedrock leaves the cache out: give `source`, and it is added.
 */
export function usageFromAiSdk(raw: unknown, source: AiSdkUsageSource = {}): Usage | undefined {
  const input = readMember(raw, 'inputTokens');
  const output = readMember(raw, 'outputTokens');
  const inputDetails = readMember(raw, 'inputTokenDetails');
  const outputDetails = readMember(raw, 'outputTokenDetails');
  const inputTokens = tokenCount(input) ?? read(input, 'total') ?? read(raw, 'promptTokens');
  const cacheReadTokens =
    read(inputDetails, 'cacheReadTokens') ??
    read(input, 'cacheRead') ??
    read(raw, 'cachedInputTokens');
  const cacheWriteTokens = read(inputDetails, 'cacheWriteTokens') ?? read(input, 'cacheWrite');
  const told = {
    inputTokens,
    outputTokens: tokenCount(output) ?? read(output, 'total') ?? read(raw, 'completionTokens'),
    cacheReadTokens,
    cacheWriteTokens,
    reasoningTokens:
      read(outputDetails, 'reasoningTokens') ??
      read(output, 'reasoning') ??
      read(raw, 'reasoningTokens'),
  };
  const uncached = read(inputDetails, 'noCacheTokens') ?? read(input, 'noCache');
  return knownUsage(uncached === undefined ? withCache(told, raw, source) : told);
}

/** Version 6 tells what came from no cache: where nobody does, the input may be without the cache. */
function withCache(usage: Usage, raw: unknown, source: AiSdkUsageSource): Usage {
  const metadata = readMember(source, 'providerMetadata');
  const isKnown =
    /anthropic|bedrock/.test(String(readMember(source, 'provider'))) ||
    readMember(metadata, 'anthropic') !== undefined ||
    readMember(metadata, 'bedrock') !== undefined;
  if (!isKnown) return usage;
  const cache = cacheOfSteps(raw, source) ?? cacheFromAiSdk(metadata);
  const cacheReadTokens = usage.cacheReadTokens ?? cache.cacheReadTokens;
  const cacheWriteTokens = usage.cacheWriteTokens ?? cache.cacheWriteTokens;
  return {
    ...usage,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteOneHourTokens: cache.cacheWriteOneHourTokens,
    inputTokens:
      usage.inputTokens === undefined
        ? undefined
        : sumOfKnown(usage.inputTokens, cacheReadTokens, cacheWriteTokens),
  };
}

function read(group: unknown, key: string): number | undefined {
  return tokenCount(readMember(group, key));
}
