/** What stands for something in a name says nothing of its value, whatever kind it was: it is one word. */
const PLACEHOLDER = /\[REDACTED[^[\]]{0,128}\]/g;

/**
 * The words of a key, in small letters: `db.userPassword` is `db`, `user`, `password`; `X-API-Key` is `x`, `api`,
 * `key`. Numbers at the end are positions or versions and left out.
 */
export function keySegments(key: string): string[] {
  const plain = key.includes('[REDACTED') ? key.replaceAll(PLACEHOLDER, ' redacted ') : key;
  const segments = plain
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((segment) => segment.replace(/(?<=\D)\d+$/, ''))
    .filter((segment) => segment !== '');
  while (segments.length > 1 && /^\d+$/.test(segments.at(-1)!)) segments.pop();
  return segments;
}

/** Whether `entry` stands at the end of `segments`. */
export function endsWithSegments(
  segments: readonly string[],
  entry: readonly string[],
  end: number = segments.length,
): boolean {
  const offset = end - entry.length;
  return offset >= 0 && entry.every((segment, index) => segments[offset + index] === segment);
}
