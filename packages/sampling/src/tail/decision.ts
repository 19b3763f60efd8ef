import { lowerOf } from '../threshold.ts';
import { keepsTrace, readOtMember } from '../ot-member.ts';
import type { TailRules } from './tail-rules.ts';
import { NEVER, type TraceRecord } from './trace-record.ts';

/** What was decided about a trace, in the eight bits that {@link DecisionCache} remembers. Never 0. */
export type Decision = number;

const KEPT = 0b1000_0000;
const PARTIAL = 0b0100_0000;
const CALLERS_SHARE = 0b0010_0000;
const RULE = 0b0001_1111;

/** Decides about a trace by what is known of it. `certain` is the rule that decides in any case, or -1. */
export function decisionOf(rules: TailRules, record: TraceRecord, certain: number): Decision {
  const index = certain >= 0 ? certain : rules.match(record);
  const partial = certain < 0 && record.rootTick === NEVER ? PARTIAL : 0;
  // One more than the index: no decision is 0.
  const rule = index + 1;
  const { keep, threshold } = rules.all[index] as TailRules['all'][number];
  if (keep === 'none') return rule | partial;
  if (keep === 'all') return rule | partial | KEPT;
  const { rv, threshold: callersThreshold } = readOtMember(record.traceState);
  const reached = keepsTrace(threshold, record.traceId, rv);
  // The caller has kept its part of the trace, so ours must not be missing.
  const kept = reached || record.sampledByCaller;
  if (!kept) return rule | partial;
  const callersShare =
    record.sampledByCaller &&
    (!reached ||
      threshold === undefined ||
      (callersThreshold !== undefined && lowerOf(threshold, callersThreshold) !== threshold));
  return rule | partial | KEPT | (callersShare ? CALLERS_SHARE : 0);
}

export function isKept(decision: Decision): boolean {
  return (decision & KEPT) !== 0;
}

/** Decided before the local root had ended. */
export function isPartial(decision: Decision): boolean {
  return (decision & PARTIAL) !== 0;
}

/** The share in the tracestate that came in is the right one. */
export function hasCallersShare(decision: Decision): boolean {
  return (decision & CALLERS_SHARE) !== 0;
}

export function ruleIndexOf(decision: Decision): number {
  return (decision & RULE) - 1;
}
