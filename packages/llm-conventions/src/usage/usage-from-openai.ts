import { readMember } from '../read-member.ts';
import { tokenCount, type Usage } from './usage.ts';

/**
 * The `usage` of a chat completion, a response or an embeddings call. OpenAI counts cached tokens as input and
 * reasoning as output already. Undefined where there is no usage, as on all but the last chunk of a stream.
 */
export function usageFromOpenAi(raw: unknown): Usage | undefined {
  const read = (key: string): number | undefined => tokenCount(readMember(raw, key));
  const detail = (group: string, key: string): number | undefined =>
    tokenCount(readMember(readMember(raw, group), key));
  const inputTokens = read('prompt_tokens') ?? read('input_tokens');
  const outputTokens = read('completion_tokens') ?? read('output_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return {
    inputTokens,
    outputTokens,
    cacheReadTokens:
      detail('prompt_tokens_details', 'cached_tokens') ??
      detail('input_tokens_details', 'cached_tokens'),
    reasoningTokens:
      detail('completion_tokens_details', 'reasoning_tokens') ??
      detail('output_tokens_details', 'reasoning_tokens'),
  };
}
