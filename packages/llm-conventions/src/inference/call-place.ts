import type { Context } from '@opentelemetry/api';
import { type AgentScope, withAgentScope } from '../agent-scope.ts';
import type { Usage } from '../usage/usage.ts';
import { type CallInside, CallScope, callScopeAround } from './call-scope.ts';
import type { InferenceRequest } from './inference-types.ts';

/** Where a model call stands: in an agent, in another model call, and around the work that makes it. */
export class CallPlace {
  /** The span of the call is active in it. */
  readonly context: Context;
  readonly scope: AgentScope | undefined;
  /** In a call around it, which may be the same one. */
  readonly inside: CallInside | undefined;
  /** Whether it counts for the run by itself, and not with the call around it. */
  readonly countsItself: boolean;
  readonly #outer: CallScope | undefined;
  readonly #request: InferenceRequest;
  #around: { readonly scope: CallScope; readonly context: Context } | undefined;

  constructor(context: Context, request: InferenceRequest, scope: AgentScope | undefined) {
    this.context = context;
    this.#request = request;
    this.scope = scope;
    this.#outer = callScopeAround(scope);
    const isDirect = this.#outer === scope;
    this.inside = this.#outer?.begin(request.model, { isDirect });
    this.countsItself = this.inside === undefined || !isDirect;
  }

  /** The context for the work that makes the call. */
  get contextOfWork(): Context {
    if (this.#around === undefined) {
      const scope = new CallScope(this.#request, this.#request.conversationId, this.scope);
      this.#around = { scope, context: withAgentScope(this.context, scope) };
    }
    return this.#around.context;
  }

  /** Whether the call was seen elsewhere as well, and has its metrics there. */
  get isRepeated(): boolean {
    return this.#around?.scope.isRepeated === true || this.#callBefore !== undefined;
  }

  /** Whether what it used is told elsewhere. */
  get repeatsUsage(): boolean {
    return this.#around?.scope.repeatsUsage === true || this.#callBefore?.hasTold === true;
  }

  answeredAs(id: unknown): void {
    if (typeof id !== 'string') return;
    if (this.inside !== undefined) this.inside.responseId = id;
    if (this.#around !== undefined) this.#around.scope.responseId = id;
  }

  /** What the call used, with what other libraries told of calls inside. */
  usageWith(own: Usage | undefined): Usage | undefined {
    return this.#around === undefined ? own : this.#around.scope.usageWith(own);
  }

  /** The call is over. */
  close(usage: Usage | undefined): void {
    this.#around?.scope.close(usage !== undefined);
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
