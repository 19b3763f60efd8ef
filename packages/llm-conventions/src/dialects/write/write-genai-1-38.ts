import {
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
} from '../../generated/attributes.ts';
import type { DialectWriting } from '../dialect-writing.ts';

/**
 * The conventions of 1.38 to 1.41, which most back ends read: answers had their finish reason in them, and what was
 * written to a cache had another name.
 */
export function writeGenAi138(writing: DialectWriting): void {
  const { facts } = writing;
  writing.rename(
    ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    'gen_ai.usage.cache_creation.input_tokens',
  );
  const messages = facts.messages(ATTR_GEN_AI_OUTPUT_MESSAGES);
  if (messages.length === 0) return;
  const reasons = facts.finishReasons;
  const answers = messages.map((message, index) =>
    // JSON leaves out what is undefined: a reason that nobody told is not made up.
    Object.assign({ finish_reason: reasons[index] }, message),
  );
  writing.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, answers);
}
