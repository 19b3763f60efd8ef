import { BASE62, HYPHEN, LETTERS, UNDERSCORE, type Alphabet } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, Level } from './detector.ts';

/** Longest part of a prefix that stands in the table: more would only make the table larger. */
const ANCHOR_LENGTH = 6;

const FULL_STOP = 46;
/** As much as is judged of a body. */
const JUDGED = 64;

/** A token that is known by how it starts: prefix, then a run of one alphabet. */
export interface TokenFormat {
  readonly kind: string;
  /** As written: the letter case of prefixes is part of the format. */
  readonly prefixes: readonly string[];
  readonly body: Alphabet;
  /**
   * Least length of the body. About half of the published one where that is not fixed for good: placeholders
   * stay out, and longer versions of tomorrow are in.
   */
  readonly min: number;
  /** @defaultValue 'certain' */
  readonly level?: Level;
  /** Most characters of the body, where the prefix alone says too little. */
  readonly max?: number;
  /** For prefixes that words start with as well: the body must look random. */
  readonly random?: boolean;
  /** True when the prefix is public, such as the address of a webhook, and stays. */
  readonly keepPrefix?: boolean;
}

/** The detector of one format. */
export function tokenDetector(format: TokenFormat): Detector {
  const { kind, prefixes } = format;
  return {
    kind,
    preset: 'secrets',
    level: format.level ?? 'certain',
    anchors: prefixes.map((prefix) => prefix.slice(0, ANCHOR_LENGTH)),
    find: (scan, start) => prefixes.some((prefix) => findToken(scan, start, prefix, format)),
  };
}

function findToken(scan: Scan, start: number, prefix: string, format: TokenFormat): boolean {
  const { text } = scan;
  if (!text.startsWith(prefix, start)) return false;
  const body = start + prefix.length;
  let end = scan.runEnd(format.body, body);
  scan.mayGoOn(end);
  // The full stop of the sentence around.
  while (scan.code(end - 1) === FULL_STOP) end--;
  if (end - body < format.min || end - body > (format.max ?? Infinity)) return false;
  // A letter that the alphabet does not have: another kind of name that starts alike.
  if (scan.is(BASE62, end)) return false;
  if (format.random === true && (hasOnlyWords(scan, body, end) || !looksRandom(text, body, end)))
    return false;
  return scan.found(format.kind, format.keepPrefix === true ? body : start, end);
}

/**
 * Whether the part of a body that is judged is letters with hyphens between them, which is not random. The runs are
 * remembered, so that names joined by hyphens are not judged anew from each of them on.
 */
function hasOnlyWords(scan: Scan, body: number, end: number): boolean {
  const judged = Math.min(end, body + JUDGED);
  return (
    scan.runEnd(LETTERS | HYPHEN | UNDERSCORE, body) >= judged &&
    scan.runEnd(LETTERS, body) < judged
  );
}
