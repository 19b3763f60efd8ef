import type { HeadWord } from '../head-word.ts';
import { keepsTrace } from '../ot-member.ts';
import { lowerOf, type Threshold, thresholdOf } from '../threshold.ts';
import type { TailRule } from './tail-rules.ts';
import type { TraceRecord } from './trace-record.ts';
import type { Verdict, Verdicts } from './verdict.ts';

const EVERYTHING = '0';
const STRESS_RULE = 'stress_relief';

/**
 * Decides about a trace by the rule with this index, which matches it. What was decided about a part of it before holds:
 * the rule that has dropped one drops the rest as well, and only another rule may find more in it; what is kept stays kept,
 * and another rule may only raise the share that it stands for, so that it is the one of all traces like it.
 * @param isOpen - the trace goes on, and what comes could make it another decision
 * @param stays - the rule is the first to match, or comes to the same as those in front of it, whatever comes
 */
export function decide(
  record: TraceRecord,
  index: number,
  { isOpen, stays }: { readonly isOpen: boolean; readonly stays: boolean },
  verdicts: Verdicts,
  headWord: HeadWord,
): Verdict {
  const tailRule = record.rules.all[index] as TailRule;
  const { name, control, rule } = tailRule;
  const { lastVerdict: before } = record;
  const { rv, threshold: callersThreshold } = record.ot;
  const told = toldByHead(record, tailRule, headWord);
  control.offered(record.spans.length);
  const isAgain =
    rule.keep !== 'all' &&
    before !== undefined &&
    (before.rule === name || before.rule === STRESS_RULE);
  const reached = isAgain
    ? before.kept
    : (told ?? control.keeps(record.traceId, rv, record.keyOf(index) ?? ''));
  // The caller has kept its part of the trace, so ours must not be missing; "none" is meant as it says.
  const sampledByCaller = record.sampledByCaller && typeof rule.keep === 'object';
  const isKeptByRule = reached || sampledByCaller;
  const wasKept = before?.kept === true;
  const kept = isKeptByRule || wasKept;
  const goesOn = before?.kept === kept && (isAgain || (kept && !isKeptByRule));
  const threshold = lowerKnown(
    reached && !isAgain && told !== true ? control.threshold : undefined,
    wasKept ? before.threshold : undefined,
  );
  const hasCallersShare =
    kept &&
    (told === true || sampledByCaller || (wasKept && before.hasCallersShare)) &&
    (threshold === undefined ||
      // How the caller chose is not known: what it has kept does not stand for what our share would have, unless that is all.
      (sampledByCaller && callersThreshold === undefined && threshold.text !== EVERYTHING) ||
      (callersThreshold !== undefined && lowerOf(threshold, callersThreshold) !== threshold));
  const isWhole = threshold?.text === EVERYTHING && !hasCallersShare;
  return verdicts.of({
    rule: goesOn ? before.rule : name,
    kept,
    partial: isOpen || isPartial(record, kept),
    isFinal: kept ? stays || (isWhole && !isOpen) : stays && !isOpen,
    hasCallersShare,
    threshold: kept && !hasCallersShare ? threshold : undefined,
  });
}

/** Of two shares of which one or both have kept a trace, the one that it stands for. */
function lowerKnown(a: Threshold | undefined, b: Threshold | undefined): Threshold | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return lowerOf(a, b);
}

/** Spans of it were left out before, or went on before the trace was known to its end. */
function isPartial({ isTorn, lastVerdict }: TraceRecord, kept: boolean): boolean {
  return kept && (isTorn || (lastVerdict?.kept === true && lastVerdict.partial));
}

/**
 * Whether the head sampler of this policy has told other services that the trace is sampled, by this same rule. They have
 * kept their parts by then, whatever the share is by now, so that holds; also where the rule keeps none since an update.
 * `undefined` where another has decided: a caller, another rule, or the tail alone, as for a rate.
 */
function toldByHead(
  { sampledByCaller, isSampled, beganHere, traceId }: TraceRecord,
  { rule: { when, keep }, control, counts }: TailRule,
  headWord: HeadWord,
): boolean | undefined {
  if (!headWord.isGiven || sampledByCaller || !control.isCounted || keep === 'all')
    return undefined;
  if (keep === 'none' && !(isSampled && headWord.isExchanged)) return undefined;
  const isByThisRule =
    when !== undefined
      ? headWord.isBy(traceId, counts.id)
      : keep === 'none'
        ? !headWord.isNoted(traceId)
        : isSampled || beganHere;
  return isByThisRule ? isSampled : undefined;
}

/**
 * Decides about a trace that there is no room for, by its id alone: relief keeps no more than the rule that matches now
 * would, and what a head sampler of this policy has told other services is sampled. A trace that was decided about before
 * goes on as it was.
 */
export function decideUnderStress(
  record: TraceRecord,
  ratio: number,
  isOpen: boolean,
  verdicts: Verdicts,
  headWord: HeadWord,
): Verdict {
  const { traceId, ot, rules, lastVerdict: before } = record;
  const { control, rule } = rules.all[rules.match(record)] as TailRule;
  // "None" is meant as it says. Without a condition it may only match because the local root has not ended.
  const isNone = rule.keep === 'none' && rule.when !== undefined;
  const sampledByCaller = record.sampledByCaller && rule.keep !== 'none';
  const told = headWord.isGiven && record.isSampled && !record.sampledByCaller && !isNone;
  const threshold =
    before === undefined ? thresholdOf(Math.min(ratio, control.share ?? 1)) : before.threshold;
  const reached = before?.kept ?? (told || keepsTrace(threshold, traceId, ot.rv));
  const kept = reached || sampledByCaller;
  const hasCallersShare =
    kept && (sampledByCaller || (before === undefined ? told : before.hasCallersShare));
  return verdicts.of({
    rule: before?.kept === kept ? before.rule : STRESS_RULE,
    kept,
    partial: isOpen || isPartial(record, kept),
    isFinal: false,
    hasCallersShare,
    threshold: reached && !hasCallersShare ? threshold : undefined,
  });
}
