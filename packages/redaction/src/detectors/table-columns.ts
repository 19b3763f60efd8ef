import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isPersonal, type KeyDecision, type KeyRules } from '../keys/key-rules.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import { isNamed, judgeCell } from './table-cell.ts';
import { cellsOf, headOf, type Layout, layoutOf } from './table-layout.ts';

/** Longest row of names, and of values. */
const LONGEST_LINE = 1024;
const LONGEST_ROW = 8192;
/** What ends the cell of a name: a separator, the line, or an escape of one of them. */
const CELL_END = ',;|\t\n\r\\';
/** How far apart columns without separators are. */
const WIDEST_GAP = 64;
/** A line below or around the names: `|---|---|`, `----+----`, `+----+`. */
const RULE = /^[-+=:| \t\r]*-{2}[-+=:| \t\r]*$/;
/** The name in a row of pairs. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N} _.:-]{1,47}$/u;

/** What the lines of a table are read by. */
interface Header {
  readonly layout: Layout;
  readonly decisions: readonly KeyDecision[];
  /** The names alone, in their places. */
  readonly head: string;
}

/**
 * The values below a name that is the head of a column: in CSV with any separator, in Markdown, in what `psql`, `mysql`
 * and `kubectl` print. Also the value beside a name in a row of two cells or between bars. Each line is looked at once, as
 * names or as values.
 */
export function findColumns(scan: Scan, rules: KeyRules, nameEnd: number): void {
  if (nameEnd < scan.tableEnd || !endsCell(scan, nameEnd)) return;
  // In JSON the lines are escapes: what stands in its strings is looked at again.
  if (scan.nextOf('\\n', 0) < scan.length) scan.sawSensitiveKey = true;
  const { text } = scan;
  const lowest = Math.max(0, nameEnd - LONGEST_LINE);
  const start = lowest + text.slice(lowest, nameEnd).lastIndexOf('\n') + 1;
  const end = scan.nextOf('\n', nameEnd);
  // What else stands on that line needs no other look.
  scan.tableEnd = end + 1;
  scan.work += nameEnd - start;
  if ((start === lowest && start > 0) || end - start > LONGEST_LINE) return;
  scan.work += end - start;
  const header = end < scan.length ? headerOf(text, start, end, rules) : undefined;
  if (header !== undefined && isHead(text, start, end, header))
    scan.tableEnd = readRows(scan, end + 1, header);
  else readPairs(scan, start, end, rules);
}

/** Whether nothing but quotes and spaces stands between the name and the end of its cell. */
function endsCell({ text }: Scan, from: number): boolean {
  let at = from;
  while (isEndOfName(text.charCodeAt(at))) at++;
  const gap = at;
  while (text[at] === ' ' && at - gap < WIDEST_GAP) at++;
  if (at === text.length || at - gap >= 2) return true;
  return text.charCodeAt(at) < 128 && CELL_END.includes(text[at]!);
}

/** A quote, an asterisk of Markdown, a bracket or a colon. */
function isEndOfName(code: number): boolean {
  return code === 34 || code === 39 || code === 96 || code === 42 || code === 41 || code === 58;
}

function headerOf(text: string, start: number, end: number, rules: KeyRules): Header | undefined {
  const layout = layoutOf(text.slice(start, end));
  const cells = layout === undefined ? undefined : cellsOf(text, start, end, layout);
  if (layout === undefined || cells === undefined || cells.length < 2) return undefined;
  const decisions = cells.map(({ from, to }) => rules.decide(text.slice(from, to)));
  if (!decisions.some(isNamed)) return undefined;
  const names = cells.map(({ from, to }, index) =>
    isNamed(decisions[index]!) || from === to ? text.slice(from, to) : 'X',
  );
  return { layout, decisions, head: `${headOf(names, layout)}\n` };
}

/** Whether the row is the first one of its table. */
function isHead(text: string, start: number, end: number, { layout, decisions }: Header): boolean {
  const before = lineBefore(text, start);
  if (before === undefined) return true;
  const [from, to] = before;
  // `+---+` stands above the names as well, and then below them.
  if (RULE.test(text.slice(from, to)))
    return RULE.test(text.slice(end + 1, lineEnd(text, end + 1)));
  return cellsOf(text, from, to, layout)?.length !== decisions.length || typeof layout !== 'string';
}

function lineBefore(text: string, start: number): readonly [number, number] | undefined {
  if (start === 0) return undefined;
  const lowest = Math.max(0, start - 1 - LONGEST_LINE);
  const from = lowest + text.slice(lowest, start - 1).lastIndexOf('\n') + 1;
  return [from, start - 1];
}

/** Of the line at `from`, or as far as one may go. */
function lineEnd(text: string, from: number): number {
  const found = text.slice(from, from + LONGEST_ROW).indexOf('\n');
  return found < 0 ? Math.min(text.length, from + LONGEST_ROW) : from + found;
}

/** Returns where the table ends. */
function readRows(scan: Scan, below: number, { layout, decisions, head }: Header): number {
  const { text } = scan;
  let at = below;
  while (at < text.length) {
    const end = lineEnd(text, at);
    scan.work += end - at;
    if (!RULE.test(text.slice(at, end))) {
      const cells = end === at ? undefined : cellsOf(text, at, end, layout);
      if (cells?.length !== decisions.length) {
        // A row that may go on.
        if (end === text.length) at = end;
        break;
      }
      for (const [column, { from, to }] of cells.entries())
        judgeCell(scan, from, to, decisions[column]!);
    }
    at = end + 1;
  }
  if (at >= text.length) scan.openTable = { head, isAtRow: text.endsWith('\n') };
  return at;
}

/** `| API_KEY | … |`, and `password | …` of a row that is printed as a column. */
function readPairs(scan: Scan, start: number, end: number, rules: KeyRules): void {
  const { text } = scan;
  const line = text.slice(start, end);
  const separator = ['|', '\t', ','].find((character) => line.includes(character));
  // Several tabs or commas and no quotes around one of them: more than two cells.
  const isLong =
    separator !== undefined &&
    separator !== '|' &&
    line.indexOf(separator) !== line.lastIndexOf(separator) &&
    !line.includes('"');
  if (separator === undefined || isLong) return;
  const cells = cellsOf(text, start, end, separator);
  if (cells === undefined) return;
  const isFramed = separator === '|' && /^\s*\|/.test(line);
  if (cells.length !== 2 && !isFramed) return;
  for (let index = 1; index < cells.length; index++) {
    const name = cells[index - 1]!;
    const { from, to } = cells[index]!;
    if (!PLAIN_NAME.test(text.slice(name.from, name.to))) continue;
    const decision = rules.decide(text.slice(name.from, name.to));
    if (isPersonal(decision)) continue;
    if (mayBePassword(text, from, to) || isLikelySecret(text, from, to))
      judgeCell(scan, from, to, decision);
  }
}
