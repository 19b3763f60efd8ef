import type { Context } from '@opentelemetry/api';
import { type AgentScope, withAgentScope } from '../agent-scope.ts';
import { type CallInside, CallScope } from './call-scope.ts';
import type { InferenceRequest } from './inference-types.ts';

/** Where a model call stands: in an agent, in another model call, and around the work that makes it. */
export class CallPlace {
  /** The span of the call is active in it. */
  readonly context: Context;
  readonly scope: AgentScope | undefined;
  /** Where a call around it may be the same one. */
  readonly inside: CallInside | undefined;
  readonly #request: InferenceRequest;
  #around: { readonly scope: CallScope; readonly context: Context } | undefined;

  constructor(context: Context, request: InferenceRequest, scope: AgentScope | undefined) {
    this.context = context;
    this.#request = request;
    this.scope = scope;
    this.inside = scope instanceof CallScope ? scope.begin(request.model) : undefined;
  }

  /** The context for the work that makes the call. */
  get contextOfWork(): Context {
    if (this.#around === undefined) {
      const { model, conversationId } = this.#request;
      const scope = new CallScope(model, conversationId, this.scope);
      this.#around = { scope, context: withAgentScope(this.context, scope) };
    }
    return this.#around.context;
  }

  /** Whether the call was seen inside as well, and has its metrics there. */
  get isRepeated(): boolean {
    return this.#around?.scope.isRepeated === true;
  }

  /** Whether what it used is told inside. */
  get repeatsUsage(): boolean {
    return this.#around?.scope.repeatsUsage === true;
  }

  answeredAs(id: unknown): void {
    if (typeof id !== 'string') return;
    if (this.inside !== undefined) this.inside.responseId = id;
    if (this.#around !== undefined) this.#around.scope.responseId = id;
  }

  /** The call is over. */
  close(): void {
    this.#around?.scope.close();
    if (this.inside !== undefined) this.inside.isOver = true;
    this.scope?.callClosed?.();
  }
}
