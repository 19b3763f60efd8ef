import { knownReleases } from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { followProvider } from '../active-context.ts';
import type { CallbackHandler } from '../handler-shape.ts';
import { createLangChainHandler, type LangChainOptions } from '../langchain-handler.ts';
import { wrapChatModel } from '../wrap-chat-model.ts';
import { type LangChainClasses, unwrapClasses, wrapCallbackManager } from '../wrap-classes.ts';
import { SUPPORTED } from './supported-versions.ts';

export interface LangChainInstrumentationConfig extends InstrumentationConfig, LangChainOptions {}

/** The files of the library that matter, in the formats that it has. */
const FILES = [
  'callbacks/manager',
  'language_models/chat_models',
  'singletons/async_local_storage/index',
].flatMap((file) => ['js', 'cjs'].map((format) => `@langchain/core/dist/${file}.${format}`));

/**
 * Observes every run of LangChain.js and LangGraph, without a change of the application: pass one to
 * `registerInstrumentations` before the library is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version of `@langchain/core` that is not known is told once and left alone.
 */
export class LangChainInstrumentation extends InstrumentationBase<LangChainInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #handler: CallbackHandler | undefined;

  constructor(config: LangChainInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-langchain', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const isKnown = knownReleases('@langchain/core', SUPPORTED, (why) => this._diag.warn(why));
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      '@langchain/core',
      ['*'],
      undefined,
      undefined,
      FILES.map(
        (file) =>
          new InstrumentationNodeModuleFile(
            file,
            ['*'],
            (library: unknown, version?: string) => {
              if (isKnown(version)) this.#patch(library);
              return library;
            },
            (library: unknown) => unwrapClasses(classesOf(library)),
          ),
      ),
    );
  }

  #patch(library: unknown): void {
    const { CallbackManager, BaseChatModel, AsyncLocalStorageProviderSingleton } =
      classesOf(library);
    followProvider(AsyncLocalStorageProviderSingleton);
    wrapCallbackManager(CallbackManager, () =>
      this.isEnabled() ? (this.#handler ??= createLangChainHandler(this.getConfig())) : undefined,
    );
    wrapChatModel(BaseChatModel, () => this.isEnabled());
  }
}

function classesOf(library: unknown): Partial<LangChainClasses> {
  return typeof library === 'object' && library !== null ? library : {};
}
