import { haveSameTotals, isPartial, sumOfUsages, type Usage } from '../usage/usage.ts';
import { answersOf, type CallInside } from './call-inside.ts';
import type { AnswerUsage } from './inference-types.ts';

/** What the call around others is known by. */
export interface CallAround {
  readonly model: string | undefined;
  readonly responseId: string | undefined;
  readonly responseModel: string | undefined;
  /** An answer is never the same as a call of embeddings. */
  readonly isEmbeddings: boolean;
}

/** Answers inside that the call around is itself: one seen twice, or several whose sum it recorded. */
export interface RepeatedCalls {
  readonly calls: readonly CallInside[];
  readonly isSum: boolean;
}

/**
 * The answers among `calls` that the one around, which recorded `own`, is itself: by its id if that is known, else by the model and the tokens.
 * A client may be asked again inside, with another model too, and then the call around tells the last answer, or the sum. `calls` are
 * those inside at any depth: one that is the same as another one inside of it stands for that, and one that is a sum for all of those.
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
  const hasId = byId.length > 0;
  const alike = hasId ? byId : over.filter((call) => isSame(call, around));
  if (own === undefined) return asOne(hasId ? byId : alike.filter(({ isGiven }) => !isGiven));
  const agreeing = alike.filter(({ usage }) => usage !== undefined && agree(usage, own));
  if (agreeing.length > 0) return asOne(hasId ? agreeing : lastOf(agreeing));
  const answers = over.filter(
    ({ repeats, isEmbeddings }) => repeats === undefined && isEmbeddings === around.isEmbeddings,
  );
  const direct = answers.filter(({ isDirect }) => isDirect);
  // The last one may have told nothing, and is known by its id.
  const summed = lastThatSumUpTo(
    own,
    direct.filter((call) => tells(call) || byId.includes(call)),
    2,
  );
  if (summed.length > 0) return { calls: summed, isSum: true };
  if (hasId) {
    // An id that is not the one of what was recorded with it, as where each comes when it is known.
    const isOfAnother = byId.every(({ usage }) => usage !== undefined && contradict(usage, own));
    const exact = isOfAnother
      ? direct.findLast((call) => haveSameTotals(call.usage, own) && !isOtherModel(call, around))
      : undefined;
    return asOne(exact === undefined ? byId : [exact]);
  }
  // What was refused has no answer.
  const rest = alike.filter(({ usage, isRefused }) =>
    usage === undefined ? !isRefused : !contradict(usage, own),
  );
  const one = rest.findLast(({ isGiven }) => !isGiven) ?? rest.at(-1);
  if (one !== undefined) return asOne([one]);
  // Those that agents inside made are others, unless it is their sum.
  const ofAgents = answers.filter(
    (call) => !call.isDirect && tells(call) && !isOther(call, around),
  );
  return { calls: lastThatSumUpTo(own, ofAgents, 1), isSum: true };
}

/** The last, which is an answer itself if one of them is. */
function lastOf(calls: readonly CallInside[]): readonly CallInside[] {
  const answers = calls.filter(({ repeats }) => repeats === undefined);
  return (answers.length > 0 ? answers : calls).slice(-1);
}

function tells({ usage }: CallInside): boolean {
  return usage !== undefined;
}

/** Whether a call inside is the one around, seen twice. */
export function isSame(
  call: Pick<CallInside, keyof CallAround | 'isDirect'> & Partial<Pick<CallInside, 'repeats'>>,
  around: CallAround,
): boolean {
  if (call.responseId !== undefined && around.responseId !== undefined)
    return call.responseId === around.responseId;
  if (!call.isDirect || isOther(call, around)) return false;
  // One without an id has those of what it repeats.
  return call.repeats?.every((answer) => isOther(answer, around)) !== true;
}

/** Whether an answer that a stream told before its last one is that of `call`: by the id or, where one is not known, by the model and all tokens. */
export function isCallOf(answer: AnswerUsage, call: CallInside): boolean {
  const { isOver, isDirect, isRefused, repeats, responseId } = call;
  if (!isOver || isRefused || repeats !== undefined) return false;
  if (responseId !== undefined && answer.id !== undefined) return responseId === answer.id;
  if (!haveSameTotals(call.usage, answer.usage)) return false;
  if (!isDirect && isPartial(call.usage)) return false;
  return !isOtherModel(call, { model: undefined, responseModel: answer.model });
}

/** Whether the id, or else the models, tell that it is another call. */
function isOther(call: CallAround, around: CallAround): boolean {
  if (call.responseId !== undefined && around.responseId !== undefined)
    return call.responseId !== around.responseId;
  return call.isEmbeddings !== around.isEmbeddings || isOtherModel(call, around);
}

type Models = Pick<CallAround, 'model' | 'responseModel'>;

function isOtherModel(call: Models, around: Models): boolean {
  const models = modelsOf(call);
  const modelsAround = modelsOf(around);
  return (
    models.length > 0 &&
    modelsAround.length > 0 &&
    !models.some((model) => modelsAround.includes(model))
  );
}

function modelsOf({ model, responseModel }: Models): string[] {
  return [model, responseModel].filter((name) => name !== undefined);
}

function asOne(calls: readonly CallInside[]): RepeatedCalls {
  const answers = answersOf(calls);
  return { calls: answers, isSum: calls.length === 1 && answers.length > 1 };
}

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
  let sum: Usage | undefined;
  for (let from = calls.length - 1; from >= 0; from--) {
    const usage = calls[from]?.usage;
    sum = sumOfUsages(sum, usage);
    if (usage === undefined || calls.length - from < atLeast) continue;
    if (haveSameTotals(sum, used)) return calls.slice(from);
  }
  return [];
}
