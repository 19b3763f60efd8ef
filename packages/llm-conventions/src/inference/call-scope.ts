import { type AgentScope } from '../agent-scope.ts';
import { InvocationScope } from '../operations/invocation-scope.ts';

/** A model call that was made inside of another one, for the same model. */
export interface CallInside {
  responseId: string | undefined;
  isOver: boolean;
  hasUsage: boolean;
}

/** More are taken for calls of their own. */
const MAX_CALLS = 32;

/**
 * What a model call puts around the work that makes it. Where the work goes through a client that is observed as well, the same
 * call is seen twice: the one inside tells the tokens, and the one around repeats them. Calls with different response ids, or for
 * different models, are different calls.
 */
export class CallScope extends InvocationScope {
  /** The answer of the call itself. */
  responseId: string | undefined;
  /** What begins later, in a callback that keeps the context, is another call. */
  isOver = false;
  readonly #model: string | undefined;
  #calls: CallInside[] | undefined;

  constructor(model: string | undefined, conversationId: string | undefined, outer?: AgentScope) {
    super({ isRun: false }, conversationId, outer);
    this.#model = model;
  }

  /**
   * A call begins inside, which may be this one. The first one does not count for the run, where this one does already.
   * Undefined where it is another one.
   */
  begin(model: string | undefined): CallInside | undefined {
    const calls = (this.#calls ??= []);
    if (this.isOver || !alike(this.#model, model) || calls.length === MAX_CALLS) return undefined;
    const call = { responseId: undefined, isOver: false, hasUsage: false };
    if (calls.push(call) > 1) this.countInference();
    return call;
  }

  /** Whether another library's span of `model` that was answered with `responseId` is of this call. */
  isSame(model: string | undefined, responseId: string | undefined): boolean {
    return responseId !== undefined && this.responseId !== undefined
      ? responseId === this.responseId
      : alike(this.#model, model);
  }

  /** Whether this call was seen inside of it, too. */
  get isRepeated(): boolean {
    return this.#same().length > 0;
  }

  /** Whether what it used was told inside, or will be: the call there is not over. */
  get repeatsUsage(): boolean {
    return this.#same().some(({ hasUsage, isOver }) => hasUsage || !isOver);
  }

  /** The call is over. */
  close(): void {
    this.isOver = true;
    // What began was another call after all.
    if (this.#calls?.[0] !== undefined && !this.isRepeated) this.countInference();
  }

  #same(): CallInside[] {
    return (this.#calls ?? []).filter(({ responseId }) => alike(this.responseId, responseId));
  }
}

/** Unknown may be anything. */
function alike(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
