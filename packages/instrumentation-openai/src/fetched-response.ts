import {
  finishReasonOfOpenAiResponse,
  type FetchedResponse,
  type GenAi,
  outputFromOpenAiResponses,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readMember,
  readNumber,
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
 * Starts the span of `client.responses.retrieve(id, query)`: a response that was made in the background is fetched. One
 * that is fetched as a stream counts as fetched when the stream begins.
 */
export function startFetchResponse(
  genAi: GenAi,
  server: ModelServer,
  [responseId, query]: readonly unknown[],
): StartedCall {
  const cursor = readNumber(query, 'starting_after');
  const call = genAi.startFetchResponse({
    ...server,
    responseId: String(responseId),
    streamCursor: cursor === undefined ? undefined : String(cursor),
  });
  return {
    span: call.span,
    context: call.context,
    parsed(body) {
      call.recordResponse(fetchedResponse(body, genAi.content !== 'none'));
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}

function fetchedResponse(body: unknown, recordsContent: boolean): FetchedResponse {
  const reason = finishReasonOfOpenAiResponse(body);
  const status: unknown = readMember(body, 'status');
  return {
    model: readString(body, 'model'),
    status: statuses.find((known) => known === status),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent && { outputMessages: outputFromOpenAiResponses(body) }),
  };
}
