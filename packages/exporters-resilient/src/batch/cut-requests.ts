import type { RequestPayload } from '../otlp/request-payload.ts';

/** The request in parts of at most `maxBytes`, unless a single item is larger. */
export function cutRequest(payload: RequestPayload, maxBytes: number): RequestPayload[] {
  if (payload.byteLength <= maxBytes) return [payload];
  const halves = payload.halves();
  if (halves === undefined) return [payload];
  payload.release();
  return halves.flatMap((half) => cutRequest(half, maxBytes));
}
