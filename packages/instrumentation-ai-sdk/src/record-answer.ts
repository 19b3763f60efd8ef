import {
  finishReasonFrom,
  type InferenceCall,
  outputFromAiSdk,
  serviceTierFromAiSdk,
  usageFromAiSdk,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import type { Run } from './run.ts';

/** Records what a call of a model has answered in one piece; `output`: where its text or its parts are. */
export function recordAnswer(
  call: InferenceCall,
  answer: unknown,
  { provider, records }: Run,
  output: unknown = answer,
): void {
  const response = readMember(answer, 'response');
  call.recordResponse({
    id: readString(response, 'id'),
    model: readString(response, 'modelId'),
    usage: usageFromAiSdk(readMember(answer, 'usage'), {
      provider,
      providerMetadata: readMember(answer, 'providerMetadata'),
    }),
    serviceTier: serviceTierFromAiSdk(answer),
    ...reasons(answer),
    ...(records.outputs && { outputMessages: outputFromAiSdk(output) }),
  });
}

export function reasons(answer: unknown): { readonly finishReasons?: readonly string[] } {
  const told = readMember(answer, 'finishReason');
  // Of a model since version 6 of the provider interface: { unified, raw }.
  const reason = finishReasonFrom(readMember(told, 'unified') ?? told);
  return reason === undefined ? {} : { finishReasons: [reason] };
}
