import type { InferenceResponse } from '../inference/inference-types.ts';
import { isOpenAi } from '../is-open-ai.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';

/** What OpenAI alone has names for, on calls of its own. */
export function openAiAttributes(
  provider: string | undefined,
  attributes: InferenceAttributes<'openai'>,
): Pick<InferenceResponse, 'attributes'> {
  return isOpenAi(provider) ? { attributes } : {};
}
