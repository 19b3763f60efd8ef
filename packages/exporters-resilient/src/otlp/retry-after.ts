/**
 * How long a Retry-After header asks to wait, in milliseconds: seconds or an HTTP date. Undefined when it is
 * absent or malformed, at least 0.
 */
export function readRetryAfter(
  header: string | undefined,
  epochMillis: number,
): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes far more than HTTP dates, "-1" for example: those all start with the day of the week.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - epochMillis);
}
