import * as api from '@opentelemetry/api';
import type { Attributes, Context } from '@opentelemetry/api';
import { genAiEventDefinitions } from './generated/events.ts';

/** A log record that is an event, as both OpenTelemetry lines take it. */
export interface EventRecord {
  readonly eventName: string;
  readonly severityNumber?: number;
  readonly attributes?: Attributes;
  /** The span the event belongs to is the one in here. */
  readonly context?: Context;
  readonly timestamp?: number;
}

/** The part of a logger that is used: that of `@opentelemetry/api` 1.10 and that of `@opentelemetry/api-logs` fit. */
export interface EventLogger {
  emit(record: EventRecord): void;
  enabled?(options?: { readonly eventName?: string; readonly context?: Context }): boolean;
}

interface LoggerProvider {
  getLogger(name: string, version?: string, options?: { schemaUrl?: string }): EventLogger;
}

/** Where events go at this moment, undefined where no logger provider is registered. */
export type LoggerSource = () => EventLogger | undefined;

/** What the logs of the API look like, where it has them (1.10 and newer). */
interface LogsApi {
  readonly logs?: { getLoggerProvider(): LoggerProvider };
}

/** Looks up the global logger when it is needed, and again when another provider was registered. */
export function loggerSource(
  scopeName: string,
  schemaUrl: string,
  logger: EventLogger | undefined,
  // Asked for by name on the namespace: an import of it would not link on API 1.9.
  { logs }: LogsApi = api,
): LoggerSource {
  if (logger !== undefined) return () => logger;
  let provider: LoggerProvider | undefined;
  let current: EventLogger | undefined;
  return () => {
    const registered = logs === undefined ? ownApiProvider() : logs.getLoggerProvider();
    if (registered !== provider) {
      provider = registered;
      current = registered?.getLogger(scopeName, undefined, { schemaUrl });
    }
    // That of the API, where nothing is registered, is not enabled.
    return current?.enabled?.() === false ? undefined : current;
  };
}

/** Sends an event of the conventions, with the severity they give it. What the logger throws reaches the caller. */
export function emitEvent(
  logger: EventLogger,
  eventName: string,
  attributes: Attributes,
  context: Context,
  timestamp?: number,
): void {
  const severityNumber = genAiEventDefinitions[eventName]?.severityNumber;
  logger.emit({
    eventName,
    ...(severityNumber === undefined ? {} : { severityNumber }),
    attributes,
    context,
    ...(timestamp === undefined ? {} : { timestamp }),
  });
}

/** On API 1.9, logs have an API package of their own, which registers itself under this name. */
function ownApiProvider(): LoggerProvider | undefined {
  const registered = (globalThis as Record<symbol, unknown>)[LOGS_API];
  return typeof registered === 'function'
    ? (registered as (version: number) => LoggerProvider | undefined)(1)
    : undefined;
}

const LOGS_API = Symbol.for('io.opentelemetry.js.api.logs');
