import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { InvalidOptionError } from '@llm-otel/core';
import { type BridgeOptions, LogTarget } from './log-target.ts';
import { keysOf, type PinoKeys } from './pino-keys.ts';
import { pinoRecord } from './pino-record.ts';
import { severityOfLevel, severityOfNumber } from './severity.ts';

// Where pino tells of each line it has made, since 9.10.
const CHANNEL = 'tracing:pino_asJson:end';

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
      return pinoRecord(line, severity, label, origin);
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
      target.emit(severity, (origin) => pinoRecord({ text, keys }, severity, undefined, origin));
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

/** The level of a line, without reading the whole of it: pino writes it first. */
function levelIn(line: string): unknown {
  const [, number, name] = /^\{"level":(?:(\d+)|"([^"]*)")/.exec(line) ?? [];
  return number === undefined ? name : Number(number);
}

function severityOf(level: unknown): number {
  return typeof level === 'number' ? severityOfNumber(level) : severityOfLevel(level);
}
