import { isPartial, type Usage } from '../usage/usage.ts';
import {
  type BegunInside,
  callInside,
  type CallInside,
  type SeenServer,
  usageOf,
  withInside,
} from './call-inside.ts';
import { type CallAround, isSame, repeatedCalls } from './same-calls.ts';

/** What was seen inside of a call that is over. */
export interface SeenInside {
  /** The answers that it is itself. */
  readonly repeated: readonly CallInside[];
  /** It recorded the sum of them. */
  readonly isSum: boolean;
  /** Those of them of which it may know more: it recorded something, and is one with them. */
  readonly completed: readonly CallInside[];
  /** Those of them that have no metrics yet: another library's. */
  readonly unmeasured: readonly CallInside[];
  /** What those of them that tell it themselves told. */
  readonly elsewhere: Usage | undefined;
  /** What those of them told that left it to the call around. */
  readonly same: Usage | undefined;
  /** What other calls left to it: a client may have been asked before. */
  readonly others: Usage | undefined;
  /** Whether one of those did not tell all of it, as where its stream broke off. */
  readonly othersLack: boolean;
  /** The model that answered the last of those. */
  readonly othersModel: string | undefined;
  /** Of what another library told: the model that answered, the tier it was served in, and where it was sent. */
  readonly responseModel: string | undefined;
  readonly tier: string | undefined;
  readonly server: SeenServer | undefined;
}

/** More than a client is asked within one call, each of about two hundred bytes and the id it was answered with. */
const MAX_CALLS = 1000;

/** The calls that were made inside of one, and inside of those. */
export class CallsInside {
  readonly #calls: CallInside[] = [];
  /** With those inside of them. */
  #size = 0;
  #isOverfull = false;

  /** Whether there were more than are remembered: those count for themselves, and nobody knows whether one of them was the call around. */
  get isOverfull(): boolean {
    return this.#isOverfull;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** Undefined where there are too many. */
  add(begun: BegunInside): CallInside | undefined {
    if (this.#size >= MAX_CALLS) {
      this.#isOverfull = true;
      return undefined;
    }
    const call = callInside(begun);
    this.#calls.push(call);
    this.#size++;
    return call;
  }

  /** `call` is over, and these were made inside of it. */
  nest(call: CallInside, inside: CallsInside): void {
    if (inside.isEmpty) return;
    // What the call told of another library's has its metrics now, and is for nobody else to tell.
    for (const given of inside.#calls.filter(({ isGiven }) => isGiven)) {
      given.isGiven = false;
      given.isForeign = false;
    }
    if (!call.isDirect) for (const each of withInside(inside.#calls)) each.isDirect = false;
    if (this.#size + inside.#size > MAX_CALLS) {
      this.#isOverfull = true;
      return;
    }
    this.#size += inside.#size;
    call.inside = inside.#calls;
  }

  /** Those for the run: one of each id. */
  get counted(): number {
    return distinct(this.#calls.filter(({ counts }) => counts)).length;
  }

  /** What the call around, which used `own` by what it recorded itself, has to do with them. */
  seenBy(around: CallAround, own: Usage | undefined): SeenInside {
    if (this.isEmpty) return NOTHING;
    const { calls: repeated, isSum } = repeatedCalls(withInside(this.#calls), own, around);
    const given = repeated.filter(({ isGiven }) => isGiven);
    const telling = repeated.filter(({ isGiven }) => !isGiven);
    const elsewhere = usageOf(telling, { isSum });
    const same = usageOf(given, { isSum });
    const isRepeated = (call: CallInside): boolean =>
      repeated.some((one) => one === call || isOneId(one, call));
    const left = distinct(this.#calls.filter((call) => call.isGiven && !isRepeated(call)));
    const others = usageOf(left, { isSum: true });
    const othersLack = left.some(({ usage, isRefused }) => !isRefused && isPartial(usage));
    // Where nobody says it of the same call, that of the last one inside.
    const server = serverOf(repeated) ?? serverOf(this.#calls);
    // Of one that recorded nothing itself they are all that is known.
    if (own === undefined && same === undefined && elsewhere === undefined)
      return {
        repeated: repeated.length > 0 ? repeated : left,
        isSum: left.length > 1,
        completed: [],
        unmeasured: [],
        elsewhere,
        same: others,
        others: undefined,
        othersLack,
        othersModel: undefined,
        ...answerOf(left),
        server,
      };
    const isMeasured = !isSum && repeated.some(({ isForeign }) => !isForeign);
    return {
      repeated,
      isSum,
      completed: own === undefined || isSum ? [] : repeated,
      unmeasured: isMeasured
        ? []
        : repeated.filter(({ isForeign, isGiven }) => isForeign && !isGiven),
      elsewhere,
      same,
      others,
      othersLack,
      othersModel: left.at(-1)?.responseModel,
      ...answerOf(repeated),
      server,
    };
  }

  /** Those of ours that are not over: the same as the one around, if there are any, and others. */
  openFor(around: CallAround): { readonly same: readonly CallInside[]; readonly isOpen: boolean } {
    const open = withInside(this.#calls).filter(({ isOver }) => !isOver);
    return { same: open.filter((call) => isSame(call, around)), isOpen: open.length > 0 };
  }

  mayRepeat(around: CallAround): boolean {
    return withInside(this.#calls).some((call) => !call.isForeign && isSame(call, around));
  }

  /** Those of which not all is known, and nothing has been told to the run yet. */
  held(): readonly CallInside[] {
    return this.isEmpty ? this.#calls : withInside(this.#calls).filter(({ isHeld }) => isHeld);
  }
}

export const NOTHING: SeenInside = {
  repeated: [],
  isSum: false,
  completed: [],
  unmeasured: [],
  elsewhere: undefined,
  same: undefined,
  others: undefined,
  othersLack: false,
  othersModel: undefined,
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
