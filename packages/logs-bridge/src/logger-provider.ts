import * as api from '@opentelemetry/api';
import type { AnyValue } from './any-value.ts';

/** The part of a log record that is written here. */
export interface LogRecord {
  readonly timestamp?: Date;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: AnyValue;
  readonly attributes?: { [key: string]: AnyValue };
  readonly context?: api.Context;
}

/** The part of a logger that both lines of OpenTelemetry have. */
export interface Logger {
  emit(record: LogRecord): void;
}

/**
 * A logger provider of either line: `LoggerProvider` of `@opentelemetry/sdk-logs`, or
 * `{ getLogger: (name) => telemetry.logger(name) }` with `@llm-otel/sdk`.
 */
export interface LoggerProvider {
  getLogger(name: string, version?: string): Logger;
}

// Where every 1.x copy of the API keeps what is registered.
const REGISTRY = Symbol.for('opentelemetry.js.api.1');
// Where `@opentelemetry/api-logs` keeps the global provider beside API 1.9, for any copy of it to find.
const LOGS_OF_1_9 = Symbol.for('io.opentelemetry.js.api.logs');
const VERSION_OF_1_9 = 1;

/** The registered provider: of the API itself since 1.10, of `@opentelemetry/api-logs` before. */
export function globalLoggerProvider(): LoggerProvider | undefined {
  // Asked for by name on the namespace: an import of it would not link on 1.9.
  const logs = (api as { readonly logs?: LoggerProvider }).logs;
  if (logs !== undefined) return logs;
  const get: unknown = Reflect.get(globalThis, LOGS_OF_1_9);
  return typeof get === 'function'
    ? (get as (version: number) => LoggerProvider)(VERSION_OF_1_9)
    : undefined;
}

/** Whether a provider is registered in this process, by whichever copy of the API. */
export function isLoggerProviderRegistered(): boolean {
  const registry = Reflect.get(globalThis, REGISTRY) as { readonly logs?: unknown } | undefined;
  return registry?.logs !== undefined || Reflect.get(globalThis, LOGS_OF_1_9) !== undefined;
}
