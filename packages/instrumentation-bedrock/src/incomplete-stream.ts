import { StreamedError } from '@llm-otel/llm-conventions';

/** Over HTTP/2 the client ends a stream whose connection was cut as if it were complete; only the last events are missing. */
export function incompleteStream(): StreamedError {
  return new StreamedError('the stream ended before the answer did', 'incomplete_stream');
}
