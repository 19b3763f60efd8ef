import type { ReadableSpan } from '@llm-otel/core';
import { createTraceState, type HrTime, type SpanContext } from '@opentelemetry/api';
import type { OtlpKeyValue, OtlpRequest } from '../decode/otlp-types.ts';
import {
  attributesOf,
  type Fields,
  hrTimeOf,
  listOf,
  numberOf,
  resourceOf,
  scopeOf,
  textOf,
} from './plain-values.ts';

const TRACE_FLAGS = 0xff;
const IS_REMOTE = 0x200;

/** The spans of a request, as exporters take them. */
export function readableSpans({ resourceSpans = [] }: OtlpRequest): ReadableSpan[] {
  return resourceSpans.flatMap((ofResource) => {
    const resource = resourceOf(ofResource.resource, ofResource.schemaUrl);
    return (ofResource.scopeSpans ?? []).flatMap((ofScope) => {
      const instrumentationScope = scopeOf(ofScope.scope, ofScope.schemaUrl);
      return (ofScope.spans ?? []).map((span) =>
        Object.assign(readableSpan(span), { resource, instrumentationScope }),
      );
    });
  });
}

function readableSpan(span: Fields): Omit<ReadableSpan, 'resource' | 'instrumentationScope'> {
  const flags = numberOf(span['flags']);
  const traceFlags = flags & TRACE_FLAGS;
  const traceId = textOf(span['traceId']);
  const context: SpanContext = { ...contextOf(span), traceFlags };
  const parentId = textOf(span['parentSpanId']);
  const startTime = hrTimeOf(span['startTimeUnixNano']);
  const endTime = hrTimeOf(span['endTimeUnixNano']);
  const status = (span['status'] ?? {}) as Fields;
  const message = textOf(status['message']);
  return {
    name: textOf(span['name']),
    // 0 is "unspecified" there, and the first kind here.
    kind: Math.max(numberOf(span['kind']) - 1, 0),
    spanContext: () => context,
    ...(parentId !== '' && {
      // What the flags of the parent were is not told; those of the span are.
      parentSpanContext: {
        traceId,
        spanId: parentId,
        traceFlags,
        isRemote: (flags & IS_REMOTE) !== 0,
      },
    }),
    startTime,
    endTime,
    duration: between(startTime, endTime),
    ended: true,
    status: {
      code: numberOf(status['code']),
      ...(message !== '' && { message }),
    },
    attributes: attributesOf(span['attributes'] as readonly OtlpKeyValue[] | undefined),
    events: listOf(span['events']).map((event) => ({
      time: hrTimeOf(event['timeUnixNano']),
      name: textOf(event['name']),
      attributes: attributesOf(event['attributes'] as readonly OtlpKeyValue[] | undefined),
      droppedAttributesCount: numberOf(event['droppedAttributesCount']),
    })),
    links: listOf(span['links']).map((link) => ({
      context: {
        ...contextOf(link),
        traceFlags: numberOf(link['flags']) & TRACE_FLAGS,
        isRemote: (numberOf(link['flags']) & IS_REMOTE) !== 0,
      },
      attributes: attributesOf(link['attributes'] as readonly OtlpKeyValue[] | undefined),
      droppedAttributesCount: numberOf(link['droppedAttributesCount']),
    })),
    droppedAttributesCount: numberOf(span['droppedAttributesCount']),
    droppedEventsCount: numberOf(span['droppedEventsCount']),
    droppedLinksCount: numberOf(span['droppedLinksCount']),
  };
}

function contextOf(fields: Fields): Omit<SpanContext, 'traceFlags'> {
  const traceState = textOf(fields['traceState']);
  return {
    traceId: textOf(fields['traceId']),
    spanId: textOf(fields['spanId']),
    ...(traceState !== '' && { traceState: createTraceState(traceState) }),
  };
}

function between(start: HrTime, end: HrTime): HrTime {
  const nanos = end[1] - start[1];
  return nanos < 0 ? [end[0] - start[0] - 1, nanos + 1e9] : [end[0] - start[0], nanos];
}
