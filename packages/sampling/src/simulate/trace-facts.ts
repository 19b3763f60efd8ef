import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { exactCostOfSpan } from '@llm-otel/llm-conventions';
import { isModelCall, tokensOf } from '../model-call-usage.ts';
import { readOtMember } from '../ot-member.ts';
import { isLocalRoot } from '../tail/kept-spans.ts';

/** What a simulation wants to know of a trace. */
export class TraceFacts {
  readonly traceId: string;
  name = '';
  spans = 0;
  keptSpans = 0;
  bytes = 0;
  keptBytes = 0;
  hasError = false;
  tokens = 0;
  costMicroUsd = 0;
  isSampledBefore = false;
  // Until a decision is heard of: a span whose trace was decided about and forgotten.
  rule = 'late_spans';
  #start = Infinity;
  #end = -Infinity;

  constructor(traceId: string) {
    this.traceId = traceId;
  }

  get durationMillis(): number {
    return this.#end - this.#start;
  }

  add(span: ReadableSpan): void {
    const { attributes, status, startTime, endTime } = span;
    if (this.spans === 0 || isLocalRoot(span)) this.name = span.name;
    this.spans++;
    this.bytes += protobufBytes(span);
    if (status.code === SpanStatusCode.ERROR) this.hasError = true;
    if (isModelCall(attributes)) {
      this.tokens += tokensOf(attributes) ?? 0;
      this.costMicroUsd += exactCostOfSpan(span) ?? 0;
    }
    const { threshold } = readOtMember(span.spanContext().traceState);
    if (threshold !== undefined && threshold.high + threshold.low > 0) this.isSampledBefore = true;
    this.#start = Math.min(this.#start, millisOf(startTime));
    this.#end = Math.max(this.#end, millisOf(endTime));
  }

  keep(span: ReadableSpan): void {
    this.keptSpans++;
    this.keptBytes += protobufBytes(span);
  }
}

export function millisOf([seconds, nanos]: readonly [number, number]): number {
  return seconds * 1e3 + nanos / 1e6;
}

// Ids, times, kind and status of a span, with their tags.
const SPAN_BYTES = 75;
const ENTRY_BYTES = 8;

/** About what a span takes as OTLP protobuf. */
function protobufBytes({ name, attributes, events, links }: ReadableSpan): number {
  let bytes = SPAN_BYTES + name.length + attributesBytes(attributes);
  for (const event of events) {
    bytes += 20 + event.name.length + attributesBytes(event.attributes ?? {});
  }
  for (const link of links) bytes += 40 + attributesBytes(link.attributes ?? {});
  return bytes;
}

function attributesBytes(attributes: Attributes): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(attributes)) {
    // Ours, and not in the recording.
    if (key.startsWith('llm_otel.sampling.')) continue;
    bytes += ENTRY_BYTES + key.length + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' ? (JSON.stringify(value)?.length ?? 0) : 8;
}
