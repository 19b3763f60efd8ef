/** Where the value of a cell stands, without spaces and quotes. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

/** How the lines of a table are divided: by a character, or at fixed places. */
export type Layout = string | readonly number[];

/** What stands in code and in sentences, and not in a row of names. */
const NO_HEAD = /[{}<>=\\$?!]|\w\(|:\/\/|[^:\s|]: ?[^\s|]|\/\//;
const SEPARATED = ['|', '\t', ';', ','];
const HEAD_CELL = /^[\p{L}_#"'`*][^.]*$|^\S*$/u;
const MOST_WORDS = 4;
/** `NAME      PASSWORD   AGE` */
const SPACED_HEAD = /^ {0,8}[A-Z][A-Z0-9_()/-]*(?: {1,64}[A-Z(][A-Z0-9_()/-]*)+ *$/;
const SPACED_CELL = /[A-Z(][A-Z0-9_()/-]*(?: [A-Z(][A-Z0-9_()/-]*)*/g;
const QUOTES = '"\'`*';

/** The layout of a table with that row of names, or `undefined` when it is none. */
export function layoutOf(line: string): Layout | undefined {
  if (NO_HEAD.test(line)) return undefined;
  const separator = SEPARATED.find((character) => line.includes(character));
  if (separator === undefined) return line.includes('  ') ? spacedLayout(line) : undefined;
  const isProse = line
    .split(separator)
    .some((cell) => !HEAD_CELL.test(cell.trim()) || cell.trim().split(' ').length > MOST_WORDS);
  return isProse ? undefined : separator;
}

function spacedLayout(line: string): Layout | undefined {
  if (!SPACED_HEAD.test(line)) return undefined;
  return Array.from(line.matchAll(SPACED_CELL), ({ index }) => index);
}

/** The cells of the line from `start` to `end`, or `undefined` where it is not divided like that. */
export function cellsOf(
  text: string,
  start: number,
  end: number,
  layout: Layout,
): readonly Cell[] | undefined {
  return typeof layout === 'string'
    ? separatedCells(text, start, end, layout)
    : spacedCells(text, start, end, layout);
}

function separatedCells(
  text: string,
  start: number,
  end: number,
  separator: string,
): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  for (let at = start; ;) {
    let from = at;
    while (from < end && text[from] === ' ') from++;
    let to = text[from] === '"' && separator !== '|' ? behindQuoted(text, from, end) : at;
    if (to < 0) return undefined;
    while (to < end && !isSeparator(text, to, separator)) to++;
    cells.push(bare(text, at, to));
    if (to === end) return cells;
    at = to + 1;
  }
}

/** In Markdown a bar behind a backslash is one of the text. */
function isSeparator(text: string, at: number, separator: string): boolean {
  return text[at] === separator && (separator !== '|' || text[at - 1] !== '\\');
}

/** Behind the quote that closes the one at `from`, or -1. */
function behindQuoted(text: string, from: number, end: number): number {
  for (let at = from + 1; at < end; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at + 1;
    at++;
  }
  return -1;
}

function spacedCells(
  text: string,
  start: number,
  end: number,
  starts: readonly number[],
): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  for (const [index, offset] of starts.entries()) {
    const from = Math.min(end, start + offset);
    if (from > start && from < end && text[from - 1] !== ' ') return undefined;
    const next = starts[index + 1];
    cells.push(bare(text, from, next === undefined ? end : Math.min(end, start + next)));
  }
  return cells;
}

/** Without spaces, and without the quotes, backticks or stars around it. */
function bare(text: string, start: number, end: number): Cell {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from)) from++;
  while (to > from && isSpace(text, to - 1)) to--;
  while (to - from >= 2 && QUOTES.includes(text[from]!) && text[from] === text[to - 1]) {
    from++;
    to--;
  }
  return { from, to };
}

function isSpace(text: string, at: number): boolean {
  const character = text[at];
  return character === ' ' || character === '\r' || character === '\t';
}

/** A row of names in that layout. */
export function headOf(names: readonly string[], layout: Layout): string {
  if (typeof layout === 'string') return names.join(layout);
  return names.reduce((row, name, index) => row.padEnd(layout[index]!) + name, '');
}
