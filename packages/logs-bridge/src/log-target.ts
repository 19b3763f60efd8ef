import { type Context, diag, trace } from '@opentelemetry/api';
import { FailureLog, InvalidOptionError, type OptionKeys, unknownOptions } from '@llm-otel/core';
import { anyValue } from './any-value.ts';
import { diagWatch } from './diag-watch.ts';
import {
  globalLoggerProvider,
  isLoggerProviderRegistered,
  type Logger,
  type LoggerProvider,
  type LogRecord,
} from './logger-provider.ts';
import { handOver, type Origin, originHere } from './origin.ts';

const DEFAULT_MAX_BYTES = 65_536;

/** What every bridge takes. */
export interface BridgeOptions {
  /**
   * Where records go.
   * @defaultValue the provider that is registered with the API, also when that happens later
   */
  readonly loggerProvider?: LoggerProvider | undefined;
  /**
   * Lowest severity that is sent on, as a number of OpenTelemetry: 1 trace, 5 debug, 9 info, 13 warn, 17 error, 21
   * fatal. The application's own logger is not affected.
   * @defaultValue 1, everything
   * @throws InvalidOptionError unless a whole number from 0 to 24
   */
  readonly minSeverity?: number | undefined;
  /**
   * Longest text of one body, and of all attributes of one record with their names, in characters. What is past it is
   * cut from the longest texts.
   * @defaultValue 65536
   * @throws InvalidOptionError unless a positive whole number
   */
  readonly maxBytes?: number | undefined;
}

const known: OptionKeys<BridgeOptions> = {
  loggerProvider: true,
  minSeverity: true,
  maxBytes: true,
};

/** A record as a bridge found it: values not copied yet. */
export interface FoundRecord {
  readonly severityNumber: number;
  readonly severityText: string | undefined;
  /** None where it is undefined. */
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, or when it was written where left out. */
  readonly timestamp?: number | undefined;
}

/** Hands records on, and keeps what logging causes from being logged. Never throws. */
export class LogTarget {
  readonly #name: string;
  readonly #provider: LoggerProvider | undefined;
  readonly #minSeverity: number;
  readonly #maxBytes: number;
  readonly #failures = new FailureLog();
  #logger: Logger | undefined;
  #loggerOf: LoggerProvider | undefined;
  /** Whether it is known where records go, or told that they go nowhere. */
  #isSettled: boolean;

  /** @param more the options that the bridge has beside those of all */
  constructor(name: string, options: BridgeOptions, more: Readonly<Record<string, true>> = {}) {
    if (typeof options !== 'object' || (options as unknown) === null)
      throw new InvalidOptionError({
        option: 'options',
        value: options,
        use: 'an object of options, or nothing',
      });
    const [unknown] = unknownOptions(options, { ...known, ...more });
    if (unknown !== undefined) throw unknown;
    const { loggerProvider, minSeverity = 1, maxBytes = DEFAULT_MAX_BYTES } = options;
    checkSeverity('minSeverity', minSeverity);
    check(
      'maxBytes',
      maxBytes,
      1,
      Number.MAX_SAFE_INTEGER,
      'a positive whole number of characters',
    );
    if (loggerProvider !== undefined && typeof loggerProvider.getLogger !== 'function') {
      throw new InvalidOptionError({
        option: 'loggerProvider',
        value: loggerProvider,
        use: 'an object with getLogger(name), such as LoggerProvider of @opentelemetry/sdk-logs',
      });
    }
    this.#name = name;
    this.#provider = loggerProvider;
    this.#isSettled = loggerProvider !== undefined;
    this.#minSeverity = minSeverity;
    this.#maxBytes = maxBytes;
  }

  /**
   * Sends on what `find` finds, which is not called where nothing would be sent.
   * @param written where the line was written, which is here where left out
   */
  emit(
    severityNumber: number,
    find: (origin: Origin) => FoundRecord | undefined,
    written?: Origin,
  ): void {
    // A severity that is not known is not filtered.
    if (severityNumber !== 0 && severityNumber < this.#minSeverity) return;
    const origin = written ?? originHere();
    if (origin.isOwn) return;
    handOver(() => {
      try {
        if (!this.#isSettled) this.#settle();
        const logger = this.#currentLogger();
        const found = logger === undefined ? undefined : find(origin);
        if (found !== undefined) logger?.emit(this.#recordOf(found, origin));
      } catch (error) {
        this.#failures.report(`sending a record of ${this.#name} on`, error);
      }
    });
  }

  /** Lines that go nowhere look like lines that nobody wrote. Until there is a `diag` logger there is nobody to tell it. */
  #settle(): void {
    const isRegistered = isLoggerProviderRegistered();
    this.#isSettled = isRegistered || diagWatch.isListening;
    if (isRegistered) return;
    diag.warn(
      `llm-otel: what ${this.#name} writes goes nowhere: no logs set-up is registered with OpenTelemetry. startTelemetry({ logs: true }) of @llm-otel/sdk registers one, and the option loggerProvider names another (told once)`,
    );
  }

  #currentLogger(): Logger | undefined {
    const provider = this.#provider ?? globalLoggerProvider();
    if (provider !== this.#loggerOf || this.#logger === undefined) {
      this.#loggerOf = provider;
      this.#logger = provider?.getLogger(this.#name);
    }
    return this.#logger;
  }

  #recordOf(found: FoundRecord, { context, timestamp: written }: Origin): LogRecord {
    const { severityNumber, severityText, body, attributes, timestamp = written } = found;
    return {
      severityNumber,
      ...(severityText === undefined ? {} : { severityText }),
      // As a number the SDK takes what is before the start of the process for a time since then.
      timestamp: new Date(timestamp),
      ...(body === undefined ? {} : { body: anyValue(body, this.#maxBytes) }),
      attributes: anyValue(withoutIds(attributes, context), this.#maxBytes) as Attributes,
      // The SDK takes trace_id, span_id and the flags from it.
      context,
    };
  }
}

type Attributes = NonNullable<LogRecord['attributes']>;

/** Without what `traceFields` wrote into the line: the record has it. */
function withoutIds(
  attributes: FoundRecord['attributes'],
  context: Context,
): FoundRecord['attributes'] {
  const { trace_id: traceId, span_id: spanId, trace_flags: _, ...others } = attributes;
  if (traceId === undefined) return attributes;
  const active = trace.getSpanContext(context);
  return active?.traceId === traceId && active.spanId === spanId ? others : attributes;
}

/** @throws InvalidOptionError unless it is a severity number, or 0 */
export function checkSeverity(option: string, value: unknown): void {
  check(option, value, 0, 24, 'a severity number from 0 (everything) to 24');
}

function check(option: string, value: unknown, min: number, max: number, use: string): void {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return;
  throw new InvalidOptionError({ option, value, use });
}
