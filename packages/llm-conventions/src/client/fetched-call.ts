import type { GenAi } from '../gen-ai.ts';
import type { FetchedResponse, FetchResponseRequest } from '../operations/fetch-response-call.ts';
import { readMember, readString } from '../read-member.ts';
import type { StartedCall } from './started-call.ts';

const statuses = [
  'queued',
  'in_progress',
  'completed',
  'incomplete',
  'failed',
  'cancelled',
] as const;

/** How a response that was fetched is read, beside its model and status. */
export interface FetchedReader {
  readonly finishReason: (body: unknown) => string | undefined;
  readonly output: (body: unknown) => FetchedResponse['outputMessages'];
}

/**
 * Starts the span of a call that fetches a response which was made before, or in the background. One that is fetched as a stream counts as
 * fetched when the stream begins.
 */
export function startFetchCall(
  genAi: GenAi,
  request: FetchResponseRequest,
  { finishReason, output }: FetchedReader,
): StartedCall {
  const call = genAi.startFetchResponse(request);
  return {
    span: call.span,
    context: call.context,
    parsed(body) {
      const reason = finishReason(body);
      const status: unknown = readMember(body, 'status');
      call.recordResponse({
        model: readString(body, 'model'),
        // The conventions have no word for others.
        status: statuses.find((known) => known === status),
        ...(reason !== undefined && { finishReasons: [reason] }),
        ...(genAi.content !== 'none' && { outputMessages: output(body) }),
      });
      call.end();
    },
    end: () => call.end(),
    fail: (error) => call.fail(error),
  };
}
