import {
  finishReasonOfGeminiInteraction,
  type GenAi,
  outputFromGeminiInteraction,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readString,
  type StartedCall,
  startFetchCall,
} from '@llm-otel/llm-conventions/client';

const reader = {
  finishReason: finishReasonOfGeminiInteraction,
  output: outputFromGeminiInteraction,
};

/** Starts the span of `client.interactions.get(id, query)`. */
export function startFetchInteraction(
  genAi: GenAi,
  server: ModelServer,
  [id, query]: readonly unknown[],
): StartedCall {
  const streamCursor = readString(query, 'last_event_id');
  return startFetchCall(genAi, { ...server, responseId: String(id), streamCursor }, reader);
}
