import type { Scan } from '../engine/scan.ts';
import type { KeyDecision, KeyRules } from '../keys/key-rules.ts';
import { isNamed, judgeCell } from './table-cell.ts';

const LONGEST_HEAD = 1024;
const LONGEST_ROW = 4096;
const END_OF_HEAD = /\s{0,8}<\/th>/iy;
/** What stands between two rows. */
const NEXT_ROW =
  /(?:\s{0,64}<\/?t(?:head|body|foot)[^<>]{0,96}>){0,4}\s{0,64}<tr(?:\s[^<>]{0,96})?>/iy;
const BETWEEN = /^(?:\s|<\/?t(?:head|body|foot)[^<>]{0,96}>)*$/i;
/** The text of a cell, without elements around it. */
const CELL =
  /<t[dh](?:\s[^<>]{0,96})?>(?:\s{0,64}<(?!\/?t[dhr]\b)[^<>]{1,96}>){0,8}([^<]{0,512})(?:<(?!\/?t[dhr]\b)[^<>]{1,96}>[^<]{0,64}){0,8}<\/t[dh]>/dgi;

/** The values below `<th>Password</th>`. `nameEnd` is where the name ends. */
export function findHtmlColumns(scan: Scan, rules: KeyRules, nameEnd: number): void {
  END_OF_HEAD.lastIndex = nameEnd;
  if (nameEnd < scan.tableEnd || !END_OF_HEAD.test(scan.text)) return;
  const { text } = scan;
  const lowest = Math.max(scan.tableEnd, nameEnd - LONGEST_HEAD);
  const head = text.slice(lowest, nameEnd).toLowerCase().lastIndexOf('<tr');
  scan.work += nameEnd - lowest;
  scan.tableEnd = nameEnd;
  if (head < 0) return;
  const close = Math.min(scan.nextOf('</tr>', nameEnd), scan.nextOf('</TR>', nameEnd));
  if (close - nameEnd > LONGEST_HEAD || close >= scan.length) return;
  const end = close + '</tr>'.length;
  scan.tableEnd = end;
  const names = Array.from(text.slice(lowest + head, end).matchAll(CELL), ([, name]) =>
    name!.trim(),
  );
  const decisions = names.map((name) => rules.decide(name));
  if (!decisions.some(isNamed)) return;
  let at = end;
  for (;;) {
    NEXT_ROW.lastIndex = at;
    const from = NEXT_ROW.test(text) ? NEXT_ROW.lastIndex : -1;
    const to = from < 0 ? -1 : rowEnd(text, from, LONGEST_ROW);
    if (to < 0) break;
    scan.work += to - at;
    for (const [column, cell] of [...text.slice(from, to).matchAll(CELL)].entries()) {
      const inside = cell[1]!.trim();
      const start = from + cell.indices![1]![0] + cell[1]!.indexOf(inside);
      judgeCell(scan, start, start + inside.length, decisions[column] ?? 'none');
    }
    at = to;
  }
  scan.tableEnd = at;
  if (text.length - at > LONGEST_ROW) return;
  const rest = text.slice(at);
  if (!/<\/table/i.test(rest))
    scan.openTable = { head: headOf(names, decisions), isAtRow: BETWEEN.test(rest) };
}

function headOf(names: readonly string[], decisions: readonly KeyDecision[]): string {
  const cells = names.map((name, index) => `<th>${isNamed(decisions[index]!) ? name : 'x'}</th>`);
  return `<tr>${cells.join('')}</tr>`;
}

function rowEnd(text: string, from: number, longest: number): number {
  const found = text
    .slice(from, from + longest)
    .toLowerCase()
    .indexOf('</tr>');
  return found < 0 ? -1 : from + found + '</tr>'.length;
}
