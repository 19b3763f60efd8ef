import type { AgentScope } from '../agent-scope.ts';
import type { Cost } from '../cost/cost-of.ts';
import { mergeUsage, type Usage } from '../usage/usage.ts';
import { type CallInside, NOTHING } from './calls-inside.ts';
import { CallScope, callScopeAround } from './call-scope.ts';
import type { SeenElsewhere } from './usage-of-call.ts';

/** What a place is known by. */
interface PlacedCall {
  readonly model?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Those are no calls for the run. @defaultValue false */
  readonly isEmbeddings?: boolean | undefined;
}

/** What a call tells the run around it when it is over. */
export interface ToldUsage {
  /** What the call knows. */
  readonly usage: Usage | undefined;
  /** What of that was told before, by the same call seen elsewhere. */
  readonly elsewhere: Usage | undefined;
  /** What nobody told before. */
  readonly rest: Usage | undefined;
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
  readonly #outer: CallScope | undefined;
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
    const isDirect = this.#outer === scope;
    const { model, isEmbeddings } = call;
    this.#inside = this.#outer?.begin(model, { isEmbeddings, isDirect });
    this.countsItself = this.#inside === undefined || !isDirect;
  }

  /** The scope of the work that makes the call; made when it is asked for, be it late. */
  get around(): CallScope {
    if (this.#around !== undefined) return this.#around;
    const around = new CallScope(this.#call, this.#call.conversationId, this.#scope);
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

  answeredAs(id: unknown, model?: unknown): void {
    if (typeof id === 'string') this.#responseId = id;
    if (typeof model === 'string') this.#responseModel = model;
    this.#noteAnswer(this.#inside);
    this.#noteAnswer(this.#around);
  }

  /** Whether it is left to a call inside, which is not over, to tell what this one used: to one that is known to be the same, if `isKnown`. */
  leave(options: { readonly isKnown: boolean }): boolean {
    return this.#around?.leave(options) === true;
  }

  /** Tells the run around it what the call used, and what calls inside left for it to tell. */
  tell({ usage, elsewhere, rest, cost, isRefused, isLeft = false }: ToldUsage): void {
    if (this.#scope === undefined) return;
    const held = this.#around?.held();
    for (const other of held?.others ?? [])
      this.#scope.inferenceEnded?.(other.usage, undefined, other.isRefused);
    const whole = held?.same === undefined ? rest : mergeUsage(held.same, usage ?? {});
    if (whole === undefined && (elsewhere !== undefined || isLeft)) return;
    if (this.#inside !== undefined && this.#mayBeCompleted(whole)) {
      this.#inside.isHeld = true;
      this.#inside.isRefused = isRefused;
    } else this.#scope.inferenceEnded?.(whole, cost, isRefused);
  }

  /** The call is over. `told` is what is known of it, here and elsewhere. */
  close(told: Usage | undefined): void {
    this.#isOver = true;
    this.#told = told;
    this.#around?.close(told);
    if (this.#inside !== undefined) {
      this.#inside.isOver = true;
      this.#inside.usage = told;
    }
    this.#scope?.callClosed?.();
  }

  #noteAnswer(call: CallInside | CallScope | undefined): void {
    if (call === undefined) return;
    call.responseId = this.#responseId;
    call.responseModel = this.#responseModel;
  }

  /** Whether the call around it may know what is missing. */
  #mayBeCompleted(usage: Usage | undefined): boolean {
    if (this.countsItself || this.#outer?.isOver !== false) return false;
    return usage?.inputTokens === undefined || usage.outputTokens === undefined;
  }

  /** The call around it, where that is the same and was over first. */
  get #callBefore(): CallScope | undefined {
    return this.#outer?.wasSame(this.#responseId) === true ? this.#outer : undefined;
  }
}
