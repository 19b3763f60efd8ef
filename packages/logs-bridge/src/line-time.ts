// A text without a zone is somebody's wall clock, and of 05/11 nobody knows which is the month.
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;
const LONGEST_INSTANT = 40;
// As seconds these are the years from 2001 to 5138, as milliseconds from 1973 on. Less is a duration or a count.
const SECONDS = 1e9;
const MILLISECONDS = 1e11;
const MICROSECONDS = 1e14;
// A text may leave out what is less, and would put a line before the span it is in.
const SECOND = 1000;

/**
 * What a member called `time` or `timestamp` says of when a line was written, in milliseconds since 1970: an ISO 8601
 * text with a zone, a date, or a number that is seconds or milliseconds beyond doubt. Nothing else is a time.
 * @param written when the line came here, which it is where the two are within a second
 */
export function lineTime(told: unknown, written: number): number | undefined {
  const instant = instantOf(told);
  if (instant === undefined || Number.isNaN(instant)) return undefined;
  return Math.abs(instant - written) < SECOND ? written : instant;
}

function instantOf(told: unknown): number | undefined {
  if (typeof told === 'number') {
    if (!(told >= SECONDS && told < MICROSECONDS)) return undefined;
    return told < MILLISECONDS ? told * SECOND : told;
  }
  if (told instanceof Date) return told.getTime();
  if (typeof told !== 'string' || told.length > LONGEST_INSTANT) return undefined;
  return INSTANT.test(told) ? Date.parse(told) : undefined;
}
