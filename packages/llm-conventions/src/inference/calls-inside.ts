import { isPartial, type Usage } from '../usage/usage.ts';
import {
  type BegunInside,
  callInside,
  type CallInside,
  type SeenServer,
  usageOf,
  withInside,
} from './call-inside.ts';
import type { AnswerUsage } from './inference-types.ts';
import { type CallAround, isCallOf, isSame, repeatedCalls } from './same-calls.ts';

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
  /** Others that left it to it: a client may have been asked before. */
  readonly otherCalls: readonly CallInside[];
  /** Whether one of those did not tell all of it, as where its stream broke off. */
  readonly othersLack: boolean;
  /** What those used that its stream told before its last answer, and that tell it themselves. */
  readonly toldBefore: Usage | undefined;
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

  /** What the call around, which used `own` by what it recorded itself, and of which a stream told answers `before`, has to do with them. */
  seenBy(
    around: CallAround,
    own: Usage | undefined,
    before: readonly AnswerUsage[] = [],
  ): SeenInside {
    if (this.isEmpty && before.length === 0) return NOTHING;
    const { calls: repeated, isSum } = repeatedCalls(withInside(this.#calls), own, around);
    const earlier = this.#callsOf(before, repeated, around);
    const elsewhere = usageOf(
      repeated.filter(({ isGiven }) => !isGiven),
      { isSum },
    );
    const same = usageOf(
      repeated.filter(({ isGiven }) => isGiven),
      { isSum },
    );
    const isRepeated = (call: CallInside): boolean =>
      repeated.some((one) => one === call || isOneId(one, call));
    const isLeft = (call: CallInside): boolean =>
      call.isGiven && !isRepeated(call) && !earlier.includes(call);
    const left = distinct(this.#calls.filter(isLeft));
    const given = earlier.filter(({ isGiven }) => isGiven);
    const toldBefore = usageOf(
      earlier.filter(({ isGiven }) => !isGiven),
      { isSum: true },
    );
    const othersLack = [...left, ...given].some(
      ({ usage, isRefused }) => !isRefused && isPartial(usage),
    );
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
        same: usageOf(left, { isSum: true }),
        otherCalls: given,
        othersLack,
        toldBefore,
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
      otherCalls: [...left, ...given],
      othersLack,
      toldBefore,
      ...answerOf(repeated),
      server,
    };
  }

  /** What `answers` of its stream are: calls inside, and those that nobody else saw, which are inside as well from now on. */
  #callsOf(
    answers: readonly AnswerUsage[],
    repeated: readonly CallInside[],
    { model }: CallAround,
  ): readonly CallInside[] {
    if (answers.length === 0) return [];
    const inside = new Set(withInside(this.#calls));
    for (const call of repeated) inside.delete(call);
    return answers.map((answer) => {
      for (const call of inside)
        if (isCallOf(answer, call)) {
          inside.delete(call);
          if (call.isGiven) complete(call, answer);
          return call;
        }
      const seen = {
        model,
        responseId: answer.id,
        responseModel: answer.model,
        tier: answer.serviceTier ?? undefined,
        usage: answer.usage,
        isOver: true,
        isEmbeddings: false,
        counts: true,
        isDirect: true,
        isForeign: true,
        isGiven: true,
      };
      return this.add(seen) ?? callInside(seen);
    });
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
  otherCalls: [],
  othersLack: false,
  toldBefore: undefined,
  responseModel: undefined,
  tier: undefined,
  server: undefined,
};

/** Another library may not say all that its stream does. */
function complete(call: CallInside, { model, serviceTier, usage }: AnswerUsage): void {
  call.usage ??= usage;
  call.responseModel ??= model;
  call.tier ??= serviceTier ?? undefined;
}

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
