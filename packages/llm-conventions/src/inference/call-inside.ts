import { mergeUsage, sumOfUsages, type Usage } from '../usage/usage.ts';

/** A model call that was made inside of another one. It may be the same call, seen twice. */
export interface CallInside {
  readonly model: string | undefined;
  responseId: string | undefined;
  /** The model that answered. */
  responseModel: string | undefined;
  /** Of another library's, in the provider's words. */
  tier: string | undefined;
  isOver: boolean;
  usage: Usage | undefined;
  /** It did not know all that it used: what it knows is told to the run with what the call around it knows. */
  isHeld: boolean;
  /** It failed without any answer. */
  isRefused: boolean;
  readonly isEmbeddings: boolean;
  /** Whether it is one for the run: embeddings are none. */
  readonly counts: boolean;
  /** Whether no agent runs between: what one made is the same call only by its id or its sum, and is counted there. */
  isDirect: boolean;
  /** Another library's: it has no metrics, unless one of ours around it told what it used. */
  isForeign: boolean;
  /** What such a one used is for the call around it to tell. */
  isGiven: boolean;
  /** Where it was sent, as far as that is known of another library's. */
  readonly server: SeenServer | undefined;
  /** What was called inside of it. */
  inside: readonly CallInside[];
  /** The answers inside that it told again, one or their sum; undefined where it is an answer itself. */
  repeats: readonly CallInside[] | undefined;
}

/** Where a call was sent. */
export interface SeenServer {
  readonly serverAddress: string;
  readonly serverPort: number | undefined;
}

/** What a call inside is known by when it begins, or ends in a span of another library. */
export type BegunInside = Pick<CallInside, 'model' | 'isEmbeddings' | 'counts' | 'isDirect'> &
  Partial<CallInside>;

const UNKNOWN = {
  responseId: undefined,
  responseModel: undefined,
  tier: undefined,
  isOver: false,
  usage: undefined,
  isHeld: false,
  isRefused: false,
  isForeign: false,
  isGiven: false,
  server: undefined,
  inside: [],
  repeats: undefined,
} as const;

export function callInside(begun: BegunInside): CallInside {
  return { ...UNKNOWN, ...begun };
}

/** `calls` with those inside of them, at any depth, each behind those. */
export function withInside(calls: readonly CallInside[]): readonly CallInside[] {
  if (calls.every(({ inside }) => inside.length === 0)) return calls;
  return calls.flatMap((call) => [...withInside(call.inside), call]);
}

/** The answers that `calls` are, each once. */
export function answersOf(calls: readonly CallInside[]): CallInside[] {
  return [...new Set(calls.flatMap((call) => call.repeats ?? [call]))];
}

/** What `calls` used: their sum where each is an answer, or what they told together where all are one. */
export function usageOf(
  calls: readonly CallInside[],
  { isSum }: { readonly isSum: boolean },
): Usage | undefined {
  let used: Usage | undefined;
  for (const { usage } of calls)
    if (usage !== undefined) used = isSum ? sumOfUsages(used, usage) : mergeUsage(used, usage);
  return used;
}
