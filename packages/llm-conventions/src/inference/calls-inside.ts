import { sumOfUsages, type Usage } from '../usage/usage.ts';
import { type CallAround, isSame, mergedUsage, repeatedCalls } from './same-calls.ts';

/** A model call that was made inside of another one. It may be the same call, seen twice. */
export interface CallInside {
  readonly model: string | undefined;
  responseId: string | undefined;
  /** The model that answered. */
  responseModel: string | undefined;
  /** Of another library's, in the provider's words. */
  readonly tier: string | undefined;
  isOver: boolean;
  usage: Usage | undefined;
  /** It did not know all that it used: what it knows is told to the run with what the call around it knows. */
  isHeld: boolean;
  /** It failed without any answer. */
  isRefused: boolean;
  readonly isEmbeddings: boolean;
  /** Whether it is one for the run: embeddings are none. */
  readonly counts: boolean;
  /** Whether it began here, and not in an agent that runs inside: that is the same call only by its id or its sum, and is counted there. */
  readonly isDirect: boolean;
  /** Another library's: it has no metrics. */
  readonly isForeign: boolean;
  /** What such a one used is for the call around it to tell. */
  readonly isGiven: boolean;
  /** Where it was sent, as far as that is known of another library's. */
  readonly server: SeenServer | undefined;
}

/** Where a call was sent. */
export interface SeenServer {
  readonly serverAddress: string;
  readonly serverPort: number | undefined;
}

/** What a call inside is known by when it begins. */
export interface BegunInside {
  readonly model: string | undefined;
  readonly responseId?: string | undefined;
  readonly responseModel?: string | undefined;
  readonly tier?: string | undefined;
  readonly usage?: Usage | undefined;
  readonly isOver?: boolean | undefined;
  readonly isEmbeddings: boolean;
  readonly counts: boolean;
  readonly isDirect: boolean;
  readonly isForeign?: boolean | undefined;
  readonly isGiven?: boolean | undefined;
  readonly server?: SeenServer | undefined;
}

/** What was seen inside of a call that is over. */
export interface SeenInside {
  /** Those that it is itself. */
  readonly repeated: readonly CallInside[];
  /** It recorded the sum of them. */
  readonly isSum: boolean;
  /** What those of them that tell it themselves told. */
  readonly elsewhere: Usage | undefined;
  /** What those of them told that left it to the call around. */
  readonly same: Usage | undefined;
  /** What other calls left to it: a client may have been asked before. */
  readonly others: Usage | undefined;
  /** Of what another library told: the model that answered, the tier it was served in, and where it was sent. */
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
  readonly server: SeenServer | undefined;
}

/** More than a client is asked within one call, each of about a hundred bytes and the id it was answered with. */
const MAX_CALLS = 1000;

/** The calls that were made inside of one. */
export class CallsInside {
  readonly #calls: CallInside[] = [];
  #isOverfull = false;

  /** Whether there were more than are remembered: those count for themselves, and nobody knows whether one of them was the call around. */
  get isOverfull(): boolean {
    return this.#isOverfull;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** Undefined where there are too many. */
  add(call: BegunInside): CallInside | undefined {
    if (this.#calls.length === MAX_CALLS) {
      this.#isOverfull = true;
      return undefined;
    }
    const { model, responseId, responseModel, tier, usage, isOver = false } = call;
    const { isEmbeddings, counts, isDirect } = call;
    const { isForeign = false, isGiven = false, server } = call;
    const unheld = { isHeld: false, isRefused: false };
    const added = {
      model,
      responseId,
      responseModel,
      tier,
      isOver,
      usage,
      ...unheld,
      isEmbeddings,
      counts,
      isDirect,
      isForeign,
      isGiven,
      server,
    };
    this.#calls.push(added);
    return added;
  }

  /** Those for the run: one of each id. */
  get counted(): number {
    return distinct(this.#calls.filter(({ counts }) => counts)).length;
  }

  /** What the call around, which used `own` by what it recorded itself, has to do with them. */
  seenBy(around: CallAround, own: Usage | undefined): SeenInside {
    if (this.isEmpty) return NOTHING;
    const { calls: repeated, isSum } = repeatedCalls(this.#calls, own, around);
    const together = isSum ? summedUsage : mergedUsage;
    const elsewhere = together(repeated.filter(({ isGiven }) => !isGiven));
    const same = together(repeated.filter(({ isGiven }) => isGiven));
    const isRepeated = (call: CallInside): boolean =>
      repeated.some((one) => one === call || (one.isGiven && isOneId(one, call)));
    const left = distinct(this.#calls.filter((call) => call.isGiven && !isRepeated(call)));
    const others = summedUsage(left);
    // Where nobody says it of the same call, that of the last one inside.
    const server = serverOf(repeated) ?? serverOf(this.#calls);
    // Of one that recorded nothing itself they are all that is known.
    if (own === undefined && same === undefined && elsewhere === undefined)
      return {
        repeated: repeated.length > 0 ? repeated : left,
        isSum: false,
        elsewhere,
        same: others,
        others: undefined,
        ...answerOf(left),
        server,
      };
    return { repeated, isSum, elsewhere, same, others, ...answerOf(repeated), server };
  }

  /** Whether one of ours is not over: one that is the same as the one around, one of others alone, or none. */
  openFor(around: CallAround): 'same' | 'other' | undefined {
    const open = this.#calls.filter(({ isOver }) => !isOver);
    if (open.length === 0) return undefined;
    return open.some((call) => isSame(call, around)) ? 'same' : 'other';
  }

  mayRepeat(around: CallAround): boolean {
    return this.#calls.some((call) => !call.isForeign && isSame(call, around));
  }

  /** What of calls inside has not been told to the run yet: of the same call as the one around, and of others. */
  heldFor(around: CallAround): {
    readonly same: Usage | undefined;
    readonly others: readonly Pick<CallInside, 'usage' | 'isRefused'>[];
  } {
    const held = this.#calls.filter(({ isHeld }) => isHeld);
    const same = held.filter((call) => isSame(call, around));
    return { same: mergedUsage(same), others: held.filter((call) => !same.includes(call)) };
  }
}

export const NOTHING: SeenInside = {
  repeated: [],
  isSum: false,
  elsewhere: undefined,
  same: undefined,
  others: undefined,
  responseModel: undefined,
  tier: undefined,
  server: undefined,
};

function answerOf(calls: readonly CallInside[]): Pick<SeenInside, 'responseModel' | 'tier'> {
  const last = calls.findLast(({ isGiven }) => isGiven);
  return { responseModel: last?.responseModel, tier: last?.tier };
}

function serverOf(calls: readonly CallInside[]): SeenServer | undefined {
  return calls.findLast(({ isGiven, server }) => isGiven && server !== undefined)?.server;
}

/** One of each id; those without one are calls of their own. */
function distinct(calls: readonly CallInside[]): CallInside[] {
  const seen = new Set<string>();
  return calls.filter(({ responseId }) => {
    if (responseId === undefined) return true;
    const isNew = !seen.has(responseId);
    seen.add(responseId);
    return isNew;
  });
}

function isOneId(one: CallInside, other: CallInside): boolean {
  return one.responseId !== undefined && one.responseId === other.responseId;
}

function summedUsage(calls: readonly CallInside[]): Usage | undefined {
  return calls.reduce<Usage | undefined>((sum, { usage }) => sumOfUsages(sum, usage), undefined);
}
