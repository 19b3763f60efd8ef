import type { AgentScope } from '../agent-scope.ts';
import { InvocationScope } from '../operations/invocation-scope.ts';
import type { Usage } from '../usage/usage.ts';
import { type CallInside, CallsInside, type SeenInside } from './calls-inside.ts';
import { type CallAround, isSame } from './same-calls.ts';

/**
 * What a model call puts around the work that makes it. Where the work goes through a client that is observed as well, the same
 * call is seen twice. Calls are the same if their responses have one id or, where one is not known, if they are for the same model and
 * one is over before the other; where an agent runs between, instead of the model, if the one around tells the sum of those inside.
 * Of two of ours the one inside tells the tokens, and the one around what that did not know. Those of another library are told by the
 * call around it, for the run and its cost are known there.
 */
export class CallScope extends InvocationScope implements CallAround {
  responseId: string | undefined;
  responseModel: string | undefined;
  /** What begins later, in a callback that keeps the context, is another call. */
  isOver = false;
  readonly model: string | undefined;
  readonly isEmbeddings: boolean;
  readonly #calls = new CallsInside();
  #told: Usage | undefined;
  #seen: SeenInside | undefined;
  /** To whom it is left to tell what it used. */
  #leftTo: 'ours' | 'foreign' | undefined;

  constructor(
    {
      model,
      isEmbeddings = false,
    }: { readonly model?: string | undefined; readonly isEmbeddings?: boolean | undefined },
    conversationId: string | undefined,
    outer: AgentScope | undefined,
  ) {
    super({ isRun: false }, conversationId, outer);
    this.model = model;
    this.isEmbeddings = isEmbeddings;
  }

  /** A call of ours begins inside. Undefined where it counts for itself, from now on; else it is counted when this one is over. */
  begin(
    model: string | undefined,
    {
      isEmbeddings = false,
      isDirect = true,
    }: { readonly isEmbeddings?: boolean | undefined; readonly isDirect?: boolean } = {},
  ): CallInside | undefined {
    if (this.isOver) return undefined;
    return this.#calls.add({ model, isEmbeddings, counts: !isEmbeddings && isDirect, isDirect });
  }

  /**
   * A call of another library has ended inside. `given` if this one tells what it used, `own` if it tells that itself and is counted with
   * this one, undefined if it counts for itself.
   */
  foreignEnded(
    call: Pick<CallInside, keyof CallAround | 'usage' | 'counts' | 'isDirect' | 'server' | 'tier'>,
  ): 'given' | 'own' | undefined {
    const { responseId, isDirect } = call;
    if (this.#leftTo === 'foreign' && isDirect && isSame(call, this)) {
      // It is one call.
      this.#leftTo = undefined;
      return 'own';
    }
    if (this.isOver)
      return this.#told !== undefined && this.wasSame(responseId) ? 'given' : undefined;
    // What an agent inside asked is counted there, whatever this one turns out to be.
    const isGiven = isDirect && isSame(call, this);
    const added = this.#calls.add({ ...call, isOver: true, isForeign: true, isGiven });
    if (added === undefined) return undefined;
    return isGiven ? 'given' : 'own';
  }

  /** Whether a call that ends inside after this one is the same, by its id, and was told here. */
  wasSame(responseId: string | undefined): boolean {
    if (!this.isOver || this.#leftTo !== undefined) return false;
    return responseId !== undefined && responseId === this.responseId;
  }

  /** What it has told, once it is over. */
  get told(): Usage | undefined {
    return this.#told;
  }

  /** What was seen of it inside, by what it recorded itself; looked for once, when it is over. */
  seen(own: Usage | undefined): SeenInside {
    return (this.#seen ??= this.#calls.seenBy(this, own));
  }

  /** Whether one of ours inside, over or not, may be this call. */
  get mayBeRepeated(): boolean {
    return this.#calls.mayRepeat(this);
  }

  /**
   * Nothing was told of it, and a call inside is not over, as where its stream is handed on to be read later: it is that call, which tells
   * what it used when it ends. Whether there is one.
   */
  leave({ isKnown }: { readonly isKnown: boolean }): boolean {
    const open = this.#calls.openFor(this);
    if (open === 'same') this.#leftTo = 'ours';
    // Of another library's nobody knows before its end what it is.
    else if (!isKnown && open === undefined && this.openCalls > 0) this.#leftTo = 'foreign';
    return this.#leftTo !== undefined;
  }

  held(): ReturnType<CallsInside['heldFor']> {
    return this.#calls.heldFor(this);
  }

  /** The call is over, and has told what it used. */
  close(told: Usage | undefined): void {
    this.isOver = true;
    this.#told = told;
    if (this.#calls.isEmpty) return;
    const inside = this.#calls.counted;
    const isOneOfThem = this.#leftTo === 'ours' || this.seen(told).repeated.length > 0;
    // Whether it was one of those that nobody remembers is not known: sums that may have it twice are no whole ones.
    if (!isOneOfThem && this.#calls.isOverfull && told !== undefined)
      this.inferenceEnded(undefined, undefined);
    const counted = this.isEmbeddings ? 0 : 1;
    for (let more = inside + (isOneOfThem ? 0 : counted) - counted; more > 0; more--)
      this.countInference();
  }
}

/** The call around, also where agents run between. */
export function callScopeAround(scope: AgentScope | undefined): CallScope | undefined {
  let around = scope;
  while (around instanceof InvocationScope && !(around instanceof CallScope)) around = around.outer;
  return around instanceof CallScope ? around : undefined;
}
