import {
  knownReleases,
  observeCall,
  patchClasses,
  readMember,
  readStatic,
  unpatchClasses,
} from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';
import { observationOf, type OpenAiOptions } from '../instrument.ts';
import { type Observation, observedMethods } from '../observed-methods.ts';
import { type OpenAiClient, serverOf } from '../server-of-client.ts';
import { SUPPORTED } from './supported-versions.ts';

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
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      'openai',
      ['*'],
      (library: unknown, version?: string) => {
        if (isKnown(version)) this.#patch(library);
        return library;
      },
      (library: unknown) => unpatchClasses(readStatic(library, 'OpenAI'), observedMethods),
    );
  }

  #patch(library: unknown): void {
    patchClasses(
      readStatic(library, 'OpenAI'),
      observedMethods,
      ({ start }) =>
        (run, resource, args) => {
          if (!this.isEnabled()) return run();
          // Inside of what is guarded: options that are none must not reach the application.
          return observeCall(run, () => {
            this.#observation ??= observationOf(this.getConfig());
            const client = readMember(resource, '_client') as OpenAiClient | undefined;
            return start(args, { ...this.#observation, server: serverOf(client ?? {}) });
          });
        },
    );
  }
}
