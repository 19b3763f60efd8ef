import type { Signal } from '@llm-otel/core';
import { otlpJson } from '../json/otlp-json.ts';
import type { RequestPayload } from './request-payload.ts';

/** A request that a receiver refused for good. */
export interface RefusedRequest {
  /** As the ledger counts it, `http_400` for example. */
  readonly reason: string;
  readonly signal: Signal;
  /** Spans, log records or data points. */
  readonly items: number;
  /** The request as OTLP/JSON, on one line. */
  json(): string;
}

export function refusedRequest(payload: RequestPayload, reason: string): RefusedRequest {
  const { signal, items } = payload;
  return { reason, signal, items, json: () => otlpJson(payload.body, signal) };
}
