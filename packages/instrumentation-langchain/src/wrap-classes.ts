import { FailureLog } from '@llm-otel/core';
import { originalOf, overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import { unfollowProvider } from './active-context.ts';
import type { CallbackHandler } from './handler-shape.ts';
import { HANDLER_NAME } from './langchain-handler.ts';
import { forgetStreams } from './left-streams.ts';
import { memberOf, ownerOf, wrapMember } from './wrap-member.ts';

/** Classes of `@langchain/core`, and the one object. */
export interface LangChainClasses {
  /** From `@langchain/core/callbacks/manager`. */
  readonly CallbackManager: object;
  /**
   * From `@langchain/core/language_models/chat_models`: where the client library below the models is observed as well, a
   * call has one span and not two; and what is under way for a stream that is left early ends when it is left, in
   * models, chains and whatever else inherits `stream` from the same class.
   */
  readonly BaseChatModel?: object | undefined;
  /**
   * From `@langchain/core/singletons`: tools and lambdas run inside their span also where neither LangGraph nor
   * `@langchain/core/context` is loaded.
   */
  readonly AsyncLocalStorageProviderSingleton?: object | undefined;
}

interface Handlers {
  readonly handlers: readonly unknown[];
  addHandler(handler: unknown, inherit?: boolean): void;
}

const failures = new FailureLog();

/**
 * Adds the handler to every run: LangChain makes a manager of callbacks for each outermost one, and this is where. What
 * runs inside inherits it. A handler that the application has put there itself stays the only one.
 */
export function wrapCallbackManager(
  managerClass: unknown,
  handlerOf: () => CallbackHandler | undefined,
): void {
  wrapMember(
    managerClass,
    '_configureSync',
    (configure) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        const manager: unknown = Reflect.apply(configure, this, args);
        return (
          failures.guard('observing a run of LangChain', () => {
            const handler = handlerOf();
            if (handler === undefined) return manager;
            // Without any callback there is no manager, which is what has the tags and metadata of the run.
            return manager === undefined
              ? Reflect.apply<unknown, unknown[], unknown>(configure, this, [
                  [handler],
                  ...args.slice(1),
                ])
              : withHandler(manager, handler);
          }) ?? manager
        );
      },
  );
}

function withHandler(manager: unknown, handler: CallbackHandler): unknown {
  const used = manager as Handlers;
  if (!used.handlers.some((other) => readMember(other, 'name') === HANDLER_NAME))
    used.addHandler(handler, true);
  return used;
}

/** Takes back what was wrapped. */
export function unwrapClasses({
  CallbackManager,
  BaseChatModel,
  AsyncLocalStorageProviderSingleton,
}: Partial<LangChainClasses>): void {
  unfollowProvider(AsyncLocalStorageProviderSingleton);
  forgetStreams();
  const prototype: unknown =
    typeof BaseChatModel === 'function' ? (BaseChatModel.prototype as unknown) : undefined;
  for (const [owner, name] of [
    [CallbackManager, '_configureSync'],
    [ownerOf(prototype, 'stream'), 'stream'],
    [prototype, '_generateUncached'],
    [prototype, '_streamIterator'],
  ] as const) {
    const method = memberOf(owner, name);
    const original = originalOf(method);
    if (original !== undefined) overrideMember(owner as object, name, original);
  }
}
