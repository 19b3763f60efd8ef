import {
  createTraceState,
  type HrTime,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import type { ReadableSpan, Resource } from '@llm-otel/core';
import { attributesOf, listOf, objectOf, textOf } from './any-value.ts';

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
const SAMPLED_FLAG = 1;

/**
 * The spans of one OTLP/JSON export request; of any other JSON none. Spans without ids are skipped. Whether a parent is
 * remote is left open where the recording does not say so.
 */
export function spansOfRequest(request: unknown): ReadableSpan[] {
  return listOf(objectOf(request)['resourceSpans']).flatMap((one) => {
    const { resource, scopeSpans } = objectOf(one);
    const shared: Resource = { attributes: attributesOf(objectOf(resource)['attributes']) };
    return listOf(scopeSpans).flatMap((scoped) => {
      const { scope, spans } = objectOf(scoped);
      const name = textOf(objectOf(scope)['name']);
      return listOf(spans).flatMap((span) => spanOf(objectOf(span), shared, name));
    });
  });
}

function spanOf(
  json: Readonly<Record<string, unknown>>,
  resource: Resource,
  scope: string,
): ReadableSpan[] {
  const traceId = idOf(json['traceId'], 32);
  const spanId = idOf(json['spanId'], 16);
  if (traceId === undefined || spanId === undefined) return [];
  const flags = Number(json['flags'] ?? SAMPLED_FLAG);
  const state = textOf(json['traceState']);
  const context: SpanContext = {
    traceId,
    spanId,
    traceFlags: flags & 0xff,
    ...(state === '' ? undefined : { traceState: createTraceState(state) }),
  };
  const startTime = timeOf(json['startTimeUnixNano']);
  const endTime = timeOf(json['endTimeUnixNano']);
  const { code, message } = objectOf(json['status']);
  return [
    {
      name: textOf(json['name']),
      kind: kindOf(json['kind']),
      spanContext: () => context,
      ...parentOf(json['parentSpanId'], traceId, flags),
      startTime,
      endTime,
      duration: differenceOf(startTime, endTime),
      status: {
        code: statusOf(code),
        ...(message === undefined ? {} : { message: textOf(message) }),
      },
      attributes: attributesOf(json['attributes']),
      links: listOf(json['links']).map((link) => ({
        context: { traceId: '', spanId: '', traceFlags: 0 },
        attributes: attributesOf(objectOf(link)['attributes']),
      })),
      events: listOf(json['events']).map((event) => {
        const { name, timeUnixNano, attributes } = objectOf(event);
        return {
          name: textOf(name),
          time: timeOf(timeUnixNano),
          attributes: attributesOf(attributes),
        };
      }),
      ended: true,
      resource,
      instrumentationScope: { name: scope },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    },
  ];
}

function parentOf(
  json: unknown,
  traceId: string,
  flags: number,
): { parentSpanContext?: SpanContext } {
  const spanId = idOf(json, 16);
  if (spanId === undefined) return {};
  const isRemote = (flags & HAS_IS_REMOTE) === 0 ? {} : { isRemote: (flags & IS_REMOTE) !== 0 };
  return { parentSpanContext: { traceId, spanId, traceFlags: flags & SAMPLED_FLAG, ...isRemote } };
}

function idOf(json: unknown, digits: number): string | undefined {
  const id = textOf(json).toLowerCase();
  return id.length === digits && /^[0-9a-f]+$/.test(id) && /[1-9a-f]/.test(id) ? id : undefined;
}

/** Nanoseconds since the epoch, as text because a number cannot hold them. */
function timeOf(json: unknown): HrTime {
  const nanos = /^\d{1,20}$/.exec(String(json))?.[0] ?? '0';
  const seconds = nanos.slice(0, -9);
  return [Number(seconds === '' ? 0 : seconds), Number(nanos.slice(-9))];
}

function differenceOf([seconds, nanos]: HrTime, [endSeconds, endNanos]: HrTime): HrTime {
  const difference = endNanos - nanos;
  return difference < 0
    ? [endSeconds - seconds - 1, difference + 1e9]
    : [endSeconds - seconds, difference];
}

function kindOf(json: unknown): SpanKind {
  if (typeof json === 'string') {
    const name = json.replace('SPAN_KIND_', '') as keyof typeof SpanKind;
    return SpanKind[name] ?? SpanKind.INTERNAL;
  }
  // OTLP counts from 1, because 0 says nothing.
  const kind = Number(json) - 1;
  return kind in SpanKind ? kind : SpanKind.INTERNAL;
}

function statusOf(json: unknown): SpanStatusCode {
  if (json === 'STATUS_CODE_ERROR' || json === 2) return SpanStatusCode.ERROR;
  return json === 'STATUS_CODE_OK' || json === 1 ? SpanStatusCode.OK : SpanStatusCode.UNSET;
}
