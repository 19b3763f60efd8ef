import { createGenAi, type GenAi } from '@llm-otel/llm-conventions';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';
import type { OpenAiClient, ResourceMethod } from '../client-shape.ts';
import type { OpenAiOptions } from '../instrument.ts';
import { type ObservedMethod, observedMethods } from '../observed-methods.ts';
import { isObserved, observeMethod, originalOf } from '../observe-method.ts';
import { serverOf } from '../server-of-client.ts';
import { isSupported, SUPPORTED } from './supported-versions.ts';

export interface OpenAiInstrumentationConfig extends InstrumentationConfig, OpenAiOptions {}

/**
 * Observes every client of the `openai` package that an application makes, without a change of its code: pass one to
 * `registerInstrumentations` before `openai` is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version of `openai` that is not known is told once and left alone.
 */
export class OpenAiInstrumentation extends InstrumentationBase<OpenAiInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #genAi: GenAi | undefined;

  constructor(config: OpenAiInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-openai', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      'openai',
      ['*'],
      (library: unknown, version?: string) => {
        if (version !== undefined && !isSupported(version)) {
          this._diag.warn(`openai ${version} is not observed: this release knows ${SUPPORTED}`);
          return library;
        }
        this.#patch(library);
        return library;
      },
      (library: unknown) => this.#unpatch(library),
    );
  }

  #patch(library: unknown): void {
    for (const [prototype, name, { start }] of methodsOf(library)) {
      const method = readMember(prototype, name);
      if (typeof method !== 'function' || isObserved(method)) continue;
      const observed = observeMethod(method as ResourceMethod, (resource, args) => {
        if (!this.isEnabled()) return undefined;
        const config = this.getConfig();
        const client = readMember(resource, '_client') as OpenAiClient | undefined;
        this.#genAi ??= config.genAi ?? createGenAi(config);
        return start(args, {
          genAi: this.#genAi,
          server: serverOf(client ?? {}),
          streamTimeoutMillis: config.streamTimeoutMillis,
        });
      });
      overrideMember(prototype, name, observed);
    }
  }

  #unpatch(library: unknown): void {
    for (const [prototype, name] of methodsOf(library)) {
      const original = originalOf(readMember(prototype, name));
      if (original !== undefined) overrideMember(prototype, name, original);
    }
  }
}

/** The methods on the classes of the library: `OpenAI.Chat.Completions.prototype.create`. */
function methodsOf(library: unknown): [object, string, ObservedMethod][] {
  return observedMethods.flatMap((method) => {
    const names = method.path.slice(0, -1).map((name) => name[0]?.toUpperCase() + name.slice(1));
    const resource = names.reduce<unknown>(
      (at, name) => readStatic(at, name),
      readStatic(library, 'OpenAI'),
    );
    const prototype = readStatic(resource, 'prototype');
    const name = method.path.at(-1) ?? '';
    return typeof prototype === 'object' && prototype !== null ? [[prototype, name, method]] : [];
  });
}

/** A member of an object or of a class. */
function readStatic(value: unknown, name: string): unknown {
  return typeof value === 'function'
    ? (value as unknown as Record<string, unknown>)[name]
    : readMember(value, name);
}
