import type { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { InvalidOptionError } from '@llm-otel/core';
import { rememberOrigins, writtenEntry } from './entry-origins.ts';
import { type BridgeOptions, checkSeverity, LogTarget } from './log-target.ts';
import { severityOfLevel } from './severity.ts';
import {
  checkIsLevelOf,
  isLevelOn,
  isRecord,
  type LevelledLogger,
  levelOf,
} from './winston-level.ts';
import { winstonRecord } from './winston-record.ts';

export interface WinstonBridgeOptions extends BridgeOptions {
  /**
   * Lowest level that is sent on, by its name in the logger, as that of any transport of winston.
   * @defaultValue the level of the logger, the one it has when a line is written
   * @throws InvalidOptionError unless it is one of the logger's levels
   */
  readonly level?: string | undefined;
  /** Severities of levels of your own, by name: `{ audit: 12 }`. @defaultValue none beside npm, syslog and cli levels */
  readonly levels?: Readonly<Record<string, number>> | undefined;
}

/** What the bridge needs of a logger of winston. */
export interface WinstonLogger {
  // oxlint-disable-next-line typescript/no-explicit-any -- as in the types of winston
  add(transport: any): unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- as in the types of winston
  remove(transport: any): unknown;
}

/**
 * Sends what a winston logger writes on as log records, as one more of its transports. The record holds what the
 * logger's format made of the entry, before colours and layout; its own transports write as before.
 * @returns a function that takes the bridge away again
 * @throws InvalidOptionError naming the option
 */
export function bridgeWinston(
  logger: WinstonLogger,
  options: WinstonBridgeOptions = {},
): () => void {
  const given: Partial<WinstonLogger> | undefined = logger;
  if (typeof given?.add !== 'function' || typeof given.remove !== 'function')
    throw new InvalidOptionError({
      option: 'logger',
      value: typeof given,
      use: 'a logger of winston, as createLogger() makes it',
    });
  const transport = winstonTransport(options);
  checkIsLevelOf(logger, transport.level);
  logger.add(transport);
  return () => void logger.remove(transport);
}

/** A stream that winston takes for a transport. */
export interface WinstonTransport extends Writable {
  log(entry: unknown, done?: () => void): void;
  /** Absent: the level of the logger. */
  level?: string;
}

/** The transport alone, for the `transports` of `createLogger`. */
export function winstonTransport(options: WinstonBridgeOptions = {}): WinstonTransport {
  const target = new LogTarget('winston', options, { level: true, levels: true });
  const { level: ownLevel, levels = {} } = options;
  checkLevels(levels);
  if (ownLevel !== undefined && (typeof ownLevel !== 'string' || ownLevel === ''))
    throw new InvalidOptionError({ option: 'level', value: ownLevel, use: 'the name of a level' });
  const send = (entry: unknown): void => {
    // What the logger's format keeps back comes as `false`.
    if (!isRecord(entry)) return;
    const info = entry;
    const level = levelOf(info);
    const severity =
      (typeof level === 'string' ? levels[level] : undefined) ?? severityOfLevel(level);
    const written = writtenEntry(info);
    const givenTime = written === undefined ? info['timestamp'] : written.givenTime;
    target.emit(
      severity,
      (origin) => winstonRecord(info, level, severity, givenTime, origin),
      written?.origin,
    );
  };
  const stream = new Writable({
    objectMode: true,
    write(entry: unknown, _encoding, done) {
      if (isLevelOn(entry, sources[0]?.logger, transport.level)) send(entry);
      done();
    },
  });
  // Loggers write to every transport: which levels go on is for the transport to ask. With several it is the first.
  const sources: { readonly logger: LevelledLogger; readonly forget: () => void }[] = [];
  stream.on('pipe', (logger: LevelledLogger & EventEmitter) => {
    checkIsLevelOf(logger, transport.level);
    sources.push({ logger, forget: rememberOrigins(logger) });
  });
  stream.on('unpipe', (logger: LevelledLogger) => {
    const at = sources.findIndex((source) => source.logger === logger);
    if (at >= 0) sources.splice(at, 1)[0]?.forget();
  });
  // Winston takes a stream for a transport only where there is a function `log`, and reads `level`.
  const transport: WinstonTransport = Object.assign(stream, {
    ...(ownLevel === undefined ? {} : { level: ownLevel }),
    log(entry: unknown, done?: () => void) {
      send(entry);
      done?.();
    },
  });
  return transport;
}

function checkLevels(levels: unknown): void {
  if (typeof levels !== 'object' || levels === null)
    throw new InvalidOptionError({
      option: 'levels',
      value: levels,
      use: 'an object of names and severity numbers, such as { audit: 12 }',
    });
  for (const [name, severity] of Object.entries(levels)) checkSeverity(`levels.${name}`, severity);
}
