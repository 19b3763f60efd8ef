import { ENCODED, isIn } from './characters.ts';

const BACKSLASH = 92;
const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];
/** Encoders break lines behind 60 (uuencoded), 64 (PEM) or 76 (MIME) characters, each a whole number of bytes. */
const SHORTEST_LINE = 60;
/** Characters that are whole bytes. */
export const GROUP = 4;
/** JSON inside of JSON doubles the backslashes. */
const MOST_BACKSLASHES = 16;

/** Lines that are one run, all of one length but the last. */
export interface EncodedLines {
  readonly lineLength: number;
  /** What stands between two of them: a line break, or one as JSON writes it. */
  readonly separator: string;
  /** Behind the last one. */
  readonly to: number;
}

/** The lines that go on behind the one from `from` to `end`, or `undefined` where none does. */
export function linesBehind(
  text: string,
  from: number,
  end: number,
  isRun: Uint8Array,
): EncodedLines | undefined {
  const lineLength = end - from;
  if (lineLength < SHORTEST_LINE || lineLength % GROUP !== 0) return undefined;
  const separator = text.slice(end, breakEnd(text, end));
  if (separator === '') return undefined;
  let to = end;
  while (text.startsWith(separator, to)) {
    const start = to + separator.length;
    const most = start + lineLength;
    let at = start;
    while (at <= most && isRun[text.charCodeAt(at)] === 1) at++;
    if (at === start || at > most) break;
    to = at;
    if (at < most) break;
  }
  return to === end ? undefined : { lineLength, separator, to };
}

/** Behind the line break that stands at `at`, as it is or with backslashes; `at` where there is none. */
function breakEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === LINE_FEED) return at + 1;
  if (code === CARRIAGE_RETURN) return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at;
  if (code !== BACKSLASH) return at;
  let letter = at + 1;
  while (letter - at < MOST_BACKSLASHES && text.charCodeAt(letter) === BACKSLASH) letter++;
  if (text[letter] === 'n') return letter + 1;
  const again = letter + 1 + (letter - at);
  const isBoth = text[letter] === 'r' && text.startsWith(text.slice(at, letter), letter + 1);
  return isBoth && text[again] === 'n' ? again + 1 : at;
}

/** The run without what stands between its lines. */
export function joinedLines(
  text: string,
  from: number,
  { lineLength, separator, to }: EncodedLines,
): string {
  const lines: string[] = [];
  for (let at = from; at < to; at += lineLength + separator.length)
    lines.push(text.slice(at, Math.min(at + lineLength, to)));
  return lines.join('');
}

/** Whether lines of one run may stand on both sides of `cut`, which is behind a line break. */
export function isBetweenLines(text: string, cut: number): boolean {
  if (!isIn(ENCODED, text.charCodeAt(cut))) return false;
  let end = cut;
  while (text.charCodeAt(end - 1) === LINE_FEED || text.charCodeAt(end - 1) === CARRIAGE_RETURN)
    end--;
  let from = end;
  while (end - from < SHORTEST_LINE && isIn(ENCODED, text.charCodeAt(from - 1))) from--;
  return end < cut && end - from === SHORTEST_LINE;
}

/** `cut`, or a place in front of it from which a long run around it can be read on: between lines, or between whole bytes. */
export function encodedCut(text: string, cut: number): number {
  let start = cut;
  while (start > 0 && isIn(ENCODED, text.charCodeAt(start - 1))) start--;
  if (isBetweenLines(text, start)) return start;
  const isLong = cut - start >= SHORTEST_LINE && isIn(ENCODED, text.charCodeAt(cut));
  return isLong ? cut - ((cut - start) % GROUP) : cut;
}
