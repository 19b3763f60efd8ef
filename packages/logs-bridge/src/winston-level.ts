import { InvalidOptionError } from '@llm-otel/core';

/** An entry on its way to the transports. */
export type Entry = Readonly<Record<string | symbol, unknown>>;

/** A logger of winston as it writes to a transport: its levels by name, 0 the most severe. */
export interface LevelledLogger {
  readonly level?: unknown;
  readonly levels?: unknown;
}

/** As the transports of winston decide it: a level that is not known is not on, and without one everything is. */
export function isLevelOn(
  entry: unknown,
  { level: loggersLevel, levels }: LevelledLogger = {},
  ownLevel: unknown,
): boolean {
  const lowest = ownLevel ?? loggersLevel;
  if (typeof lowest !== 'string' || lowest === '' || !isRecord(levels)) return true;
  const level = isRecord(entry) ? levelOf(entry) : undefined;
  return typeof level === 'string' && Number(levels[lowest]) >= Number(levels[level]);
}

/** @throws InvalidOptionError for the level of a transport that the logger does not know */
export function checkIsLevelOf(logger: object, level: string | undefined): void {
  const { levels } = logger as LevelledLogger;
  if (level === undefined || !isRecord(levels) || Object.hasOwn(levels, level)) return;
  throw new InvalidOptionError({
    option: 'level',
    value: level,
    use: `a level of the logger: ${Object.keys(levels).join(', ')}`,
  });
}

export const isRecord = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null;

// Where winston keeps the level as it was given: `info.level` may be coloured.
const LEVEL = Symbol.for('level');

export function levelOf(info: Entry): unknown {
  return info[LEVEL] ?? info['level'];
}
