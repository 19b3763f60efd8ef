import { join } from 'node:path';
import { makeInstrumentation, openlit, type Rival, RivalFolder } from '@llm-otel/tooling/rivals';
import { instrument } from '../../src/index.ts';
import type { LangChain } from '../../test/contract/lines.ts';

type Load = Parameters<Rival<LangChain>['start']>[0];
type Observe = (client: LangChain) => LangChain;

interface Manager {
  readonly handlers: readonly { readonly name?: string }[];
  addHandler(handler: object, inherit: boolean): void;
}

interface ManagerClass {
  _configureSync(handlers: unknown, ...rest: unknown[]): Manager | undefined;
}

/**
 * Gives each client a new handler, which every run made with it has among its callbacks: as if the application had passed
 * it in each call.
 */
function withHandler(create: () => { readonly name?: string }): Observe {
  let handler = create();
  let isPatched = false;
  return (client) => {
    handler = create();
    if (isPatched) return client;
    isPatched = true;
    const Class = client.core.CallbackManager as unknown as ManagerClass;
    const configure = Class._configureSync.bind(Class);
    Class._configureSync = (handlers, ...rest) => {
      const manager = configure(handlers, ...rest);
      if (manager === undefined) return configure([handler], ...rest);
      if (!manager.handlers.some(({ name }) => name === handler.name))
        manager.addHandler(handler, true);
      return manager;
    };
    return client;
  };
}

interface Manual {
  manuallyInstrument(modules: object): void;
}

/** Patches the manager of callbacks, which has to be handed over: the library has no module of its name. */
function manually(
  packageName: string,
  modulesOf: (manager: Pick<LangChain['core'], 'CallbackManager'>) => object,
): (load: Load) => Observe {
  return (load) => {
    const made = makeInstrumentation(load, packageName, 'LangChainInstrumentation') as Manual;
    let patched = false;
    return (client) => {
      const { CallbackManager } = client.core;
      if (!patched) made.manuallyInstrument(modulesOf({ CallbackManager }));
      patched = true;
      return client;
    };
  };
}

/** Ours first. */
export const rivals: readonly Rival<LangChain>[] = [
  {
    name: '@llm-otel/instrumentation-langchain',
    start: () => (client) => {
      instrument(client.core);
      return client;
    },
  },
  {
    name: '@traceloop/instrumentation-langchain',
    version: '0.27.0',
    start: manually('@traceloop/instrumentation-langchain', (callbackManagerModule) => ({
      callbackManagerModule,
    })),
  },
  {
    name: '@arizeai/openinference-instrumentation-langchain',
    version: '4.1.1',
    start: manually('@arizeai/openinference-instrumentation-langchain', (manager) => manager),
  },
  {
    name: '@arizeai/openinference-instrumentation-langchain-v0',
    version: '0.1.1',
    lines: ['core 0.3'],
    start: manually('@arizeai/openinference-instrumentation-langchain-v0', (manager) => manager),
  },
  openlit('langchain', 'langgraph'),
  {
    name: '@langfuse/langchain',
    version: '5.11.1',
    start(load) {
      type Langfuse = { readonly CallbackHandler: new () => { readonly name: string } };
      const { CallbackHandler } = load('@langfuse/langchain') as Langfuse;
      return withHandler(() => new CallbackHandler());
    },
  },
  {
    name: '@sentry/node',
    version: '11.12.0',
    noSpans: true,
    start(load) {
      type Sentry = { createLangChainCallbackHandler(): { readonly name?: string } };
      const sentry = load('@sentry/node') as Sentry;
      return withHandler(() => sentry.createLangChainCallbackHandler());
    },
  },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
