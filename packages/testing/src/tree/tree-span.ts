import type { HrTime } from '@opentelemetry/api';
import type { DecodedSpan } from '../otlp/decoded-span.ts';
import type { ReadableSpan } from '../recording/readable-span.ts';

/** A span as it was recorded, or as it came out of a sink. */
export type AnySpan = ReadableSpan | DecodedSpan;

/** What matchers read of a span, the same for both kinds. */
export interface TreeSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** Whether the parent is known to be a span of another process. */
  readonly parentIsRemote: boolean;
  readonly name: string;
  /** `SpanKind` of `@opentelemetry/api`; -1 where a sender left it unspecified. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  /** `code` is 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  /** The span this was made of. */
  readonly source: AnySpan;
}

// SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK of OTLP.
const PARENT_IS_REMOTE = 0x200;

export function treeSpan(span: AnySpan): TreeSpan {
  if (!('spanContext' in span)) {
    const parentIsRemote = (span.flags & PARENT_IS_REMOTE) !== 0;
    return { ...span, parentIsRemote, source: span };
  }
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    parentIsRemote: span.parentSpanContext?.isRemote === true,
    name: span.name,
    kind: span.kind,
    attributes: span.attributes,
    events: span.events.map(({ name, attributes = {} }) => ({ name, attributes })),
    status: span.status,
    startTimeUnixNano: nanos(span.startTime),
    endTimeUnixNano: nanos(span.endTime),
    source: span,
  };
}

function nanos([seconds, nanoseconds]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
}
