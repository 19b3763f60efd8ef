import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import type { Redactor } from './redactor.ts';

/** The text of a `tracestate` list without the members whose key or value is to be hidden. */
export function redactTraceStateText(redactor: Redactor, text: string): string {
  return withoutSecrets(redactor, text, ',');
}

/**
 * A list of `key=value` in which a placeholder would break the syntax: each entry that holds something to hide goes as
 * a whole, the others stay as they are.
 */
export function withoutSecrets(redactor: Redactor, text: string, separator: string): string {
  const entries = text.split(separator);
  const kept = entries.filter((entry) => isClean(redactor, entry.trim()));
  return kept.length === entries.length ? text : kept.join(separator).trim();
}

function isClean(redactor: Redactor, entry: string): boolean {
  const equals = entry.indexOf('=');
  if (equals < 0) return redactor.redact(entry) === entry;
  const before = { [entry.slice(0, equals).trimEnd()]: entry.slice(equals + 1).trimStart() };
  return redactor.redactDeep(before) === before;
}

/**
 * The span context without the members of its `tracestate` that are to be hidden: the same one when there are none,
 * otherwise a copy. One whose list cannot be read has none.
 */
export function redactSpanContext(redactor: Redactor, context: SpanContext): SpanContext {
  const { traceState } = context;
  if (traceState === undefined) return context;
  const redacted = redactTraceState(redactor, traceState);
  if (redacted === traceState) return context;
  const { traceState: _, ...ids } = context;
  return redacted === undefined ? ids : { ...ids, traceState: redacted };
}

function redactTraceState(redactor: Redactor, state: TraceState): TraceState | undefined {
  try {
    const before = state.serialize();
    if (before === '') return state;
    const after = redactTraceStateText(redactor, before);
    if (after === before) return state;
    return after === '' ? undefined : createTraceState(after);
  } catch (error) {
    redactor.fail(error);
    return undefined;
  }
}
