import {
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  GEN_AI_PROVIDER_NAME_VALUE_OPENAI,
} from './generated/values.ts';

/** Whether a provider's calls have the attributes `openai.*`: others speak its API, and mean other things by the same words. */
export function isOpenAi(provider: string | undefined): boolean {
  return (
    provider === GEN_AI_PROVIDER_NAME_VALUE_OPENAI ||
    provider === GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI
  );
}
