import { createTraceState, type TraceState } from '@opentelemetry/api';
import { reaches, type Threshold, thresholdFrom } from './threshold.ts';

const KEY = 'ot';
const TRACE_ID_RANDOMNESS = 18;
const MAX_LENGTH = 256;

/** The part of a tracestate that OpenTelemetry's consistent sampling uses. */
export interface OtMember {
  /** Explicit randomness: 14 lower-case digits that stand for the trace id's. */
  readonly rv: string | undefined;
  readonly threshold: Threshold | undefined;
}

const NOTHING: OtMember = { rv: undefined, threshold: undefined };

/** Reads `ot=th:…;rv:…`. What is not valid is not there. */
export function readOtMember(traceState: TraceState | undefined): OtMember {
  const text = traceState?.get(KEY);
  if (text === undefined) return NOTHING;
  let rv: string | undefined;
  let threshold: Threshold | undefined;
  for (const part of text.split(';')) {
    if (part.startsWith('rv:') && /^rv:[0-9a-f]{14}$/.test(part)) rv = part.slice(3);
    else if (part.startsWith('th:')) threshold = thresholdFrom(part.slice(3));
  }
  return { rv, threshold };
}

/** True when the randomness of the trace, `rv` or the last 56 bits of its id, reaches the threshold. */
export function keepsTrace(
  threshold: Threshold | undefined,
  traceId: string,
  rv: string | undefined,
): boolean {
  if (threshold === undefined) return false;
  return rv === undefined
    ? reaches(threshold, traceId, TRACE_ID_RANDOMNESS)
    : reaches(threshold, rv, 0);
}

/**
 * `traceState` with `th` set to the threshold, or without `th` where there is none. Everything else in it stays.
 * Returns `traceState` itself where nothing changes.
 */
export function withThreshold(
  traceState: TraceState | undefined,
  threshold: Threshold | undefined,
): TraceState | undefined {
  const before = traceState?.get(KEY);
  // Spaces at the end would make the member invalid as a whole.
  const others = (before ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('th:'));
  const parts = threshold === undefined ? others : [`th:${threshold.text}`, ...others];
  let after = parts.join(';');
  // Too long for another member. The old share must not stay for that.
  if (after.length > MAX_LENGTH) after = others.join(';');
  if (after === (before ?? '')) return traceState;
  // Not undefined where nothing is left: the SDK would then take the parent's, with the member still in it.
  if (after === '') return traceState?.unset(KEY);
  return traceState === undefined
    ? createTraceState(`${KEY}=${after}`)
    : traceState.set(KEY, after);
}
