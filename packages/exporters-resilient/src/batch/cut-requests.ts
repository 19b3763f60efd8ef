import { RequestPayload } from '../otlp/request-payload.ts';
import { splitRequest } from '../otlp/split-request.ts';

/** The request in parts of at most `maxBytes`, unless a single item is larger. */
export function cutRequest(payload: RequestPayload, maxBytes: number): RequestPayload[] {
  if (payload.byteLength <= maxBytes) return [payload];
  const parts = splitRequest(payload.body, payload.signal);
  if (parts === undefined) return [payload];
  payload.release();
  const { signal, sensitivity } = payload;
  return parts.flatMap((part) =>
    cutRequest(RequestPayload.owned(signal, part, sensitivity), maxBytes),
  );
}
