import type { HeadWord } from '../head-word.ts';
import { keepsTrace, readOtMember } from '../ot-member.ts';
import { lowerOf, thresholdOf } from '../threshold.ts';
import type { TailRule } from './tail-rules.ts';
import type { TraceRecord } from './trace-record.ts';
import type { Verdict, Verdicts } from './verdict.ts';

/**
 * Decides about a trace by the rule with this index, which matches it. A rule that has dropped a part of the trace
 * drops the rest of it as well: only another rule may find more in it.
 * @param isOpen - the trace goes on, and what comes could make it another decision
 * @param isFinal - no other rule can be the first to match, whatever comes
 */
export function decide(
  record: TraceRecord,
  index: number,
  { isOpen, isFinal }: { readonly isOpen: boolean; readonly isFinal: boolean },
  verdicts: Verdicts,
  headWord: HeadWord,
): Verdict {
  const tailRule = record.rules.all[index] as TailRule;
  const { name, control, rule } = tailRule;
  const sharesOut = typeof rule.keep === 'object';
  const { rv, threshold: callersThreshold } = readOtMember(record.traceState);
  const told = toldByHead(record, tailRule, headWord);
  control.offered(record.spans.length);
  const reached =
    !(sharesOut && record.lastVerdict?.rule === name) &&
    (told ?? control.keeps(record.traceId, rv, record.keys?.[index] ?? ''));
  // The caller has kept its part of the trace, so ours must not be missing; "none" is meant as it says.
  const sampledByCaller = record.sampledByCaller && sharesOut;
  const kept = reached || sampledByCaller;
  const { threshold } = control;
  const hasCallersShare =
    kept &&
    (told === true ||
      (sampledByCaller &&
        (!reached ||
          threshold === undefined ||
          (callersThreshold !== undefined && lowerOf(threshold, callersThreshold) !== threshold))));
  return verdicts.of({
    rule: name,
    kept,
    partial: isOpen || (kept && record.isTorn),
    isFinal,
    hasCallersShare,
    threshold: kept && !hasCallersShare ? threshold : undefined,
  });
}

/**
 * Whether the head sampler of this policy has told other services that the trace is sampled, by this same rule. They have
 * kept their parts by then, whatever the share is by now, so that holds. `undefined` where another has decided: a caller,
 * another rule, or the tail alone, as for a rate.
 */
function toldByHead(
  { sampledByCaller, isSampled, beganHere, traceId }: TraceRecord,
  { rule, control, counts }: TailRule,
  headWord: HeadWord,
): boolean | undefined {
  if (!headWord.isGiven || sampledByCaller || !control.isCounted) return undefined;
  if (typeof rule.keep !== 'object') return undefined;
  const isByThisRule =
    rule.when === undefined ? isSampled || beganHere : headWord.isBy(traceId, counts.id);
  return isByThisRule ? isSampled : undefined;
}

const STRESS_RULE = 'stress_relief';

/**
 * Decides about a trace that there is no room for, by its id alone: relief keeps no more than the rule that matches now
 * would.
 */
export function decideUnderStress(
  record: TraceRecord,
  ratio: number,
  isOpen: boolean,
  verdicts: Verdicts,
): Verdict {
  const { traceId, traceState, isTorn, rules } = record;
  const { control, rule } = rules.all[rules.match(record)] as TailRule;
  const threshold = thresholdOf(Math.min(ratio, control.share ?? 1));
  const sampledByCaller = record.sampledByCaller && rule.keep !== 'none';
  const { rv } = readOtMember(traceState);
  const reached = keepsTrace(threshold, traceId, rv);
  const kept = reached || sampledByCaller;
  return verdicts.of({
    rule: STRESS_RULE,
    kept,
    partial: isOpen || (kept && isTorn),
    isFinal: false,
    hasCallersShare: kept && sampledByCaller,
    threshold: reached && !sampledByCaller ? threshold : undefined,
  });
}
