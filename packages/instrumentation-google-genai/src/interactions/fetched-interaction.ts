import {
  finishReasonOfGeminiInteraction,
  type FetchedResponse,
  type GenAi,
  outputFromGeminiInteraction,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readMember,
  readString,
  type StartedCall,
} from '@llm-otel/llm-conventions/client';

const statuses = [
  'queued',
  'in_progress',
  'completed',
  'incomplete',
  'failed',
  'cancelled',
] as const;

/**
 * Starts the span of `client.interactions.get(id, query)`: an interaction that was made before, or in the background, is fetched. One
 * that is fetched as a stream counts as fetched when the stream begins.
 */
export function startFetchInteraction(
  genAi: GenAi,
  server: ModelServer,
  [id, query]: readonly unknown[],
): StartedCall {
  const call = genAi.startFetchResponse({
    ...server,
    responseId: String(id),
    streamCursor: readString(query, 'last_event_id'),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(body) {
      call.recordResponse(fetchedInteraction(body, genAi.content !== 'none'));
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}

function fetchedInteraction(body: unknown, recordsContent: boolean): FetchedResponse {
  const reason = finishReasonOfGeminiInteraction(body);
  const status: unknown = readMember(body, 'status');
  return {
    model: readString(body, 'model'),
    // The conventions have no word for the others.
    status: statuses.find((known) => known === status),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromGeminiInteraction(body) }),
  };
}
