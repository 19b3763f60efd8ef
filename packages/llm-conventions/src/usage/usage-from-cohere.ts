import { readMember } from '../read-member.ts';
import { knownUsage, tokenCount, type Usage } from './usage.ts';

/** The `usage` of Cohere's chat and embed APIs. It reports billed and consumed tokens; the billed ones count. */
export function usageFromCohere(raw: unknown): Usage | undefined {
  const billed = readMember(raw, 'billed_units');
  const consumed = readMember(raw, 'tokens');
  const read = (key: string): number | undefined =>
    tokenCount(readMember(billed, key)) ?? tokenCount(readMember(consumed, key));
  return knownUsage({ inputTokens: read('input_tokens'), outputTokens: read('output_tokens') });
}
