import { readList, readMember, readString } from '../read-member.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of Google's Interactions API. As with `generateContent`, thoughts are not in its output and what its own tools read is not in
 * its input: both are added. Cached tokens are in its input.
 */
export function usageFromGeminiInteraction(raw: unknown): Usage | undefined {
  const total = (kind: string): number | undefined =>
    tokenCount(readMember(raw, `total_${kind}_tokens`));
  const input = total('input');
  // The second is the word of before 2026.
  const thoughts = total('thought') ?? total('reasoning');
  const inputBy = byModality(raw, 'input');
  const toolsBy = byModality(raw, 'tool_use');
  const cachedBy = byModality(raw, 'cached');
  const outputBy = byModality(raw, 'output');
  const readBy = (modality: string): number | undefined =>
    sumOfKnown(inputBy(modality), toolsBy(modality));
  return knownUsage({
    inputTokens: input === undefined ? undefined : sumOfKnown(input, total('tool_use')),
    outputTokens: sumOfKnown(total('output'), thoughts),
    cacheReadTokens: total('cached'),
    reasoningTokens: thoughts,
    textInputTokens: readBy('text'),
    audioInputTokens: readBy('audio'),
    imageInputTokens: readBy('image'),
    textOutputTokens: outputBy('text'),
    audioOutputTokens: outputBy('audio'),
    imageOutputTokens: outputBy('image'),
    textCacheReadTokens: cachedBy('text'),
    audioCacheReadTokens: cachedBy('audio'),
    imageCacheReadTokens: cachedBy('image'),
  });
}

function byModality(raw: unknown, kind: string): (modality: string) => number | undefined {
  const counts = readList(raw, `${kind}_tokens_by_modality`);
  return (modality) =>
    sumOfKnown(
      ...counts
        .filter((count) => readString(count, 'modality')?.toLowerCase() === modality)
        .map((count) => tokenCount(readMember(count, 'tokens'))),
    );
}
