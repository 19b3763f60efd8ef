import { readList, readMember, readString } from '../read-member.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of a message or of the `message_start` and `message_delta` events of a stream. Anthropic's
 * `input_tokens` leaves out what the cache was read or written for, so the three are added up. What the message was compacted
 * with on the way is billed with it and stands in `iterations` alone: it is added too. What an advisor used is not: it
 * is another model, with other prices.
 */
export function usageFromAnthropic(raw: unknown): Usage | undefined {
  const compactions = readList(raw, 'iterations').filter(
    (iteration) => readString(iteration, 'type') === 'compaction',
  );
  const sum = (key: string, group?: string): number | undefined => {
    let total = count(raw, key, group);
    for (const compaction of compactions) total = sumOfKnown(total, count(compaction, key, group));
    return total;
  };
  const cacheReadTokens = sum('cache_read_input_tokens');
  const cacheWriteTokens = sum('cache_creation_input_tokens');
  return knownUsage({
    // Without the uncached part the sum would pass for a total.
    inputTokens:
      count(raw, 'input_tokens') === undefined
        ? undefined
        : sumOfKnown(sum('input_tokens'), cacheReadTokens, cacheWriteTokens),
    outputTokens: count(raw, 'output_tokens') === undefined ? undefined : sum('output_tokens'),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteOneHourTokens: sum('ephemeral_1h_input_tokens', 'cache_creation'),
    reasoningTokens: sum('thinking_tokens', 'output_tokens_details'),
  });
}

function count(usage: unknown, key: string, group?: string): number | undefined {
  return tokenCount(readMember(group === undefined ? usage : readMember(usage, group), key));
}
