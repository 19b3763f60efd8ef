import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { InvalidOptionError } from '@llm-otel/core';
import { type BridgeOptions, type FoundRecord, LogTarget } from './log-target.ts';
import { severityOfLevel, severityOfNumber } from './severity.ts';

// Where pino tells of each line it has made, since 9.10.
const CHANNEL = 'tracing:pino_asJson:end';
const MAX_LINE = 4_194_304;

export interface PinoBridgeOptions extends BridgeOptions {
  /** The `messageKey` of your loggers. @defaultValue `msg` */
  readonly messageKey?: string | undefined;
  /** Says which loggers are sent on, by their bindings. @defaultValue all of the process */
  readonly accepts?: ((bindings: Readonly<Record<string, unknown>>) => boolean) | undefined;
}

/**
 * Sends what every pino logger of this process writes on as log records, without touching one of them: pino tells of
 * its lines through `diagnostics_channel`. The record holds what the line holds, after the logger's own redaction,
 * serializers and bindings; `pid` and `hostname` are on the resource and left out. For a pino before 9.10 use
 * {@link pinoStream}.
 * @returns a function that takes the bridge away again
 * @throws InvalidOptionError naming the option
 */
export function bridgePino(options: PinoBridgeOptions = {}): () => void {
  const target = new LogTarget('pino', options, { messageKey: true, accepts: true });
  const { messageKey = 'msg', accepts } = options;
  checkMessageKey(messageKey);
  if (accepts !== undefined && typeof accepts !== 'function')
    throw new InvalidOptionError({
      option: 'accepts',
      value: accepts,
      use: 'a function that is given the bindings of a logger',
    });
  const listener = (message: unknown): void => {
    const { result, instance, arguments: args } = message as PinoMessage;
    const severity = severityOfNumber(args?.[2]);
    target.emit(severity, () => {
      if (accepts !== undefined && !accepts(instance?.bindings?.() ?? {})) return undefined;
      return recordOf(
        result,
        messageKey,
        severity,
        instance?.levels?.labels?.[args?.[2] as number],
      );
    });
  };
  subscribe(CHANNEL, listener);
  return () => void unsubscribe(CHANNEL, listener);
}

interface PinoMessage {
  /** The line. */
  readonly result?: unknown;
  /** The object, the message, the level and the time. */
  readonly arguments?: ArrayLike<unknown>;
  readonly instance?: {
    bindings?(): Record<string, unknown>;
    readonly levels?: { readonly labels?: Readonly<Record<number, string>> };
  };
}

/** A destination of pino, for `pino.multistream` beside the one the application has. */
export interface PinoStream {
  write(line: string): void;
}

/**
 * The same for one logger, of any version of pino: `pino(options, pino.multistream([{ stream: process.stdout },
 * { stream: pinoStream() }]))`.
 * @throws InvalidOptionError naming the option
 */
export function pinoStream(options: Omit<PinoBridgeOptions, 'accepts'> = {}): PinoStream {
  const target = new LogTarget('pino', options, { messageKey: true });
  const { messageKey = 'msg' } = options;
  checkMessageKey(messageKey);
  return {
    write(line) {
      const level = levelIn(line);
      target.emit(severityOf(level), () =>
        recordOf(line, messageKey, severityOf(level), undefined),
      );
    },
  };
}

function checkMessageKey(value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  throw new InvalidOptionError({ option: 'messageKey', value, use: 'text that is not empty' });
}

const LONG_DIGITS = /\d{16}/;

/** A whole number that a number cannot hold is its text, as a big integer is elsewhere. */
function fieldsOf(line: string): Record<string, unknown> {
  // Reading each number's own text takes longer, and hardly a line needs it.
  if (!LONG_DIGITS.test(line)) return JSON.parse(line) as Record<string, unknown>;
  return JSON.parse(line, exact) as Record<string, unknown>;
}

function exact(
  _key: string,
  value: unknown,
  { source }: { readonly source?: string } = {},
): unknown {
  const isCut = typeof value === 'number' && !Number.isSafeInteger(value);
  return isCut && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

const DROPPED = new Set(['level', 'time', 'pid', 'hostname', 'v']);

function recordOf(
  line: unknown,
  messageKey: string,
  severityNumber: number,
  label: string | undefined,
): FoundRecord | undefined {
  if (typeof line !== 'string' || line.length > MAX_LINE) return undefined;
  const fields = fieldsOf(line);
  const attributes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (DROPPED.has(key) || key === messageKey) continue;
    const error = key === 'err' ? exceptionIn(value) : undefined;
    if (error === undefined) attributes[key] = value;
    else Object.assign(attributes, error);
  }
  const { level, time } = fields;
  return {
    severityNumber,
    severityText: label ?? (typeof level === 'string' ? level : LABELS[level as number]),
    body: fields[messageKey] ?? '',
    attributes,
    timestamp: millisOf(time),
  };
}

const LABELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** What pino's own serializer made of an error, by the names of the conventions. */
function exceptionIn(error: unknown): Record<string, unknown> | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, message, stack } = error as Readonly<Record<string, unknown>>;
  if (typeof message !== 'string' || typeof stack !== 'string') return undefined;
  return {
    'exception.type': typeof type === 'string' ? type : 'Error',
    'exception.message': message,
    'exception.stacktrace': stack,
  };
}

function millisOf(time: unknown): number | undefined {
  if (typeof time === 'number') return Number.isFinite(time) ? time : undefined;
  if (typeof time !== 'string') return undefined;
  const millis = Date.parse(time);
  return Number.isNaN(millis) ? undefined : millis;
}

/** The level of a line, without reading the whole of it: pino writes it first. */
function levelIn(line: string): unknown {
  const [, number, name] = /^\{"level":(?:(\d+)|"([^"]*)")/.exec(line) ?? [];
  return number === undefined ? name : Number(number);
}

function severityOf(level: unknown): number {
  return typeof level === 'number' ? severityOfNumber(level) : severityOfLevel(level);
}
