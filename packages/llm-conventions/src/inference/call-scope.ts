import type { AgentScope } from '../agent-scope.ts';
import { InvocationScope } from '../operations/invocation-scope.ts';
import { isPartial, type Usage } from '../usage/usage.ts';
import type { BegunInside, CallInside } from './call-inside.ts';
import { CallsInside, type SeenInside } from './calls-inside.ts';
import type { AnswerUsage } from './inference-types.ts';
import { type CallAround, isSame } from './same-calls.ts';

/** Who tells what a call of another library used. */
export interface ForeignInside {
  readonly place: 'given' | 'own' | 'held';
  /** Where more of it may be told. */
  readonly call?: CallInside;
}

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
  /** What the call around this one knows of it. */
  readonly #inside: CallInside | undefined;
  readonly #calls = new CallsInside();
  #before: readonly AnswerUsage[] = [];
  #told: Usage | undefined;
  #seen: SeenInside | undefined;
  /** To whom it is left to tell what it used. */
  #leftTo: 'ours' | 'foreign' | undefined;

  /** The call around this one that was not over when it began, and the next one around that is not over now. */
  readonly #around: CallScope | undefined;
  #openAround: CallScope | undefined;
  /** Whether no agent runs between. */
  #isDirect: boolean;

  constructor(
    {
      model,
      isEmbeddings = false,
    }: { readonly model?: string | undefined; readonly isEmbeddings?: boolean | undefined },
    conversationId: string | undefined,
    outer: AgentScope | undefined,
    {
      around,
      inside,
    }: { readonly around: CallScope | undefined; readonly inside: CallInside | undefined },
  ) {
    super({ isRun: false }, conversationId, outer);
    this.#inside = inside;
    this.#around = around;
    this.#openAround = around;
    this.#isDirect = inside?.isDirect ?? true;
    this.model = model;
    this.isEmbeddings = isEmbeddings;
  }

  /** This call, or the next one around it that is not over. `isDirect` if no agent runs between. */
  open(isDirect: boolean): { readonly scope: CallScope; readonly isDirect: boolean } | undefined {
    if (!this.isOver) return { scope: this, isDirect };
    while (this.#openAround?.isOver === true) {
      this.#isDirect &&= this.#openAround.#isDirect;
      this.#openAround = this.#openAround.#openAround;
    }
    const scope = this.#openAround;
    return scope && { scope, isDirect: isDirect && this.#isDirect };
  }

  /** A call of ours begins inside. Undefined where it counts for itself, from now on; else it is counted when this one is over. */
  begin(
    model: string | undefined,
    { isEmbeddings, isDirect }: { readonly isEmbeddings: boolean; readonly isDirect: boolean },
  ): CallInside | undefined {
    return this.#calls.add({ model, isEmbeddings, counts: !isEmbeddings && isDirect, isDirect });
  }

  /**
   * A call of another library has ended inside. `given` if this one tells what it used, `own` if it tells that itself and is counted with
   * this one, `held` if it does not know all of that and this one may, undefined if it counts for itself.
   */
  foreignEnded(call: BegunInside & Pick<CallInside, keyof CallAround>): ForeignInside | undefined {
    const { responseId, isDirect } = call;
    if (this.#leftTo === 'foreign' && isDirect && isSame(call, this)) {
      // It is one call.
      this.#leftTo = undefined;
      if (this.#inside !== undefined) {
        this.#inside.usage = call.usage;
        this.#inside.responseId ??= call.responseId;
        this.#inside.isForeign = true;
      }
      return { place: 'own' };
    }
    if (this.isOver) {
      if (this.#told !== undefined && this.wasSame(responseId)) return { place: 'given' };
      const open = this.open(isDirect);
      return open?.scope.foreignEnded({ ...call, isDirect: open.isDirect });
    }
    // What an agent inside asked is counted there, whatever this one turns out to be.
    const isGiven = isDirect && isSame(call, this.#asAsked);
    const added = this.#calls.add({ ...call, isOver: true, isForeign: true, isGiven });
    if (added === undefined) return undefined;
    if (isGiven) return { place: 'given', call: added };
    if (!isDirect || !isPartial(call.usage)) return { place: 'own' };
    added.isHeld = true;
    return { place: 'held', call: added };
  }

  /** By the model that was asked for, if that is known: this one tells what has its price. */
  get #asAsked(): CallAround {
    const { model, responseId, responseModel, isEmbeddings } = this;
    return {
      model,
      responseId,
      responseModel: model === undefined ? responseModel : undefined,
      isEmbeddings,
    };
  }

  /** Whether a call that ends inside after this one is the same, by its id, and was told here. */
  wasSame(responseId: string | undefined): boolean {
    if (!this.isOver || this.#leftTo !== undefined) return false;
    return responseId !== undefined && responseId === this.responseId;
  }

  /** This call, or the next one around it, that was the same and over before. */
  sameBefore(responseId: string | undefined): CallScope | undefined {
    if (this.wasSame(responseId)) return this;
    let scope = this.#around;
    while (scope !== undefined && !scope.wasSame(responseId)) scope = scope.#around;
    return scope;
  }

  /** What it has told, once it is over. */
  get told(): Usage | undefined {
    return this.#told;
  }

  /** Answers that its own stream told before the last one. */
  answeredBefore(answers: readonly AnswerUsage[]): void {
    this.#before = answers;
  }

  /** What was seen of it inside, by what it recorded itself; looked for once, when it is over. */
  seen(own: Usage | undefined): SeenInside {
    return (this.#seen ??= this.#calls.seenBy(this, own, this.#before));
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
    const { same, isOpen } = this.#calls.openFor(this);
    if (same.length > 0) {
      this.#leftTo = 'ours';
      if (this.#inside !== undefined) this.#inside.repeats = same;
    }
    // Of another library's nobody knows before its end what it is.
    else if (!isKnown && !isOpen && this.openCalls > 0) this.#leftTo = 'foreign';
    return this.#leftTo !== undefined;
  }

  /** Calls inside of which not all is known. */
  held(): readonly CallInside[] {
    return this.#calls.held();
  }

  /** The call is over, and has told what it used. */
  close(told: Usage | undefined): void {
    this.isOver = true;
    this.#told = told;
    if (this.#calls.isEmpty) return;
    const inside = this.#calls.counted;
    const { repeated, completed } = this.seen(told);
    const isOneOfThem = this.#leftTo === 'ours' || repeated.length > 0;
    // Whether it was one of those that nobody remembers is not known: sums that may have it twice are no whole ones.
    if (!isOneOfThem && this.#calls.isOverfull && told !== undefined)
      this.inferenceEnded(undefined, undefined);
    const counted = this.isEmbeddings ? 0 : 1;
    for (let more = inside + (isOneOfThem ? 0 : counted) - counted; more > 0; more--)
      this.countInference();
    if (this.#inside === undefined) return;
    if (this.#leftTo !== 'ours' && repeated.length > 0) this.#inside.repeats = repeated;
    const [one] = completed;
    if (one !== undefined && completed.length === 1) one.usage = told;
    // It has their metrics where none of ours inside has.
    for (const each of repeated) each.isForeign = false;
  }

  /** A call inside is over, with those in `its` scope. */
  nest(call: CallInside, its: CallScope): void {
    this.#calls.nest(call, its.#calls);
  }
}

/** The call around, also where agents run between. */
export function callScopeAround(scope: AgentScope | undefined): CallScope | undefined {
  let around = scope;
  while (around instanceof InvocationScope && !(around instanceof CallScope)) around = around.outer;
  return around instanceof CallScope ? around : undefined;
}
