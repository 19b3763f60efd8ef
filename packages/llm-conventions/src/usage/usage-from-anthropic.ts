import { readMember } from '../read-member.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of a message or of the `message_start` and `message_delta` events of a stream. Anthropic's
 * `input_tokens` leaves out what the cache was read or written for, so the three are added up.
 */
export function usageFromAnthropic(raw: unknown): Usage | undefined {
  const read = (key: string): number | undefined => tokenCount(readMember(raw, key));
  const uncached = read('input_tokens');
  const cacheReadTokens = read('cache_read_input_tokens');
  const cacheWriteTokens = read('cache_creation_input_tokens');
  return knownUsage({
    // Without the uncached part the sum would pass for a total.
    inputTokens:
      uncached === undefined ? undefined : sumOfKnown(uncached, cacheReadTokens, cacheWriteTokens),
    outputTokens: read('output_tokens'),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteOneHourTokens: tokenCount(
      readMember(readMember(raw, 'cache_creation'), 'ephemeral_1h_input_tokens'),
    ),
    reasoningTokens: tokenCount(
      readMember(readMember(raw, 'output_tokens_details'), 'thinking_tokens'),
    ),
  });
}
