/**
 * What a tool is given or answers: the object or list that a JSON text holds. Any other text stays the text it was, so that
 * `1.10` is no number; so does one with a number that a double cannot hold, such as an id of twenty digits.
 */
export function dataOfJson(text: unknown): unknown {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) return text;
  try {
    return LONG_NUMBER.test(text) ? exactly(text) : (JSON.parse(text) as unknown);
  } catch {
    // Models send broken JSON at times.
    return text;
  }
}

/** More digits than every double keeps, or an exponent that may be out of its range. Perhaps in a string. */
const LONG_NUMBER = /\d[\d.]{15}|\d[eE][+-]?\d/;

function exactly(text: string): unknown {
  let exact = true;
  const value: unknown = JSON.parse(text, function (_key, member: unknown, ...rest: unknown[]) {
    if (typeof member === 'number')
      exact &&= isExact(member, (rest[0] as { source?: string } | undefined)?.source);
    return member;
  });
  return exact ? value : text;
}

/** Without the source, in old runtimes, nobody can tell. */
function isExact(value: number, source: string | undefined): boolean {
  if (source === undefined || !Number.isFinite(value)) return false;
  if (String(value) === source) return true;
  // An integer is often an id: it is written as it was, or not read at all.
  if (/^-?\d+$/.test(source)) return value === 0;
  const digits = source
    .replace(/[eE].*/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  // Fifteen are kept by every double; what is no zero must not become one.
  return digits.length <= 15 && (value !== 0 || digits === '');
}
