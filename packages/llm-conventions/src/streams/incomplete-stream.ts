import { StreamedError } from './streamed-error.ts';

/** The error of a stream that ended in peace, as where a proxy has closed it, before the answer had its end. */
export function incompleteStream(): StreamedError {
  return new StreamedError('the stream ended before the answer did', 'incomplete_stream');
}
