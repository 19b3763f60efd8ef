import type { Message } from '../protobuf/message.ts';
import {
  decodedAttributes,
  decodedResource,
  decodedScope,
  type DecodedAttributes,
  type DecodedResource,
  type DecodedScope,
} from './decoded-value.ts';

export interface DecodedEvent {
  readonly timeUnixNano: bigint;
  readonly name: string;
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
}

export interface DecodedLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly flags: number;
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
}

/** A span as it came over the wire, flat: with the resource and the scope it was sent under. */
export interface DecodedSpan {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** Absent on a root span. */
  readonly parentSpanId: string | undefined;
  /** As sent, `''` where there is none. */
  readonly traceState: string;
  /** All 32 bits: W3C trace flags in the lowest 8, 0x100 "is-remote is known", 0x200 "the parent is remote". */
  readonly flags: number;
  readonly name: string;
  /** `SpanKind` of `@opentelemetry/api` (OTLP counts from one more); -1 where the sender left it unspecified. */
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
  readonly events: readonly DecodedEvent[];
  readonly droppedEventsCount: number;
  readonly links: readonly DecodedLink[];
  readonly droppedLinksCount: number;
  /** `code` is 0 unset, 1 ok, 2 error, the same numbers as in `SpanStatusCode`. No message where it is empty. */
  readonly status: { readonly code: number; readonly message?: string };
  readonly resource: DecodedResource;
  readonly scope: DecodedScope;
}

export function decodedSpans(request: Message): DecodedSpan[] {
  return request.messages('resourceSpans').flatMap((resourceSpans) => {
    const resource = decodedResource(resourceSpans);
    return resourceSpans.messages('scopeSpans').flatMap((scopeSpans) => {
      const scope = decodedScope(scopeSpans);
      return scopeSpans.messages('spans').map((span) => decodedSpan(span, resource, scope));
    });
  });
}

function decodedSpan(span: Message, resource: DecodedResource, scope: DecodedScope): DecodedSpan {
  const status = span.message('status');
  const statusMessage = status?.string('message') ?? '';
  return {
    traceId: span.string('traceId'),
    spanId: span.string('spanId'),
    parentSpanId: span.string('parentSpanId') || undefined,
    traceState: span.string('traceState'),
    flags: span.number('flags'),
    name: span.string('name'),
    kind: span.number('kind') - 1,
    startTimeUnixNano: span.bigint('startTimeUnixNano'),
    endTimeUnixNano: span.bigint('endTimeUnixNano'),
    attributes: decodedAttributes(span.messages('attributes')),
    droppedAttributesCount: span.number('droppedAttributesCount'),
    events: span.messages('events').map((event) => ({
      timeUnixNano: event.bigint('timeUnixNano'),
      name: event.string('name'),
      attributes: decodedAttributes(event.messages('attributes')),
      droppedAttributesCount: event.number('droppedAttributesCount'),
    })),
    droppedEventsCount: span.number('droppedEventsCount'),
    links: span.messages('links').map((link) => ({
      traceId: link.string('traceId'),
      spanId: link.string('spanId'),
      traceState: link.string('traceState'),
      flags: link.number('flags'),
      attributes: decodedAttributes(link.messages('attributes')),
      droppedAttributesCount: link.number('droppedAttributesCount'),
    })),
    droppedLinksCount: span.number('droppedLinksCount'),
    status: {
      code: status?.number('code') ?? 0,
      ...(statusMessage === '' ? {} : { message: statusMessage }),
    },
    resource,
    scope,
  };
}
