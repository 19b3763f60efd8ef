import { readCased, readString, toList } from '../read-member.ts';
import { knownUsage, sumOfKnown, tokenCount, type Usage } from './usage.ts';

/**
 * The `usageMetadata` of Gemini, also of its Live API. Cached tokens are in its prompt count already; thoughts are not in its candidates
 * count and what its own tools read is not in its prompt count: both are added.
 */
export function usageFromGemini(raw: unknown): Usage | undefined {
  const read = (key: string): number | undefined => tokenCount(readCased(raw, key));
  const prompt = read('promptTokenCount');
  const candidates = read('candidatesTokenCount') ?? read('responseTokenCount');
  const thoughts = read('thoughtsTokenCount');
  const promptBy = byModality(raw, 'promptTokensDetails');
  const toolsBy = byModality(raw, 'toolUsePromptTokensDetails');
  const cacheBy = byModality(raw, 'cacheTokensDetails');
  const candidatesBy = byModality(raw, 'candidatesTokensDetails');
  const responseBy = byModality(raw, 'responseTokensDetails');
  const inputOf = (modality: string): number | undefined =>
    sumOfKnown(promptBy(modality), toolsBy(modality));
  const outputOf = (modality: string): number | undefined =>
    candidatesBy(modality) ?? responseBy(modality);
  return knownUsage({
    inputTokens:
      prompt === undefined ? undefined : sumOfKnown(prompt, read('toolUsePromptTokenCount')),
    // A reply of thoughts only has no candidates count.
    outputTokens: sumOfKnown(candidates, thoughts),
    cacheReadTokens: read('cachedContentTokenCount'),
    reasoningTokens: thoughts,
    textInputTokens: inputOf('TEXT'),
    audioInputTokens: inputOf('AUDIO'),
    imageInputTokens: inputOf('IMAGE'),
    textOutputTokens: outputOf('TEXT'),
    audioOutputTokens: outputOf('AUDIO'),
    imageOutputTokens: outputOf('IMAGE'),
    textCacheReadTokens: cacheBy('TEXT'),
    audioCacheReadTokens: cacheBy('AUDIO'),
    imageCacheReadTokens: cacheBy('IMAGE'),
  });
}

type TokensOf = (modality: string) => number | undefined;

const noTokens: TokensOf = () => undefined;

/** Video and documents have no name in the conventions; they stay in the total. */
function byModality(raw: unknown, key: string): TokensOf {
  const details = toList(readCased(raw, key));
  if (details.length === 0) return noTokens;
  return (modality) => {
    let sum: number | undefined;
    for (const detail of details)
      if (readString(detail, 'modality')?.toUpperCase() === modality)
        sum = sumOfKnown(sum, tokenCount(readCased(detail, 'tokenCount')));
    return sum;
  };
}
