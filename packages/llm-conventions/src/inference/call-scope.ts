import type { AgentScope } from '../agent-scope.ts';
import { InvocationScope } from '../operations/invocation-scope.ts';
import { sumOfUsages, type Usage } from '../usage/usage.ts';

/** A model call that was made inside of another one. It may be the same call, seen twice. */
export interface CallInside {
  readonly model: string | undefined;
  responseId: string | undefined;
  isOver: boolean;
  usage: Usage | undefined;
  /** Whether it is one for the run: embeddings are none. */
  readonly counts: boolean;
  /** Whether it began here, and not in an agent that runs inside: that is the same call only by its id, and is counted there. */
  readonly isDirect: boolean;
  /** Another library's: what it used is for the call around it to tell. */
  readonly isGiven: boolean;
}

/** More are calls of their own. */
const MAX_CALLS = 32;

/**
 * What a model call puts around the work that makes it. Where the work goes through a client that is observed as well, the same
 * call is seen twice. Calls are the same if their responses have one id or, where one is not known, if they are for the same model and
 * one is over before the other. Of two of ours the one inside tells the tokens. Those of another library are told by the call around
 * it, for the run and its cost are known there.
 */
export class CallScope extends InvocationScope {
  responseId: string | undefined;
  /** What begins later, in a callback that keeps the context, is another call. */
  isOver = false;
  readonly #model: string | undefined;
  readonly #counts: boolean;
  readonly #calls: CallInside[] = [];
  #hasTold = false;

  constructor(
    {
      model,
      counts = true,
    }: { readonly model?: string | undefined; readonly counts?: boolean | undefined },
    conversationId: string | undefined,
    outer: AgentScope | undefined,
  ) {
    super({ isRun: false }, conversationId, outer);
    this.#model = model;
    this.#counts = counts;
  }

  /** A call of ours begins inside. Undefined where it counts for itself, from now on; else it is counted when this one is over. */
  begin(
    model: string | undefined,
    {
      counts = true,
      isDirect = true,
    }: { readonly counts?: boolean | undefined; readonly isDirect?: boolean } = {},
  ): CallInside | undefined {
    if (this.isOver || this.#calls.length === MAX_CALLS) return undefined;
    const call: CallInside = {
      model,
      responseId: undefined,
      isOver: false,
      usage: undefined,
      counts: counts && isDirect,
      isDirect,
      isGiven: false,
    };
    this.#calls.push(call);
    return call;
  }

  /**
   * A call of another library has ended inside. `given` if this one tells what it used, `own` if it tells that itself and is counted with
   * this one, undefined if it counts for itself.
   */
  foreignEnded(
    call: Omit<CallInside, 'isOver' | 'isDirect' | 'isGiven'>,
  ): 'given' | 'own' | undefined {
    if (this.isOver) return this.#hasTold && this.wasSame(call.responseId) ? 'given' : undefined;
    if (this.#calls.length === MAX_CALLS) return undefined;
    const isGiven = this.#isSame({ ...call, isDirect: true });
    this.#calls.push({ ...call, isOver: true, isDirect: true, isGiven });
    return isGiven ? 'given' : 'own';
  }

  /** Whether a call that ends inside after this one is the same, by its id. */
  wasSame(responseId: string | undefined): boolean {
    return this.isOver && responseId !== undefined && responseId === this.responseId;
  }

  /** Whether it has told what it used. */
  get hasTold(): boolean {
    return this.#hasTold;
  }

  /** Whether this call was seen inside as one of ours, which has its metrics. */
  get isRepeated(): boolean {
    return this.#calls.some((call) => !call.isGiven && call.isOver && this.#isSame(call));
  }

  /** Whether what it used was told inside. */
  get repeatsUsage(): boolean {
    return this.#calls.some(
      (call) => !call.isGiven && call.isOver && call.usage !== undefined && this.#isSame(call),
    );
  }

  /** What it used, with what other libraries told of calls inside: those that are this one only where it has not told `own`. */
  usageWith(own: Usage | undefined): Usage | undefined {
    const given = distinct(this.#calls.filter(({ isGiven }) => isGiven));
    const others = own === undefined ? given : given.filter((call) => !this.#isSame(call));
    return others.reduce<Usage | undefined>((sum, { usage }) => sumOfUsages(sum, usage), own);
  }

  /** The call is over, and has told what it used. */
  close(hasTold: boolean): void {
    this.isOver = true;
    this.#hasTold = hasTold;
    if (this.#calls.length === 0) return;
    const isOneOfThem = this.#calls.some((call) => call.isOver && this.#isSame(call));
    const inside = distinct(this.#calls).filter(({ counts }) => counts).length;
    const counted = this.#counts ? 1 : 0;
    for (let more = inside + (isOneOfThem ? 0 : counted) - counted; more > 0; more--)
      this.countInference();
  }

  #isSame({
    model,
    responseId,
    isDirect,
  }: Pick<CallInside, 'model' | 'responseId' | 'isDirect'>): boolean {
    if (responseId !== undefined && this.responseId !== undefined)
      return responseId === this.responseId;
    return isDirect && (model === undefined || this.#model === undefined || model === this.#model);
  }
}

/** The call around, also where agents run between. */
export function callScopeAround(scope: AgentScope | undefined): CallScope | undefined {
  let around = scope;
  while (around instanceof InvocationScope && !(around instanceof CallScope)) around = around.outer;
  return around instanceof CallScope ? around : undefined;
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
