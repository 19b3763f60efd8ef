import type { Signal } from '@llm-otel/core';
import { type Field, fieldsOf } from './protobuf-fields.ts';
import type { RequestPayload } from './request-payload.ts';
import { itemFields } from './split-request.ts';

// Where the trace id stands in a span and in a log record.
const TRACE_ID: Readonly<Record<Signal, number>> = { traces: 1, logs: 9, metrics: 0 };

/**
 * Divides a request by the trace ids of its items: `target` says for a trace id, in hexadecimal digits, to which part
 * its items belong. Items without one (metrics, log records outside a trace) are all asked for as the empty text.
 */
export function partitionRequest(
  request: RequestPayload,
  target: (traceId: string) => number,
): [number, RequestPayload][] {
  const { body, signal } = request;
  const ofItems: number[] = [];
  const targets = new Map<string, number>();
  for (const item of itemFields(body)) {
    const id = traceIdOf(body, item, TRACE_ID[signal]);
    let index = targets.get(id);
    if (index === undefined) targets.set(id, (index = target(id)));
    ofItems.push(index);
  }
  return [...new Set(ofItems)].map((part) => [
    part,
    request.part((index) => ofItems[index] === part),
  ]);
}

function traceIdOf(body: Uint8Array, item: Field, number: number): string {
  if (number === 0) return '';
  for (const field of fieldsOf(body, item.from, item.to))
    if (field.number === number && field.wireType === 2)
      return Array.from(body.subarray(field.from, field.to), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
  return '';
}
