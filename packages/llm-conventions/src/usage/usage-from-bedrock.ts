import { readList, readMember, readString } from '../read-member.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/** The `usage` of Bedrock Converse. Its `inputTokens` leaves out what the cache was read or written for. */
export function usageFromBedrock(raw: unknown): Usage | undefined {
  const read = (key: string): number | undefined => tokenCount(readMember(raw, key));
  const uncached = read('inputTokens');
  const cacheReadTokens = read('cacheReadInputTokens') ?? read('cacheReadInputTokenCount');
  const cacheWriteTokens = read('cacheWriteInputTokens') ?? read('cacheWriteInputTokenCount');
  return knownUsage({
    inputTokens:
      uncached === undefined ? undefined : sumOfKnown(uncached, cacheReadTokens, cacheWriteTokens),
    outputTokens: read('outputTokens'),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteOneHourTokens: sumOfKnown(
      ...readList(raw, 'cacheDetails')
        .filter((detail) => readString(detail, 'ttl') === '1h')
        .map((detail) => tokenCount(readMember(detail, 'inputTokens'))),
    ),
  });
}
