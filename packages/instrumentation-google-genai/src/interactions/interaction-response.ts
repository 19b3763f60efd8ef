import {
  finishReasonOfGeminiInteraction,
  type InferenceResponse,
  outputFromGeminiInteraction,
  usageFromGeminiInteraction,
} from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';

/** An interaction that is over, or that goes on in the background: then it has neither tokens nor a reason yet. */
export function interactionResponse(
  interaction: unknown,
  recordsContent: boolean,
): InferenceResponse {
  const reason = finishReasonOfGeminiInteraction(interaction);
  return {
    id: readString(interaction, 'id'),
    model: readString(interaction, 'model'),
    usage: usageFromGeminiInteraction(readMember(interaction, 'usage')),
    serviceTier: readString(interaction, 'service_tier'),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromGeminiInteraction(interaction) }),
  };
}
