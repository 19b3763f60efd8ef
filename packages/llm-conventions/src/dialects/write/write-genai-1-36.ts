import {
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_OPENAI_REQUEST_SERVICE_TIER,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
} from '../../generated/attributes.ts';
import { writeContentEvents } from '../content-events/write-content-events.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { SYSTEM_OF_1_36 } from '../provider-names.ts';

/** The conventions up to 1.36: `gen_ai.system`, OpenAI's attributes below `gen_ai.openai`, and messages as events. */
export function writeGenAi136(writing: DialectWriting): void {
  const provider = writing.facts.string(ATTR_GEN_AI_PROVIDER_NAME);
  writing.set(
    'gen_ai.system',
    provider && (SYSTEM_OF_1_36.get(provider) ?? provider),
    ATTR_GEN_AI_PROVIDER_NAME,
  );
  if (provider === 'openai' || provider === 'azure.ai.openai')
    writing.rename(ATTR_GEN_AI_REQUEST_SEED, 'gen_ai.openai.request.seed');
  writing.rename(ATTR_OPENAI_REQUEST_SERVICE_TIER, 'gen_ai.openai.request.service_tier');
  writing.rename(ATTR_OPENAI_RESPONSE_SERVICE_TIER, 'gen_ai.openai.response.service_tier');
  writing.rename(
    ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
    'gen_ai.openai.response.system_fingerprint',
  );
  writing.rename(
    ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    'gen_ai.usage.cache_creation.input_tokens',
  );
  writeContentEvents(writing);
}
