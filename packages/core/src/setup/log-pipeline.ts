import * as api from '@opentelemetry/api';
import type { TimeLimit } from '../sdk-types.ts';
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
 * Makes `provider` the one of the whole process. Does nothing on API 1.9, which has no logs: there, loggers
 * come from the handle.
 */
export function registerLogs(provider: LoggerProvider): () => void {
  // Asked for by name on the namespace: an import of it would not link on 1.9.
  const logs = (api as { readonly logs?: LogsApi }).logs;
  if (logs?.setGlobalLoggerProvider(provider) !== true) return () => undefined;
  return () => logs.disable();
}

interface LogsApi {
  setGlobalLoggerProvider(provider: LoggerProvider): boolean;
  disable(): void;
}
