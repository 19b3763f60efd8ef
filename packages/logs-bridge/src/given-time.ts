import type { Entry } from './winston-level.ts';

// Where winston keeps what was given beside the message: an error that was, is not the entry.
const SPLAT = Symbol.for('splat');

/** The time that the application gave an object, and the one that a format left in it since. */
interface Times {
  readonly given: unknown;
  readonly left: unknown;
}

const formatted = new WeakMap<object, Times>();

/**
 * The time that the application gave an entry. Winston formats what it was given in place, and copies members of it into
 * other entries: what an earlier format wrote into an error is no time of the next line that tells of it.
 * @param original what was given, where `entry` is a copy
 */
export function givenTime(entry: Entry, original?: object): unknown {
  const time = timeIn(entry);
  if (time === undefined) return undefined;
  const splat = entry[SPLAT];
  for (const source of [entry, original, ...(Array.isArray(splat) ? (splat as unknown[]) : [])]) {
    const times = typeof source === 'object' && source !== null ? formatted.get(source) : undefined;
    if (times !== undefined && Object.is(times.left, time)) return times.given;
  }
  return time;
}

/** Remembers what the format left in `entry`, where that is not what was given. */
export function noteFormatted(entry: Entry, given: unknown): void {
  const left = timeIn(entry);
  if (!Object.is(left, given)) formatted.set(entry, { given, left });
}

function timeIn(entry: Entry): unknown {
  try {
    return entry['timestamp'];
  } catch {
    return undefined;
  }
}
