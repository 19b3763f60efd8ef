import {
  knownReleases,
  patchClasses,
  readMember,
  readStatic,
  unpatchClasses,
} from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { observationOf, type OpenAiOptions } from '../instrument.ts';
import { type Observation, observedMethods, type StartOptions } from '../observed-methods.ts';
import { type OpenAiClient, serverOf } from '../server-of-client.ts';
import { SUPPORTED } from './supported-versions.ts';

/** Files with the same classes, which an application may import in place of the package: `openai/client`, `openai/azure`. */
const OTHER_ENTRIES = ['openai/client.mjs', 'openai/client.js'];

export interface OpenAiInstrumentationConfig extends InstrumentationConfig, OpenAiOptions {}

/**
 * Observes every client of the `openai` package that an application makes, without a change of its code: pass one to
 * `registerInstrumentations` before `openai` is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version of `openai` that is not known is told once and left alone.
 */
export class OpenAiInstrumentation extends InstrumentationBase<OpenAiInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #observation: Observation | undefined;

  constructor(config: OpenAiInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-openai', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const isKnown = knownReleases('openai', SUPPORTED, (why) => this._diag.warn(why));
    const patch = (library: unknown, version?: string): unknown => {
      if (isKnown(version)) this.#patch(library);
      return library;
    };
    const unpatch = (library: unknown): void =>
      unpatchClasses(readStatic(library, 'OpenAI'), observedMethods);
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      'openai',
      ['*'],
      patch,
      unpatch,
      OTHER_ENTRIES.map((file) => new InstrumentationNodeModuleFile(file, ['*'], patch, unpatch)),
    );
  }

  #patch(library: unknown): void {
    patchClasses(
      readStatic(library, 'OpenAI'),
      observedMethods,
      ({ observe }) =>
        (run, resource, args) => {
          if (!this.isEnabled()) return run();
          // Inside of what is guarded: options that are none must not reach the application.
          const options = (): StartOptions => {
            this.#observation ??= observationOf(this.getConfig());
            const client = readMember(resource, '_client') as OpenAiClient | undefined;
            return { ...this.#observation, server: serverOf(client ?? {}) };
          };
          return observe(options)(run, resource, args);
        },
    );
  }
}
