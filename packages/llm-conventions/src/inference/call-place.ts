import type { AgentScope } from '../agent-scope.ts';
import type { Cost } from '../cost/cost-of.ts';
import { isPartial, type Usage } from '../usage/usage.ts';
import type { CallInside } from './call-inside.ts';
import type { AnswerUsage } from './inference-types.ts';
import { NOTHING } from './calls-inside.ts';
import { CallScope, callScopeAround } from './call-scope.ts';
import type { SeenElsewhere, UsageOfCall } from './usage-of-call.ts';

/** What a place is known by. */
interface PlacedCall {
  readonly model?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Those are no calls for the run. @defaultValue false */
  readonly isEmbeddings?: boolean | undefined;
}

/** What a call tells the run around it when it is over, beside what it used. */
export interface ToldCall {
  readonly cost: Cost | undefined;
  /** It failed without any answer. */
  readonly isRefused: boolean;
  /** A call inside, which is not over, is to tell it. */
  readonly isLeft?: boolean;
}

/** Where a model call stands: in an agent, in another model call, and around the work that makes it. */
export class CallPlace {
  /** Whether it counts for the run by itself, and not with the call around it. */
  readonly countsItself: boolean;
  readonly #scope: AgentScope | undefined;
  /** In a call around it, which may be the same one. */
  readonly #inside: CallInside | undefined;
  /** The call around it, and the one that was not over when this one began. */
  readonly #outer: CallScope | undefined;
  readonly #openOuter: CallScope | undefined;
  readonly #call: PlacedCall;
  #around: CallScope | undefined;
  #responseId: string | undefined;
  #responseModel: string | undefined;
  #isOver = false;
  #told: Usage | undefined;

  constructor(call: PlacedCall, scope: AgentScope | undefined) {
    this.#call = call;
    this.#scope = scope;
    this.#outer = callScopeAround(scope);
    const open = this.#outer?.open(this.#outer === scope);
    const { model, isEmbeddings = false } = call;
    const isDirect = open?.isDirect === true;
    this.#openOuter = open?.scope;
    this.#inside = open?.scope.begin(model, { isEmbeddings, isDirect });
    this.countsItself = this.#inside === undefined || !isDirect;
  }

  /** The scope of the work that makes the call; made when it is asked for, be it late. */
  get around(): CallScope {
    if (this.#around !== undefined) return this.#around;
    const around = new CallScope(this.#call, this.#call.conversationId, this.#scope, {
      around: this.#openOuter,
      inside: this.#inside,
    });
    this.#noteAnswer(around);
    if (this.#isOver) around.close(this.#told);
    return (this.#around = around);
  }

  /** What was seen elsewhere of the call, by what it recorded itself. */
  seen(own: Usage | undefined): SeenElsewhere | undefined {
    const inside = this.#around?.seen(own);
    if (inside?.elsewhere !== undefined) return inside;
    const elsewhere = this.#callBefore?.told;
    if (elsewhere === undefined) return inside;
    return { ...(inside ?? NOTHING), isSum: false, elsewhere };
  }

  /** Whether one of ours saw the call as well, which has its metrics. */
  isRepeated(own: Usage | undefined): boolean {
    const repeated = this.#around?.seen(own).repeated ?? [];
    return repeated.some(({ isForeign }) => !isForeign) || this.#callBefore !== undefined;
  }

  /** Whether a call inside, over or not, may be this one. */
  get mayBeRepeated(): boolean {
    return this.#around?.mayBeRepeated === true;
  }

  get isOpenInside(): boolean {
    return this.#around !== undefined && this.#around.openCalls > 0;
  }

  answeredAs(id: unknown, model?: unknown): void {
    if (typeof id === 'string') this.#responseId = id;
    if (typeof model === 'string') this.#responseModel = model;
    this.#noteAnswer(this.#inside);
    this.#noteAnswer(this.#around);
  }

  /** A stream of it told these answers before its last one. */
  answeredBefore(answers: readonly AnswerUsage[]): void {
    this.around.answeredBefore(answers);
  }

  /** Whether it is left to a call inside, which is not over, to tell what this one used: to one that is known to be the same, if `isKnown`. */
  leave(options: { readonly isKnown: boolean }): boolean {
    return this.#around?.leave(options) === true;
  }

  /** Tells the run around it what the call used, and what calls inside left for it to tell. What a call around it may know more of waits for that. */
  tell(
    { whole, answer, elsewhere, rest, others }: UsageOfCall,
    { cost, isRefused, isLeft = false }: ToldCall,
  ): void {
    const scope = this.#scope;
    if (scope === undefined) return;
    const { repeated, completed, othersLack } = this.#around?.seen(answer) ?? NOTHING;
    const held = this.#around?.held() ?? [];
    if (othersLack) scope.inferenceEnded?.(undefined, undefined);
    const own = held.filter((call) => completed.includes(call));
    const waits = this.#mayBeCompleted;
    for (const call of held) {
      if (own.includes(call)) call.isHeld = false;
      else if (!waits) tellHeld(call, scope);
    }
    const told = own.length > 0 ? whole : rest;
    const isOneOfThem = repeated.length > 0 || elsewhere !== undefined;
    if (told === undefined && (isOneOfThem || isLeft)) return;
    const given = completed.find(({ isGiven }) => isGiven);
    const one = own.at(-1) ?? given ?? (isOneOfThem ? undefined : this.#inside);
    const isOpen = isPartial(answer);
    if (!waits || !isOpen || one === undefined) {
      scope.inferenceEnded?.(told, cost, isRefused);
      // Beside others it would not be seen that something is missing.
      if (isOpen && others !== undefined) scope.inferenceEnded?.(undefined, undefined, isRefused);
      return;
    }
    if (others !== undefined) scope.inferenceEnded?.(others, cost);
    one.isHeld = true;
    one.isRefused = isRefused;
  }

  /** The call is over. `told` is what is known of its answer, here and elsewhere. */
  close(told: Usage | undefined): void {
    this.#isOver = true;
    this.#told = told;
    if (this.#inside !== undefined) {
      this.#inside.isOver = true;
      this.#inside.usage = told;
    }
    this.#around?.close(told);
    if (this.#inside !== undefined && this.#around !== undefined)
      this.#openOuter?.nest(this.#inside, this.#around);
    this.#scope?.callClosed?.();
  }

  #noteAnswer(call: CallInside | CallScope | undefined): void {
    if (call === undefined) return;
    call.responseId = this.#responseId;
    call.responseModel = this.#responseModel;
  }

  /** Whether the call around it may know what is missing. */
  get #mayBeCompleted(): boolean {
    return !this.countsItself && this.#openOuter?.isOver === false;
  }

  /** The call around it, where that is the same and was over first. */
  get #callBefore(): CallScope | undefined {
    return this.#outer?.sameBefore(this.#responseId);
  }
}

function tellHeld(call: CallInside, scope: AgentScope): void {
  call.isHeld = false;
  scope.inferenceEnded?.(call.usage, undefined, call.isRefused);
}
