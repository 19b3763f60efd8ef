import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { hostname } from 'node:os';
import { InvalidOptionError } from '@llm-otel/core';
import { lineTime } from './line-time.ts';
import { type BridgeOptions, type FoundRecord, LogTarget } from './log-target.ts';
import type { Origin } from './origin.ts';
import { keysOf, type PinoKeys } from './pino-keys.ts';
import { severityOfLevel, severityOfNumber } from './severity.ts';

// Where pino tells of each line it has made, since 9.10.
const CHANNEL = 'tracing:pino_asJson:end';
const MAX_LINE = 4_194_304;

export interface PinoBridgeOptions extends BridgeOptions {
  /** The `messageKey` of your loggers, where they do not tell it themselves. @defaultValue `msg` */
  readonly messageKey?: string | undefined;
  /** The `errorKey` of your loggers, where they do not tell it themselves. @defaultValue `err` */
  readonly errorKey?: string | undefined;
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
  const target = new LogTarget('pino', options, {
    messageKey: true,
    errorKey: true,
    accepts: true,
  });
  const otherwise = keysIn(options);
  const { accepts } = options;
  if (accepts !== undefined && typeof accepts !== 'function')
    throw new InvalidOptionError({
      option: 'accepts',
      value: accepts,
      use: 'a function that is given the bindings of a logger',
    });
  const listener = (message: unknown): void => {
    const { result, instance, arguments: args } = message as PinoMessage;
    const severity = severityOfNumber(args?.[2]);
    target.emit(severity, (origin) => {
      if (accepts !== undefined && !accepts(instance?.bindings?.() ?? {})) return undefined;
      const label = instance?.levels?.labels?.[args?.[2] as number];
      const line = { text: result, keys: keysOf(instance, otherwise), ownTime: args?.[3] };
      return recordOf(line, severity, label, origin);
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
  const target = new LogTarget('pino', options, { messageKey: true, errorKey: true });
  const keys = keysIn(options);
  return {
    write(text) {
      const severity = severityOf(levelIn(text));
      target.emit(severity, (origin) => recordOf({ text, keys }, severity, undefined, origin));
    },
  };
}

function keysIn({ messageKey = 'msg', errorKey = 'err' }: PinoBridgeOptions): PinoKeys {
  for (const [option, value] of Object.entries<unknown>({ messageKey, errorKey })) {
    if (typeof value === 'string' && value !== '') continue;
    throw new InvalidOptionError({ option, value, use: 'text that is not empty' });
  }
  return { message: messageKey, error: errorKey, nested: undefined };
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

// Asked for once: it is a call of the system.
let ownHostname: string | undefined;

interface Line {
  readonly text: unknown;
  readonly keys: PinoKeys;
  /** What the logger itself wrote of the time, where that is known. */
  readonly ownTime?: unknown;
}

function recordOf(
  { text, keys, ownTime }: Line,
  severityNumber: number,
  label: string | undefined,
  { timestamp: written }: Origin,
): FoundRecord | undefined {
  if (typeof text !== 'string' || text.length > MAX_LINE) return undefined;
  const { level, time, [keys.message]: body, ...attributes } = fieldsOf(text);
  // They are on the resource. Others are the application's.
  if (attributes['pid'] === process.pid) delete attributes['pid'];
  if (attributes['hostname'] === (ownHostname ??= hostname())) delete attributes['hostname'];
  const isOwnTime = ownTime === `,"time":${JSON.stringify(time)}`;
  const timestamp = isOwnTime ? undefined : lineTime(time, written);
  if (timestamp === undefined && time !== undefined && !isOwnTime) attributes['time'] = time;
  const nested = keys.nested === undefined ? undefined : attributes[keys.nested];
  const exception = takeException(isMap(nested) ? nested : attributes, keys.error);
  return {
    severityNumber,
    severityText: label ?? (typeof level === 'string' ? level : LABELS[level as number]),
    body,
    attributes: { ...attributes, ...exception },
    timestamp,
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

/** What pino's own serializer made of an error, by the names of the conventions. What is more in it stays in `fields`. */
function takeException(
  fields: Record<string, unknown>,
  key: string,
): Record<string, unknown> | undefined {
  const error = fields[key];
  if (!isMap(error)) return undefined;
  const { type, message, stack, ...more } = error;
  if (typeof message !== 'string' || typeof stack !== 'string') return undefined;
  if (Object.keys(more).length > 0) fields[key] = more;
  else delete fields[key];
  return {
    'exception.type': typeof type === 'string' ? type : 'Error',
    'exception.message': message,
    'exception.stacktrace': stack,
  };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The level of a line, without reading the whole of it: pino writes it first. */
function levelIn(line: string): unknown {
  const [, number, name] = /^\{"level":(?:(\d+)|"([^"]*)")/.exec(line) ?? [];
  return number === undefined ? name : Number(number);
}

function severityOf(level: unknown): number {
  return typeof level === 'number' ? severityOfNumber(level) : severityOfLevel(level);
}
