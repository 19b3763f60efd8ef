import { FailureLog } from '@llm-otel/core';
import {
  type CallObserver,
  knownReleases,
  patchClasses,
  readStatic,
  unpatchClasses,
} from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { type GoogleGenAiOptions, observationOf } from '../instrument.ts';
import { interactionMethods } from '../interactions/interaction-methods.ts';
import { leaveLazily, observeLazily } from '../interactions/observe-lazily.ts';
import { methodsOf, type Observation, type ObservedMethod } from '../observed-methods.ts';
import { SUPPORTED } from './supported-versions.ts';

const failures = new FailureLog();

/** Builds of the package that are imported by names of their own: `@google/genai/node`, `@google/genai/web`. */
const OTHER_ENTRIES = [
  '@google/genai/dist/node/index.mjs',
  '@google/genai/dist/node/index.cjs',
  '@google/genai/dist/web/index.mjs',
  '@google/genai/dist/index.mjs',
  '@google/genai/dist/index.cjs',
];

export interface GoogleGenAiInstrumentationConfig
  extends InstrumentationConfig, GoogleGenAiOptions {}

/**
 * Observes every client of `@google/genai` that an application makes, without a change of its code: pass one to
 * `registerInstrumentations` before `@google/genai` is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version that is not known is told once and left alone.
 */
export class GoogleGenAiInstrumentation extends InstrumentationBase<GoogleGenAiInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #observation: Observation | undefined;

  constructor(config: GoogleGenAiInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-google-genai', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const isKnown = knownReleases('@google/genai', SUPPORTED, (why) => this._diag.warn(why));
    const patch = (library: unknown, version?: string): unknown => {
      if (isKnown(version)) this.#patch(library);
      return library;
    };
    const unpatch = (library: unknown): void => {
      unpatchClasses(library, methodsIn(library));
      const client = prototypeOf(library, 'GoogleGenAI');
      if (client !== undefined) leaveLazily(client, interactionMethods);
    };
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      '@google/genai',
      ['*'],
      patch,
      unpatch,
      OTHER_ENTRIES.map((file) => new InstrumentationNodeModuleFile(file, ['*'], patch, unpatch)),
    );
  }

  #patch(library: unknown): void {
    const observe = (method: ObservedMethod) => this.#observerOf(method);
    patchClasses(library, methodsIn(library), observe);
    const client = prototypeOf(library, 'GoogleGenAI');
    if (client !== undefined) observeLazily(client, interactionMethods, observe);
  }

  #observerOf(method: ObservedMethod): CallObserver {
    return (run, resource, args) => {
      if (!this.isEnabled()) return run();
      // Options that are none must not reach the application.
      this.#observation ??= failures.guard('reading the options of the instrumentation', () =>
        observationOf(this.getConfig()),
      );
      if (this.#observation === undefined) return run();
      return method.observe(this.#observation)(run, resource, args);
    };
  }
}

/** The classes of the resources are exported by their names: `Models` is that of `client.models`. */
function methodsIn(library: unknown): readonly ObservedMethod[] {
  return methodsOf((resource) => {
    return prototypeOf(library, resource.charAt(0).toUpperCase() + resource.slice(1));
  });
}

function prototypeOf(library: unknown, name: string): object | undefined {
  const prototype = readStatic(readStatic(library, name), 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}
