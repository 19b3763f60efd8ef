import {
  haveSameTotals,
  isPartial,
  mergeUsage,
  sumOfUsages,
  type Usage,
  usageBeyond,
} from '../usage/usage.ts';
import { type CallInside, usageOf } from './call-inside.ts';
import { NOTHING, type SeenInside } from './calls-inside.ts';

/** What was seen of a call elsewhere. */
export type SeenElsewhere = Omit<SeenInside, 'repeated'>;

/** What a call that is over used, and what of that is told where. */
export interface UsageOfCall {
  readonly usage: Usage | undefined;
  /** What of it is told here and nowhere else; `usage` itself, unless the same call was seen elsewhere as well. */
  readonly rest: Usage | undefined;
  /** With what is known elsewhere alone. */
  readonly whole: Usage | undefined;
  /** The same without calls that a client was asked for before: of the answer alone. */
  readonly answer: Usage | undefined;
  /** What of it is told elsewhere. */
  readonly elsewhere: Usage | undefined;
  /** What of `rest` is of the call itself. */
  readonly own: Usage | undefined;
  /** Other calls, which a client was asked for before, as far as it is told here what they used. */
  readonly otherCalls: readonly CallInside[];
  /** What those used. */
  readonly others: Usage | undefined;
  /** `rest` is of those alone. */
  readonly isOfOthers: boolean;
  /** What of the call itself has its price here: not an answer of which only a part is known, if there is more to tell. */
  readonly priced: Usage | undefined;
}

/** What of the same call other libraries told, that it did not record itself: counts, and the parts of those that are the same. */
export function notRecorded(
  own: Usage | undefined,
  seen: SeenElsewhere | undefined,
): Usage | undefined {
  const same = seen?.same;
  if (same === undefined) return undefined;
  if (own === undefined) return same;
  const more = seen?.isSum === true ? undefined : usageBeyond(same, own);
  if (more !== undefined || seen?.elsewhere !== undefined || !haveSameTotals(same, own))
    return more;
  const names = Object.keys(same) as (keyof Usage)[];
  const parts = names.filter((name) => own[name] === undefined && same[name] !== undefined);
  return parts.length === 0
    ? undefined
    : Object.fromEntries(parts.map((name) => [name, same[name]]));
}

/** `own` is what the call recorded itself, with what {@link notRecorded} tells. */
export function usageOfCall(own: Usage | undefined, seen: SeenElsewhere | undefined): UsageOfCall {
  const { elsewhere, same, otherCalls, toldBefore, isSum } = seen ?? NOTHING;
  const others = usageOf(otherCalls, { isSum: true });
  const told = sumOfUsages(own, others);
  const usage = sumOfUsages(told, toldBefore);
  if (elsewhere === undefined)
    return {
      usage,
      rest: told,
      whole: told,
      answer: own,
      elsewhere,
      own,
      otherCalls,
      others,
      isOfOthers: others !== undefined && own === undefined,
      priced: others !== undefined && isPartial(own) ? undefined : own,
    };
  const ownRest = isSum ? same : own && usageBeyond(own, elsewhere);
  const answer = isSum && own !== undefined ? own : mergeUsage(elsewhere, own ?? {});
  const isOfOthers = isSum || ownRest === undefined;
  const isOpen = others !== undefined && isPartial(answer);
  return {
    usage,
    rest: sumOfUsages(ownRest, others),
    whole: sumOfUsages(answer, others),
    answer,
    elsewhere,
    own: ownRest,
    otherCalls,
    others,
    isOfOthers,
    priced: isOfOthers ? ownRest : isOpen ? undefined : answer,
  };
}
