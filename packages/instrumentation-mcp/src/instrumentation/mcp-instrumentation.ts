import { dirname } from 'node:path';
import { createGenAi, type GenAi } from '@llm-otel/llm-conventions';
import { FailureLog } from '@llm-otel/core';
import {
  isObserved,
  knownReleases,
  markObserved,
  originalOf,
  overrideMember,
  readMember,
} from '@llm-otel/llm-conventions/client';
import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import type { McpOptions } from '../instrument.ts';
import { observeEndpoint } from '../observe-endpoint.ts';
import { type AnyFunction, endpointOf } from '../protocol-shape.ts';
import { findProtocolFiles, type ProtocolFile } from './find-protocol-file.ts';
import { SDK_PACKAGES, type SdkPackage } from './supported-versions.ts';

export interface McpInstrumentationConfig extends InstrumentationConfig, McpOptions {}

type Patch = (library: unknown, version?: string) => unknown;

const failures = new FailureLog();

const FIRST = '@modelcontextprotocol/sdk';
/** Where SDK 1 has the class that both its sides extend. */
const PROTOCOL_FILE = '@modelcontextprotocol/sdk/dist/esm/shared/protocol.js';

/**
 * Observes every client and server of the official MCP SDK that an application connects, without a change of its code:
 * pass one to `registerInstrumentations` before the SDK is loaded. Where the application is ESM, Node.js needs the hook
 * of `@opentelemetry/instrumentation` as well. A version of the SDK that is not known is told once and left alone.
 */
export class McpInstrumentation extends InstrumentationBase<McpInstrumentationConfig> {
  // Made when it is needed: the base class calls `init` before this class has its fields.
  #genAi: GenAi | undefined;

  constructor(config: McpInstrumentationConfig = {}) {
    super('@llm-otel/instrumentation-mcp', '1.0.0', config);
  }

  protected init(): InstrumentationNodeModuleDefinition[] {
    const patchOf = (name: SdkPackage): Patch => {
      const isKnown = knownReleases(name, SDK_PACKAGES[name], (why) => this._diag.warn(why));
      return (library, version) => {
        if (isKnown(version)) this.#patch(library);
        return library;
      };
    };
    // SDK 1 is loaded file by file, in two formats: one word of a release is enough.
    const patchFirst = patchOf(FIRST);
    const unpatch = (library: unknown): void => this.#unpatch(library);
    const files = findProtocolFiles();
    tellVersions(this, files);
    // Every version: one that is out of range would else be passed over in silence.
    return [
      ...(['@modelcontextprotocol/client', '@modelcontextprotocol/server'] as const).map(
        (name) => new InstrumentationNodeModuleDefinition(name, ['*'], patchOf(name), unpatch),
      ),
      // The file that `import` loads. The one of `require` is named by its path, and known by the last part of that.
      ...[{ path: FIRST, file: PROTOCOL_FILE, version: undefined }, ...files].map(
        ({ path, file, version: known }) =>
          new InstrumentationNodeModuleDefinition(path, ['*'], undefined, undefined, [
            new InstrumentationNodeModuleFile(
              file,
              ['*'],
              (library: unknown, version?: string) => patchFirst(library, known ?? version),
              unpatch,
            ),
          ]),
      ),
    ];
  }

  #patch(library: unknown): void {
    for (const prototype of prototypesOf(library)) {
      const connect = readMember(prototype, 'connect');
      if (typeof connect !== 'function' || isObserved(connect)) continue;
      overrideMember(prototype, 'connect', this.#observed(connect as AnyFunction));
    }
  }

  #observed(connect: AnyFunction): AnyFunction {
    const enabled = (): boolean => this.isEnabled();
    const observe = (endpoint: unknown, transport: unknown): void => {
      const found = endpointOf(endpoint);
      if (found === undefined || !enabled()) return;
      const config = this.getConfig();
      this.#genAi ??= config.genAi ?? createGenAi(config);
      const notifications = config.notifications !== false;
      observeEndpoint(found, { genAi: this.#genAi, notifications, enabled })(transport);
    };
    const observed = function observed(this: unknown, ...args: unknown[]): unknown {
      failures.guard('observing an MCP connection', () => observe(this, args[0]));
      return Reflect.apply(connect, this, args);
    };
    markObserved(observed, connect);
    return observed;
  }

  #unpatch(library: unknown): void {
    for (const prototype of prototypesOf(library)) {
      const original = originalOf(readMember(prototype, 'connect'));
      if (original !== undefined) overrideMember(prototype, 'connect', original);
    }
  }
}

/** SDK 1 has one class for both sides, SDK 2 one for each and exports no more. */
function prototypesOf(library: unknown): object[] {
  return ['Protocol', 'Client', 'Server'].flatMap((name) => {
    const exported = readMember(library, name);
    const prototype: unknown = typeof exported === 'function' ? exported.prototype : undefined;
    return typeof prototype === 'object' && prototype !== null ? [prototype] : [];
  });
}

/** The base class looks for the version of a file beside it, where there is none, and warns of that. */
function tellVersions(instrumentation: object, files: readonly ProtocolFile[]): void {
  const look = readMember(instrumentation, '_extractPackageVersion');
  if (typeof look !== 'function') return;
  overrideMember(instrumentation, '_extractPackageVersion', (folder: string): unknown => {
    const known = files.find(({ path }) => dirname(path) === folder);
    return known?.version ?? (Reflect.apply(look, instrumentation, [folder]) as unknown);
  });
}
