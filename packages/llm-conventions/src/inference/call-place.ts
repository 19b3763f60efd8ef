import type { AgentScope } from '../agent-scope.ts';
import type { Usage } from '../usage/usage.ts';
import { type CallInside, CallScope, callScopeAround } from './call-scope.ts';

/** What a place is known by. */
interface PlacedCall {
  readonly model?: string | undefined;
  readonly conversationId?: string | undefined;
  /** Whether it is a call for the run: embeddings are none. @defaultValue true */
  readonly counts?: boolean | undefined;
}

/** Where a model call stands: in an agent, in another model call, and around the work that makes it. */
export class CallPlace {
  readonly scope: AgentScope | undefined;
  /** In a call around it, which may be the same one. */
  readonly inside: CallInside | undefined;
  /** Whether it counts for the run by itself, and not with the call around it. */
  readonly countsItself: boolean;
  readonly #outer: CallScope | undefined;
  readonly #call: PlacedCall;
  #around: CallScope | undefined;

  constructor(call: PlacedCall, scope: AgentScope | undefined) {
    this.#call = call;
    this.scope = scope;
    this.#outer = callScopeAround(scope);
    const isDirect = this.#outer === scope;
    this.inside = this.#outer?.begin(call.model, { counts: call.counts, isDirect });
    this.countsItself = this.inside === undefined || !isDirect;
  }

  /** The scope of the work that makes the call. */
  get around(): CallScope {
    return (this.#around ??= new CallScope(this.#call, this.#call.conversationId, this.scope));
  }

  /** Whether the call was seen elsewhere as well, and has its metrics there. */
  get isRepeated(): boolean {
    return this.#around?.isRepeated === true || this.#callBefore !== undefined;
  }

  /** Whether what it used is told elsewhere. */
  get repeatsUsage(): boolean {
    return this.#around?.repeatsUsage === true || this.#callBefore?.hasTold === true;
  }

  answeredAs(id: unknown): void {
    if (typeof id !== 'string') return;
    if (this.inside !== undefined) this.inside.responseId = id;
    if (this.#around !== undefined) this.#around.responseId = id;
  }

  /** What the call used, with what other libraries told of calls inside. */
  usageWith(own: Usage | undefined): Usage | undefined {
    return this.#around === undefined ? own : this.#around.usageWith(own);
  }

  /** The call is over. */
  close(usage: Usage | undefined): void {
    this.#around?.close(usage !== undefined);
    if (this.inside !== undefined) {
      this.inside.isOver = true;
      this.inside.usage = usage;
    }
    this.scope?.callClosed?.();
  }

  /** The call around it, where that is the same and was over first. */
  get #callBefore(): CallScope | undefined {
    return this.#outer?.wasSame(this.inside?.responseId) === true ? this.#outer : undefined;
  }
}
