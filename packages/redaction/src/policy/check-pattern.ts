/** How far an open repetition inside a pattern reaches: `+` and `*` that something follows count up to this. */
const OPEN_REPETITION = 64;
/** Paths a pattern may try from one place. Keeps its time linear in the text, with a bearable factor. */
const MOST_PATHS = 5000;
const LONGEST_PATTERN = 1000;

/**
 * Says what is wrong with the source of a pattern, as the end of "use …", or `undefined` when it can be used.
 * Refused is what can take more than linear time, or what cannot be told: groups that repeat and contain a
 * repetition, back references, look-around, and too many repetitions in a row.
 */
export function checkPattern(source: string): string | undefined {
  if (source === '' || source.length > LONGEST_PATTERN)
    return `a pattern of 1 to ${LONGEST_PATTERN} characters`;
  try {
    if (new RegExp(source, 'u').test('')) return 'a pattern that does not match the empty text';
  } catch (error) {
    return `a valid regular expression (${error instanceof Error ? error.message : 'not readable'})`;
  }
  const parts = tokens(source);
  if (parts.some((part) => /^\\(?:[1-9]|k)/.test(part))) return 'a pattern without back references';
  if (parts.some((part) => /^\(\?(?:[=!]|<[=!])/.test(part)))
    return 'a pattern without look-around';
  return repetitionProblem(parts);
}

/** The same pattern with every open repetition bounded, except the last one, behind which nothing can fail. */
export function boundedPattern(source: string): string {
  const parts = tokens(source);
  return parts
    .map((part, index) => {
      const range = repetition(part);
      if (range === undefined || range.max !== Infinity || index >= lastAtom(parts)) return part;
      return `{${range.min},${Math.max(range.min, OPEN_REPETITION)}}${part.endsWith('?') && part.length > 1 ? '?' : ''}`;
    })
    .join('');
}

/** Characters, classes, escapes, brackets and repetitions, one after the other. */
function tokens(source: string): string[] {
  return (
    source.match(
      /\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|k<[^>]*>|[1-9]\d*|c[A-Za-z]|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<[^>]*>)|\{\d+(?:,\d*)?\}\??|[*+?]\??|[^]/gu,
    ) ?? []
  );
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function repetition(part: string): Range | undefined {
  if (/^\*\??$/.test(part)) return { min: 0, max: Infinity };
  if (/^\+\??$/.test(part)) return { min: 1, max: Infinity };
  if (/^\?\??$/.test(part)) return { min: 0, max: 1 };
  const counted = /^\{(\d+)(,(\d*))?\}\??$/.exec(part);
  if (counted === null) return undefined;
  const [, least, comma, most] = counted;
  const min = Number(least);
  if (comma === undefined) return { min, max: min };
  return { min, max: most === '' ? Infinity : Number(most) };
}

/** Index of the last part that is neither a repetition nor the end of a group. */
function lastAtom(parts: readonly string[]): number {
  return parts.findLastIndex((part) => repetition(part) === undefined && part !== ')');
}

function repetitionProblem(parts: readonly string[]): string | undefined {
  // Of each open group: whether a repetition of varying length stands in it.
  const groups: { varies: boolean }[] = [];
  let closed: { varies: boolean } | undefined;
  let paths = 1;
  for (const [index, part] of parts.entries()) {
    const range = repetition(part);
    if (range !== undefined) {
      if (closed?.varies === true && range.max > 1)
        return 'a pattern without a repetition or an alternative inside a repeated group';
      if (range.min !== range.max) {
        for (const group of groups) group.varies = true;
        const isOpenEnd = range.max === Infinity && index > lastAtom(parts);
        const most = range.max === Infinity ? OPEN_REPETITION : range.max;
        if (!isOpenEnd) paths *= Math.max(1, most - range.min + 1);
      }
      if (range.max !== Infinity && range.max > 1000) return 'repetitions of at most 1000';
    } else if (part.startsWith('(')) groups.push({ varies: false });
    else if (part === '|') {
      // Alternatives of a repeated group can match the same text in many ways.
      for (const group of groups) group.varies = true;
      paths *= 2;
    }
    closed = part === ')' ? groups.pop() : undefined;
  }
  return paths > MOST_PATHS ? 'fewer repetitions of varying length in one pattern' : undefined;
}
