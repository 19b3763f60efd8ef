import type { Signal } from '@llm-otel/core';
import type { RequestPayload } from '../otlp/request-payload.ts';
import type { TelemetryBatch } from './telemetry-batch.ts';

/** A request that one destination could not deliver, for another one. The objects it was made of are gone. */
export function requestBatch(payload: RequestPayload): TelemetryBatch {
  payload.keep();
  return {
    signal: payload.signal as Signal & 'traces',
    items: payload.items,
    objects: undefined,
    byteEstimate: payload.byteLength,
    otlpRequests: () => ({ requests: [payload], unreadable: 0 }),
    handedOut: () => undefined,
  };
}
