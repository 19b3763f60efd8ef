import {
  finishReasonOfOpenAiResponse,
  type GenAi,
  outputFromOpenAiResponses,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readNumber,
  type StartedCall,
  startFetchCall,
} from '@llm-otel/llm-conventions/client';

const reader = { finishReason: finishReasonOfOpenAiResponse, output: outputFromOpenAiResponses };

/** Starts the span of `client.responses.retrieve(id, query)`. */
export function startFetchResponse(
  genAi: GenAi,
  server: ModelServer,
  [responseId, query]: readonly unknown[],
): StartedCall {
  const cursor = readNumber(query, 'starting_after');
  const streamCursor = cursor === undefined ? undefined : String(cursor);
  const request = { ...server, responseId: String(responseId), streamCursor };
  return startFetchCall(genAi, request, reader);
}
