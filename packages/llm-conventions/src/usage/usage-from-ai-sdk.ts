import { readMember } from '../read-member.ts';
import { knownUsage, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of the Vercel AI SDK, versions 4 to 7, of a result or of a language model. Its input is a total
 * with the cache in it since version 6 (`inputTokenDetails`, or `{ total, noCache, … }` of a model). Version 5
 * passed on what the provider reported: read Anthropic's usage there with `usageFromAnthropic`.
 */
export function usageFromAiSdk(raw: unknown): Usage | undefined {
  const input = readMember(raw, 'inputTokens');
  const output = readMember(raw, 'outputTokens');
  const inputDetails = readMember(raw, 'inputTokenDetails');
  const outputDetails = readMember(raw, 'outputTokenDetails');
  const read = (group: unknown, key: string): number | undefined =>
    tokenCount(readMember(group, key));
  return knownUsage({
    inputTokens: tokenCount(input) ?? read(input, 'total') ?? read(raw, 'promptTokens'),
    outputTokens: tokenCount(output) ?? read(output, 'total') ?? read(raw, 'completionTokens'),
    cacheReadTokens:
      read(inputDetails, 'cacheReadTokens') ??
      read(input, 'cacheRead') ??
      read(raw, 'cachedInputTokens'),
    cacheWriteTokens: read(inputDetails, 'cacheWriteTokens') ?? read(input, 'cacheWrite'),
    reasoningTokens:
      read(outputDetails, 'reasoningTokens') ??
      read(output, 'reasoning') ??
      read(raw, 'reasoningTokens'),
  });
}
