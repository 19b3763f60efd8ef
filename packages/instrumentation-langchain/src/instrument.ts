import { diag } from '@opentelemetry/api';
import { followProvider } from './active-context.ts';
import type { CallbackHandler } from './handler-shape.ts';
import { createLangChainHandler, type LangChainOptions } from './langchain-handler.ts';
import { wrapChatModel } from './wrap-chat-model.ts';
import { type LangChainClasses, wrapCallbackManager } from './wrap-classes.ts';

/**
 * Observes every run of LangChain and LangGraph in this process, without a change of the code that starts them. Returns
 * the handler. Twice is once, and a handler that a run is given in `callbacks` is used instead. Works without any
 * Node.js module.
 */
export function instrument(
  { CallbackManager, BaseChatModel, AsyncLocalStorageProviderSingleton }: LangChainClasses,
  options: LangChainOptions = {},
): CallbackHandler {
  const handler = createLangChainHandler(options);
  if (typeof Reflect.get(CallbackManager, '_configureSync') !== 'function')
    diag.warn(
      'llm-otel: instrument() of instrumentation-langchain was given a CallbackManager that it does not know: runs are only observed with the handler in their callbacks',
    );
  wrapCallbackManager(CallbackManager, () => handler);
  wrapChatModel(BaseChatModel, () => true);
  followProvider(AsyncLocalStorageProviderSingleton);
  return handler;
}
