import { knownUsage, tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of a chat completion, a response, an embeddings, image or transcription call of OpenAI, of a response of its
 * Realtime API, or of a service with the same API. OpenAI counts cached tokens as input and reasoning as output already; of the others
 * xAI does not count reasoning as output, which its total tells. Undefined where there is no usage, as on all but
 * the last chunk of a stream.
 */
export function usageFromOpenAi(raw: unknown): Usage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  try {
    return read(raw);
  } catch {
    // What cannot be read has told nothing.
    return undefined;
  }
}

type Count = unknown;

interface RawDetails {
  readonly cached_tokens?: Count;
  readonly cache_write_tokens?: Count;
  readonly cache_creation_tokens?: Count;
  readonly reasoning_tokens?: Count;
  readonly text_tokens?: Count;
  readonly audio_tokens?: Count;
  readonly image_tokens?: Count;
  readonly cached_tokens_details?: RawDetails | null;
}

/** Every member as the one or the other calls it. */
interface RawUsage {
  readonly prompt_tokens?: Count;
  readonly input_tokens?: Count;
  readonly completion_tokens?: Count;
  readonly output_tokens?: Count;
  readonly total_tokens?: Count;
  // DeepSeek and Moonshot.
  readonly prompt_cache_hit_tokens?: Count;
  readonly cached_tokens?: Count;
  readonly prompt_tokens_details?: RawDetails | null;
  readonly input_tokens_details?: RawDetails | null;
  readonly completion_tokens_details?: RawDetails | null;
  readonly output_tokens_details?: RawDetails | null;
  // The Realtime API and transcripts say token, all others tokens.
  readonly input_token_details?: RawDetails | null;
  readonly output_token_details?: RawDetails | null;
}

const NONE: RawDetails = {};

// Members by their names: a key that varies would be looked up at several times the cost, once per chunk of a stream.
function read(raw: RawUsage): Usage | undefined {
  const input =
    raw.prompt_tokens_details ?? raw.input_tokens_details ?? raw.input_token_details ?? NONE;
  const output =
    raw.completion_tokens_details ?? raw.output_tokens_details ?? raw.output_token_details ?? NONE;
  const cached = input.cached_tokens_details ?? NONE;
  const inputTokens = tokenCount(raw.prompt_tokens) ?? tokenCount(raw.input_tokens);
  const reasoningTokens = tokenCount(output.reasoning_tokens);
  return knownUsage({
    inputTokens,
    outputTokens: outputOf(raw, inputTokens, reasoningTokens),
    cacheReadTokens:
      tokenCount(input.cached_tokens) ??
      tokenCount(raw.prompt_cache_hit_tokens) ??
      tokenCount(raw.cached_tokens),
    cacheWriteTokens:
      tokenCount(input.cache_write_tokens) ?? tokenCount(input.cache_creation_tokens),
    reasoningTokens,
    textInputTokens: some(input.text_tokens),
    audioInputTokens: some(input.audio_tokens),
    imageInputTokens: some(input.image_tokens),
    textOutputTokens: some(output.text_tokens),
    audioOutputTokens: some(output.audio_tokens),
    imageOutputTokens: some(output.image_tokens),
    textCacheReadTokens: some(cached.text_tokens),
    audioCacheReadTokens: some(cached.audio_tokens),
    imageCacheReadTokens: some(cached.image_tokens),
  });
}

/** Chats of text report zeros for sound: they say nothing, and would stand on every span. */
function some(count: Count): number | undefined {
  return tokenCount(count) || undefined;
}

/** Output with reasoning in it. Where the total has room for exactly the reasoning, it was left out. */
function outputOf(
  raw: RawUsage,
  input: number | undefined,
  reasoning: number | undefined,
): number | undefined {
  const output = tokenCount(raw.completion_tokens) ?? tokenCount(raw.output_tokens);
  const total = tokenCount(raw.total_tokens);
  if (output === undefined || reasoning === undefined || reasoning === 0) return output;
  if (input === undefined || total === undefined) return output;
  return total === input + output + reasoning ? output + reasoning : output;
}
