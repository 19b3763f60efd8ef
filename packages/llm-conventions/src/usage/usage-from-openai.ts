import { readMember } from '../read-member.ts';
import { knownUsage, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of a chat completion, a response, an embeddings, image or transcription call of OpenAI, of a response of its
 * Realtime API, or of a service with the same API. OpenAI counts cached tokens as input and reasoning as output already; of the others
 * xAI does not count reasoning as output, which its total tells. Undefined where there is no usage, as on all but
 * the last chunk of a stream.
 */
export function usageFromOpenAi(raw: unknown): Usage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const inputDetails = detailsIn(raw, INPUT_DETAILS);
  const outputDetails = detailsIn(raw, OUTPUT_DETAILS);
  const inputTokens = count(raw, 'prompt_tokens') ?? count(raw, 'input_tokens');
  const reasoningTokens = count(outputDetails, 'reasoning_tokens');
  const cached = readMember(inputDetails, 'cached_tokens_details');
  return knownUsage({
    inputTokens,
    outputTokens: outputOf(raw, inputTokens, reasoningTokens),
    cacheReadTokens:
      count(inputDetails, 'cached_tokens') ??
      // DeepSeek and Moonshot.
      count(raw, 'prompt_cache_hit_tokens') ??
      count(raw, 'cached_tokens'),
    cacheWriteTokens:
      count(inputDetails, 'cache_write_tokens') ?? count(inputDetails, 'cache_creation_tokens'),
    reasoningTokens,
    textInputTokens: some(inputDetails, 'text_tokens'),
    audioInputTokens: some(inputDetails, 'audio_tokens'),
    imageInputTokens: some(inputDetails, 'image_tokens'),
    textOutputTokens: some(outputDetails, 'text_tokens'),
    audioOutputTokens: some(outputDetails, 'audio_tokens'),
    imageOutputTokens: some(outputDetails, 'image_tokens'),
    textCacheReadTokens: some(cached, 'text_tokens'),
    audioCacheReadTokens: some(cached, 'audio_tokens'),
    imageCacheReadTokens: some(cached, 'image_tokens'),
  });
}

// The Realtime API and transcripts say token, all others tokens.
const INPUT_DETAILS = ['prompt_tokens_details', 'input_tokens_details', 'input_token_details'];
const OUTPUT_DETAILS = [
  'completion_tokens_details',
  'output_tokens_details',
  'output_token_details',
];

function detailsIn(raw: object, names: readonly string[]): unknown {
  for (const name of names) {
    const details = readMember(raw, name);
    if (details !== undefined && details !== null) return details;
  }
  return undefined;
}

function count(group: unknown, key: string): number | undefined {
  return tokenCount(readMember(group, key));
}

/** Chats of text report zeros for sound: they say nothing, and would stand on every span. */
function some(group: unknown, key: string): number | undefined {
  return count(group, key) || undefined;
}

/** Output with reasoning in it. Where the total has room for exactly the reasoning, it was left out. */
function outputOf(
  raw: unknown,
  input: number | undefined,
  reasoning: number | undefined,
): number | undefined {
  const output = count(raw, 'completion_tokens') ?? count(raw, 'output_tokens');
  const total = count(raw, 'total_tokens');
  if (output === undefined || reasoning === undefined || reasoning === 0) return output;
  if (input === undefined || total === undefined) return output;
  return total === input + output + reasoning ? output + reasoning : output;
}
