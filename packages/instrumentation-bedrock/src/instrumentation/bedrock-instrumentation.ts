import { FailureLog } from '@llm-otel/core';
import {
  isObserved,
  knownReleases,
  markObserved,
  originalOf,
  overrideMember,
  readMember,
  readStatic,
  type ResourceMethod,
} from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation';
import { isBedrockClient } from '../client-shape.ts';
import { type BedrockOptions, observationOf } from '../instrument.ts';
import { observeClient } from '../observe-client.ts';
import type { Observation } from '../observed-commands.ts';
import { SUPPORTED } from './supported-versions.ts';

const LIBRARY = '@aws-sdk/client-bedrock-runtime';
const failures = new FailureLog();

export interface BedrockInstrumentationConfig extends InstrumentationConfig, BedrockOptions {}

/**
 * Observes every client of `@aws-sdk/client-bedrock-runtime` that an application makes, without a change of its code: pass
 * one to `registerInstrumentations` before the package is loaded. Where the application is ESM, Node.js needs the hook of
 * `@opentelemetry/instrumentation` as well. A version that is not known is told once and left alone.
 */
export class BedrockInstrumentation extends InstrumentationBase<BedrockInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #observation: Observation | undefined;

  constructor(config: BedrockInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-bedrock', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition {
    const isKnown = knownReleases(LIBRARY, SUPPORTED, (why) => this._diag.warn(why));
    // Every version: one that is out of range would else be passed over in silence.
    return new InstrumentationNodeModuleDefinition(
      LIBRARY,
      ['*'],
      (library: unknown, version?: string) => {
        if (isKnown(version)) this.#patch(prototypeIn(library));
        return library;
      },
      (library: unknown) => unpatch(prototypeIn(library)),
    );
  }

  /** A client is observed with its first call: only then it is complete. `send` is inherited by the clients of all services. */
  #patch(prototype: object | undefined): void {
    const send: unknown = readMember(prototype, 'send');
    if (prototype === undefined || typeof send !== 'function' || isObserved(send)) return;
    const observe = (): Observation | undefined => this.#whileEnabled();
    const observed = function (this: unknown, ...args: unknown[]): unknown {
      failures.guard('observing a client', () => {
        if (isBedrockClient(this)) observeClient(this, observe);
      });
      return Reflect.apply(send, this, args);
    };
    markObserved(observed, send as ResourceMethod);
    overrideMember(prototype, 'send', observed);
  }

  #whileEnabled(): Observation | undefined {
    if (!this.isEnabled()) return undefined;
    // Options that are none must not reach the application.
    return (this.#observation ??= failures.guard('reading the options of the instrumentation', () =>
      observationOf(this.getConfig()),
    ));
  }
}

function prototypeIn(library: unknown): object | undefined {
  const prototype = readStatic(readStatic(library, 'BedrockRuntimeClient'), 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function unpatch(prototype: object | undefined): void {
  if (prototype !== undefined && originalOf(readMember(prototype, 'send')) !== undefined)
    Reflect.deleteProperty(prototype, 'send');
}
