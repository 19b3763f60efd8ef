import type { Attributes, Link, SpanStatus } from '@opentelemetry/api';
import type { InstrumentationScope, ReadableSpan, Resource, TimedEvent } from './sdk-types.ts';

/** The members of a span that a stage may replace. */
export interface SpanChanges {
  readonly name?: string;
  readonly status?: SpanStatus;
  readonly attributes?: Attributes;
  readonly links?: Link[];
  readonly events?: TimedEvent[];
  readonly resource?: Resource;
  readonly instrumentationScope?: InstrumentationScope;
  readonly spanContext?: ReadableSpan['spanContext'];
}

/**
 * `span` with `changes` laid over it. A plain object with every member copied: the SDK's span classes keep
 * state in private fields, so neither a spread nor a prototype of them is safe.
 */
export function spanView(span: ReadableSpan, changes: SpanChanges): ReadableSpan {
  const view: Writable<ReadableSpan> = {
    name: changes.name ?? span.name,
    kind: span.kind,
    spanContext: changes.spanContext ?? (() => span.spanContext()),
    startTime: span.startTime,
    endTime: span.endTime,
    status: changes.status ?? span.status,
    attributes: changes.attributes ?? span.attributes,
    links: changes.links ?? span.links,
    events: changes.events ?? span.events,
    duration: span.duration,
    ended: span.ended,
    resource: changes.resource ?? span.resource,
    instrumentationScope: changes.instrumentationScope ?? span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
  // Absent and not `undefined` for a root: exporters ask with `in` as well.
  if (span.parentSpanContext !== undefined) view.parentSpanContext = span.parentSpanContext;
  return view;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
