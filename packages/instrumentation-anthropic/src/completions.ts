import {
  finishReasonFrom,
  incompleteStream,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  type InferenceRequest,
  type InferenceResponse,
  type StreamFormat,
} from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readList,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';

/** What the old `client.completions.create` is called with. */
export function completionsRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const content = readString(body, 'prompt');
  const stops = readList(body, 'stop_sequences').filter((item) => typeof item === 'string');
  return {
    ...server,
    operation: GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
    model: readString(body, 'model'),
    stream: readMember(body, 'stream') === true ? true : undefined,
    maxTokens: readNumber(body, 'max_tokens_to_sample'),
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    topK: readNumber(body, 'top_k'),
    stopSequences: stops.length === 0 ? undefined : stops,
    ...(recordsContent &&
      content !== undefined && {
        inputMessages: [{ role: 'user', parts: [{ type: 'text', content }] }],
      }),
  };
}

/** The answer, or one event of it: a piece of text each. */
export function completionResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const reason = finishReasonFrom(readMember(body, 'stop_reason'));
  const content = readString(body, 'completion');
  return {
    id: readString(body, 'id'),
    model: readString(body, 'model'),
    ...(reason !== undefined && { finishReasons: [reason] }),
    ...(recordsContent &&
      content !== undefined && {
        outputMessages: [{ role: 'assistant', parts: [{ type: 'text', content }] }],
      }),
  };
}

export const completionStream: StreamFormat = {
  open({ content }) {
    const pieces: string[] = [];
    let last: unknown;
    return {
      read(event) {
        if (readString(event, 'type') !== 'completion') return undefined;
        last = event;
        const piece = content ? readString(event, 'completion') : undefined;
        if (piece !== undefined) pieces.push(piece);
        return undefined;
      },
      incomplete: () =>
        readString(last, 'stop_reason') === undefined ? incompleteStream() : undefined,
      response() {
        const text = pieces.length === 0 ? {} : { completion: pieces.join('') };
        return completionResponse({ ...Object(last), completion: '', ...text }, content);
      },
    };
  },
};
