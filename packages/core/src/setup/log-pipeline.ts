import * as api from '@opentelemetry/api';
import type { TimeLimit } from '../sdk-types.ts';
import { registered } from './api-registry.ts';
import { loadPeer } from './load-peer.ts';
import type { SettledResource } from './resource.ts';
import type { SdkModules } from './sdk-modules.ts';

/** A log record processor of `@opentelemetry/sdk-logs`, of either line. */
export interface LogRecordProcessor {
  onEmit(logRecord: unknown, context?: api.Context): void;
  forceFlush(options?: TimeLimit): Promise<void>;
  shutdown(options?: TimeLimit): Promise<void>;
}

/** The part of a logger that both lines have. */
export interface Logger {
  emit(logRecord: {
    readonly timestamp?: api.TimeInput;
    readonly severityNumber?: number;
    readonly severityText?: string;
    readonly eventName?: string;
    readonly body?: unknown;
    readonly attributes?: Record<string, unknown>;
    readonly context?: api.Context;
  }): void;
}

export interface LoggerProvider {
  getLogger(name: string, version?: string): Logger;
}

/**
 * Loads the logs SDK and returns a function that makes the provider.
 * @throws {@link MissingPeerError} when `@opentelemetry/sdk-logs` is not installed
 */
export async function loadLogs(
  processors: readonly LogRecordProcessor[],
  modules: SdkModules,
  attributeCountLimit?: number,
): Promise<(resource: SettledResource) => LoggerProvider> {
  const sdk = await loadPeer('@opentelemetry/sdk-logs', 'exporting logs', modules.logs);
  return (resource) =>
    new sdk.LoggerProvider({
      resource,
      processors: [...processors],
      ...(attributeCountLimit === undefined ? {} : { logRecordLimits: { attributeCountLimit } }),
    });
}

/**
 * Makes `provider` the one of the whole process, unless there is one already: with API 1.9 in the global of
 * `@opentelemetry/api-logs`, which belongs to the logs SDK of that line and is found by every copy of it.
 */
export function registerLogs(
  provider: LoggerProvider,
  // Asked for by name on the namespace: an import of it would not link on 1.9.
  { logs }: { readonly logs?: LogsApi } = api,
): () => void {
  const takeBack =
    logs === undefined ? registerWithLogsApi(provider) : registerWithApi(provider, logs);
  if (takeBack !== undefined) return takeBack;
  api.diag.warn(
    'llm-otel: another logs set-up is already registered with OpenTelemetry and stays in use: log events go there',
  );
  return () => undefined;
}

function registerWithApi(provider: LoggerProvider, logs: LogsApi): (() => void) | undefined {
  if (registered('logs') !== undefined || !logs.setGlobalLoggerProvider(provider)) return undefined;
  return () => logs.disable();
}

/** As `setGlobalLoggerProvider` of `@opentelemetry/api-logs` does. core does not depend on that package. */
function registerWithLogsApi(provider: LoggerProvider): (() => void) | undefined {
  const globals = globalThis as Record<symbol, unknown>;
  if (globals[LOGS_API] !== undefined) return undefined;
  const get = (version: number): LoggerProvider => (version === 1 ? provider : NO_LOGS);
  globals[LOGS_API] = get;
  return () => {
    if (globals[LOGS_API] === get) delete globals[LOGS_API];
  };
}

const LOGS_API = Symbol.for('io.opentelemetry.js.api.logs');

/** For a version of that API that is not out yet. */
const NO_LOGS: LoggerProvider = { getLogger: () => ({ emit: () => undefined }) };

interface LogsApi {
  setGlobalLoggerProvider(provider: LoggerProvider): boolean;
  disable(): void;
}
