import { FailureLog } from '@llm-otel/core';
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
import { type AnthropicOptions, observationOf } from '../instrument.ts';
import { type Observation, observedMethods } from '../observed-methods.ts';
import { SUPPORTED } from './supported-versions.ts';

const failures = new FailureLog();

/** Files with the same classes, which an application may import in place of the package: `@anthropic-ai/sdk/client`. */
const OTHER_ENTRIES = ['@anthropic-ai/sdk/client.mjs', '@anthropic-ai/sdk/client.js'];

export interface AnthropicInstrumentationConfig extends InstrumentationConfig, AnthropicOptions {}

/**
 * Observes every client of `@anthropic-ai/sdk` that an application makes, without a change of its code: pass one to
 * `registerInstrumentations` before `@anthropic-ai/sdk` is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version that is not known is told once and left alone.
 */
export class AnthropicInstrumentation extends InstrumentationBase<AnthropicInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #observation: Observation | undefined;

  constructor(config: AnthropicInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-anthropic', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const isKnown = knownReleases('@anthropic-ai/sdk', SUPPORTED, (why) => this._diag.warn(why));
    const patch = (library: unknown, version?: string): unknown => {
      if (isKnown(version)) this.#patch(library);
      return library;
    };
    const unpatch = (library: unknown): void =>
      unpatchClasses(readStatic(library, 'Anthropic'), observedMethods);
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      '@anthropic-ai/sdk',
      ['*'],
      patch,
      unpatch,
      OTHER_ENTRIES.map((file) => new InstrumentationNodeModuleFile(file, ['*'], patch, unpatch)),
    );
  }

  #patch(library: unknown): void {
    patchClasses(
      readStatic(library, 'Anthropic'),
      observedMethods,
      (method) => (run, resource, args) => {
        if (!this.isEnabled()) return run();
        // Options that are none must not reach the application.
        this.#observation ??= failures.guard('reading the options of the instrumentation', () =>
          observationOf(this.getConfig()),
        );
        if (this.#observation === undefined) return run();
        const client = readMember(resource, '_client');
        return method.observe(client, this.#observation)(run, resource, args);
      },
    );
  }
}
