import { context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  isObserved,
  markObserved,
  originalOf,
  overrideMember,
  readMember,
  type ResourceMethod,
  withWrappedCalls,
  WrappedCalls,
} from '@llm-otel/llm-conventions/client';
import { unfollowProvider } from './active-context.ts';
import type { CallbackHandler } from './handler-shape.ts';
import { HANDLER_NAME } from './langchain-handler.ts';
import { forgetStreams, makeStream, whenDropped } from './left-streams.ts';

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
  wrap(
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

/**
 * Lets the client library below a chat model know that its call is one of LangChain's, also where nothing else of
 * LangChain is around it.
 */
export function wrapChatModel(modelClass: unknown, isEnabled: () => boolean): void {
  const prototype: unknown =
    typeof modelClass === 'function' ? (modelClass.prototype as unknown) : undefined;
  const inside = (work: () => unknown): unknown =>
    isEnabled()
      ? context.with(withWrappedCalls(context.active(), new WrappedCalls()), work)
      : work();
  wrap(
    ownerOf(prototype, 'stream'),
    'stream',
    (stream) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        const make = (): unknown => Reflect.apply(stream, this, args);
        return isEnabled() ? makeStream(make) : make();
      },
  );
  wrap(
    prototype,
    '_generateUncached',
    (generate) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        return inside(() => Reflect.apply(generate, this, args));
      },
  );
  wrap(
    prototype,
    '_streamIterator',
    (stream) =>
      function observed(this: unknown, ...args: unknown[]): unknown {
        const iterator = Reflect.apply(stream, this, args) as AsyncGenerator;
        if (!isEnabled()) return iterator;
        const calls = new WrappedCalls();
        // A stream that nobody reads, or that is not read on.
        whenDropped(iterator, calls);
        const active = withWrappedCalls(context.active(), calls);
        for (const name of ['next', 'return', 'throw'] as const) {
          const step = iterator[name].bind(iterator) as ResourceMethod;
          overrideMember(iterator, name, (...given: unknown[]) => {
            const answer = context.with(active, () => Reflect.apply(step, iterator, given));
            // Who stops reading tells nobody else: LangChain's callbacks hear nothing more.
            if (name === 'return') failures.guard('leaving a stream', () => calls.leaveAll());
            return answer;
          });
        }
        return iterator;
      },
  );
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

function wrap(
  owner: unknown,
  name: string,
  wrapper: (method: ResourceMethod) => ResourceMethod,
): void {
  const method = memberOf(owner, name);
  if (method === undefined || isObserved(method)) return;
  const observed = wrapper(method);
  markObserved(observed, method);
  overrideMember(owner as object, name, observed);
}

function memberOf(owner: unknown, name: string): ResourceMethod | undefined {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null)
    return undefined;
  const member: unknown = Reflect.get(owner, name);
  return typeof member === 'function' ? (member as ResourceMethod) : undefined;
}

/** Which of the classes an object inherits from has the method itself: the one that chains inherit it from, too. */
function ownerOf(prototype: unknown, name: string): object | undefined {
  let owner: unknown = prototype;
  while (typeof owner === 'object' && owner !== null && !Object.hasOwn(owner, name))
    owner = Object.getPrototypeOf(owner);
  return typeof owner === 'object' && owner !== null ? owner : undefined;
}
