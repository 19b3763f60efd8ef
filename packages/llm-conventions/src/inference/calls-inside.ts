import { mergeUsage, sumOfUsages, type Usage, usageBeyond } from '../usage/usage.ts';

/** A model call that was made inside of another one. It may be the same call, seen twice. */
export interface CallInside {
  readonly model: string | undefined;
  responseId: string | undefined;
  isOver: boolean;
  usage: Usage | undefined;
  /** It did not know all that it used: what it knows is told to the run with what the call around it knows. */
  isHeld: boolean;
  /** It failed without any answer. */
  isRefused: boolean;
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
  readonly usage?: Usage | undefined;
  readonly isOver?: boolean | undefined;
  readonly counts: boolean;
  readonly isDirect: boolean;
  readonly isForeign?: boolean | undefined;
  readonly isGiven?: boolean | undefined;
  readonly server?: SeenServer | undefined;
}

/** What the call around them is known by. */
export interface CallAround {
  readonly model: string | undefined;
  readonly responseId: string | undefined;
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
    const { model, responseId, usage, isOver = false, counts, isDirect } = call;
    const { isForeign = false, isGiven = false, server } = call;
    const unheld = { isHeld: false, isRefused: false };
    const added = {
      model,
      responseId,
      isOver,
      usage,
      ...unheld,
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

  /** Those that are over and are the same call as the one around. */
  sameAs(around: CallAround): CallInside[] {
    return this.#calls.filter((call) => call.isOver && isSame(call, around));
  }

  /** The same, and where an agent that runs inside made the calls, those whose sum `used` is. */
  repeatedBy(around: CallAround, used: Usage | undefined): CallInside[] {
    const same = this.sameAs(around).filter(({ isGiven }) => !isGiven);
    return same.length > 0 || used === undefined ? same : this.#summedUpBy(around, used);
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

  /** What the call around used, with what other libraries told: of the same call what it did not tell itself, and all of others. */
  usageWith(own: Usage | undefined, around: CallAround): Usage | undefined {
    const given = distinct(this.#calls.filter(({ isGiven }) => isGiven));
    const same = own && likest(given, own, around);
    const more = own && same?.usage && usageBeyond(same.usage, own);
    const whole = more === undefined ? own : mergeUsage(more, own ?? {});
    return given
      .filter((call) => call !== same)
      .reduce((sum, { usage }) => sumOfUsages(sum, usage), whole);
  }

  /** Where the call around, which used `own`, was sent, as another library tells of the same call, or else of the last one inside. */
  serverSeen(own: Usage | undefined, around: CallAround): SeenServer | undefined {
    const seen = this.#calls.filter(({ isGiven, server }) => isGiven && server !== undefined);
    const same = own && likest(seen, own, around);
    return (same ?? seen.at(-1))?.server;
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

  /** The last of those that agents inside made, as many as tell `used` together: what was asked before them was another call. */
  #summedUpBy(around: CallAround, used: Usage): CallInside[] {
    const { inputTokens, outputTokens } = used;
    if (inputTokens === undefined || outputTokens === undefined) return [];
    const alike = this.#calls.filter(
      (call) => !call.isDirect && call.isOver && !isOther(call, around) && call.usage !== undefined,
    );
    let sum: Usage | undefined;
    for (let from = alike.length - 1; from >= 0; from--) {
      sum = sumOfUsages(sum, alike[from]?.usage);
      if (sum?.inputTokens === inputTokens && sum.outputTokens === outputTokens)
        return alike.slice(from);
    }
    return [];
  }
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
  call: Pick<CallInside, 'model' | 'responseId' | 'isDirect'>,
  around: CallAround,
): boolean {
  if (call.responseId !== undefined && around.responseId !== undefined)
    return call.responseId === around.responseId;
  return call.isDirect && !isOther(call, around);
}

/** Whether the id, or else the model, tells that it is another call. */
function isOther(call: CallAround, around: CallAround): boolean {
  const { model, responseId } = around;
  if (call.responseId !== undefined && responseId !== undefined)
    return call.responseId !== responseId;
  return call.model !== undefined && model !== undefined && call.model !== model;
}

/** Of calls that may be the one around, which used `own`: a client may have been asked before, and its last answer was used. */
function likest(
  calls: readonly CallInside[],
  own: Usage,
  around: CallAround,
): CallInside | undefined {
  const alike = calls.filter((call) => isSame(call, around));
  return (
    alike.find(({ responseId }) => responseId !== undefined && responseId === around.responseId) ??
    alike.findLast(
      ({ usage }) =>
        usage?.inputTokens === own.inputTokens && usage?.outputTokens === own.outputTokens,
    ) ??
    alike.at(-1)
  );
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
