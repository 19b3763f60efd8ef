import { haveSameTotals, mergeUsage, sumOfUsages, type Usage } from '../usage/usage.ts';
import type { CallInside } from './calls-inside.ts';

/** What the call around others is known by. */
export interface CallAround {
  readonly model: string | undefined;
  readonly responseId: string | undefined;
  readonly responseModel: string | undefined;
  /** An answer is never the same as a call of embeddings. */
  readonly isEmbeddings: boolean;
}

/** Calls inside that the one around is itself: one seen twice, or several whose sum it recorded. */
export interface RepeatedCalls {
  readonly calls: readonly CallInside[];
  readonly isSum: boolean;
}

/**
 * Those of `calls` that the one around, which recorded `own`, is itself: by its id if that is known, else by the model and the tokens.
 * A client may be asked again inside, with another model too, and then the call around tells the last answer, or the sum.
 */
export function repeatedCalls(
  calls: readonly CallInside[],
  own: Usage | undefined,
  around: CallAround,
): RepeatedCalls {
  const over = calls.filter(({ isOver }) => isOver);
  const byId = over.filter(
    ({ responseId }) => responseId !== undefined && responseId === around.responseId,
  );
  const alike = byId.length > 0 ? byId : over.filter((call) => isSame(call, around));
  if (own === undefined)
    return asOne(byId.length > 0 ? byId : alike.filter(({ isGiven }) => !isGiven));
  const last = alike.findLast(({ usage }) => usage !== undefined && agree(usage, own));
  if (last !== undefined) return asOne(byId.length > 0 ? byId : [last]);
  const direct = over.filter(({ isDirect }) => isDirect);
  const summed = lastThatSumUpTo(own, direct, 2);
  if (summed.length > 0) return { calls: summed, isSum: true };
  if (byId.length > 0) return asOne(byId);
  const rest = alike.filter(({ usage }) => usage === undefined || !contradict(usage, own));
  const told = rest.filter(({ isGiven }) => !isGiven);
  if (told.length > 0) return asOne(told);
  const given = rest.at(-1);
  if (given !== undefined) return asOne([given]);
  // Those that agents inside made are others, unless it is their sum.
  const ofAgents = over.filter((call) => !call.isDirect && !isOther(call, around));
  return { calls: lastThatSumUpTo(own, ofAgents, 1), isSum: true };
}

/** What calls told together that are one call. */
export function mergedUsage(calls: readonly CallInside[]): Usage | undefined {
  return calls.reduce<Usage | undefined>(
    (merged, { usage }) => (usage === undefined ? merged : mergeUsage(merged, usage)),
    undefined,
  );
}

/** Whether a call inside is the one around, seen twice. */
export function isSame(
  call: Pick<CallInside, keyof CallAround | 'isDirect'>,
  around: CallAround,
): boolean {
  if (call.responseId !== undefined && around.responseId !== undefined)
    return call.responseId === around.responseId;
  return call.isDirect && !isOther(call, around);
}

/** Whether the id, or else the models, tell that it is another call. */
function isOther(call: CallAround, around: CallAround): boolean {
  if (call.responseId !== undefined && around.responseId !== undefined)
    return call.responseId !== around.responseId;
  if (call.isEmbeddings !== around.isEmbeddings) return true;
  const models = modelsOf(call);
  const modelsAround = modelsOf(around);
  return (
    models.length > 0 &&
    modelsAround.length > 0 &&
    !models.some((model) => modelsAround.includes(model))
  );
}

function modelsOf({ model, responseModel }: Pick<CallAround, 'model' | 'responseModel'>): string[] {
  return [model, responseModel].filter((name) => name !== undefined);
}

const asOne = (calls: readonly CallInside[]): RepeatedCalls => ({ calls, isSum: false });

/** Whether two tell the same, as far as both tell it. */
function agree(one: Usage, other: Usage): boolean {
  const { inputTokens: input, outputTokens: output } = one;
  const isKnown =
    (input !== undefined && input === other.inputTokens) ||
    (output !== undefined && output === other.outputTokens);
  return (
    isKnown && !isOtherCount(input, other.inputTokens) && !isOtherCount(output, other.outputTokens)
  );
}

/**
 * Whether two tell other input and other output. With one of them alone it may be the same call: some count what came from a cache, or
 * what was thought, and some do not.
 */
function contradict(one: Usage, other: Usage): boolean {
  return (
    isOtherCount(one.inputTokens, other.inputTokens) &&
    isOtherCount(one.outputTokens, other.outputTokens)
  );
}

function isOtherCount(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** The last of `calls`, as many as tell `used` together: what was asked before them was another call. */
function lastThatSumUpTo(used: Usage, calls: readonly CallInside[], atLeast: number): CallInside[] {
  const { inputTokens, outputTokens } = used;
  if (inputTokens === undefined || outputTokens === undefined) return [];
  const telling = calls.filter(({ usage }) => usage !== undefined);
  let sum: Usage | undefined;
  for (let from = telling.length - 1; from >= 0; from--) {
    sum = sumOfUsages(sum, telling[from]?.usage);
    if (telling.length - from >= atLeast && haveSameTotals(sum, used)) return telling.slice(from);
  }
  return [];
}
