import {
  ATTR_ERROR_TYPE,
  ATTR_LLM_OTEL_DECISION_CHOSEN,
  ATTR_LLM_OTEL_DECISION_DECIDED_BY,
  ATTR_LLM_OTEL_DECISION_NAME,
  ATTR_LLM_OTEL_DECISION_OPTIONS,
  ATTR_LLM_OTEL_DECISION_REASON,
} from '@llm-otel/llm-conventions';
import type { DecodedSpan } from '@llm-otel/testing';
import type { TraceSpan } from '../waterfall/trace-tree.ts';

const STATUS_ERROR = 2;

/** A received span in the form of the waterfall. */
export function toTraceSpan(span: DecodedSpan): TraceSpan {
  const { attributes, status } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    service: text(span.resource.attributes['service.name']) ?? 'unknown',
    startNanos: span.startTimeUnixNano,
    endNanos: span.endTimeUnixNano,
    attributes,
    error:
      status.code === STATUS_ERROR
        ? { type: text(attributes[ATTR_ERROR_TYPE]) ?? '_OTHER', message: status.message ?? '' }
        : undefined,
    notes: ATTR_LLM_OTEL_DECISION_CHOSEN in attributes ? [decisionNote(span)] : [],
    linkedSpanIds: span.links.map((link) => link.spanId),
  };
}

/** `refund decided by rule: refund, not escalate (charged twice)`. */
function decisionNote({ attributes }: DecodedSpan): string {
  const { [ATTR_LLM_OTEL_DECISION_OPTIONS]: options } = attributes;
  const chosen = text(attributes[ATTR_LLM_OTEL_DECISION_CHOSEN]);
  const others = Array.isArray(options) ? options.filter((option) => option !== chosen) : [];
  const decidedBy = text(attributes[ATTR_LLM_OTEL_DECISION_DECIDED_BY]);
  const reason = text(attributes[ATTR_LLM_OTEL_DECISION_REASON]);
  return [
    text(attributes[ATTR_LLM_OTEL_DECISION_NAME]),
    ' decided',
    decidedBy === undefined ? '' : ` by ${decidedBy}`,
    `: ${chosen}`,
    others.length > 0 ? `, not ${others.join(' or ')}` : '',
    reason === undefined ? '' : ` (${reason})`,
  ].join('');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
