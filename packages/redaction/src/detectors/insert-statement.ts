import type { Scan } from '../engine/scan.ts';
import type { KeyDecision, KeyRules } from '../keys/key-rules.ts';
import { judgeColumn } from './column-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterSpaces } from './key-name.ts';
import { findParameter } from './sql-parameter.ts';
import { isNamed } from './table-cell.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** Longest statement that is followed. */
const REACH = 512;
const COLUMNS = /\s{1,8}[\w."`[\]]{1,96}\s{0,8}\(([^()]{1,256})\)\s{0,8}values\s{0,8}(?=\()/iy;
/** One value of a row: quoted, or a number or a name. */
const VALUE =
  /\s{0,8}(?:[EN]?'((?:[^'\\]|''|\\.){0,256})'|"([^"]{0,256})"|[^,()'"]{0,64})\s{0,8}([,)])/dy;
const NEXT_ROW = /\s{0,8},\s{0,8}\(/y;

/** `INSERT INTO users (name, password) VALUES ('ada', '…')`: the names of the columns say what the values are. */
export function insertStatement(rules: KeyRules): Detector {
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: ['insert into'],
    find(scan, _start, end) {
      COLUMNS.lastIndex = end;
      const columns = COLUMNS.exec(scan.text)?.[1];
      scan.work += REACH;
      if (columns === undefined) return false;
      const decisions = columns.split(',').map((name) => rules.decide(name.trim()));
      if (decisions.every((decision) => decision === 'none')) return false;
      readRows(scan, COLUMNS.lastIndex + 1, end + REACH, decisions);
      return false;
    },
  };
}

function readRows(
  scan: Scan,
  from: number,
  limit: number,
  decisions: readonly KeyDecision[],
): void {
  let column = 0;
  for (let at = from; at < limit;) {
    VALUE.lastIndex = at;
    const value = VALUE.exec(scan.text);
    if (value === null || VALUE.lastIndex > limit) return;
    const place = value.indices?.[1] ?? value.indices?.[2];
    const decision = decisions[column] ?? 'none';
    if (place !== undefined && place[0] < place[1]) judgeColumn(scan, ...place, decision);
    else if (isNamed(decision)) findParameter(scan, afterSpaces(scan, at), decision);
    at = VALUE.lastIndex;
    column++;
    if (value[3] === ',') continue;
    column = 0;
    NEXT_ROW.lastIndex = at;
    if (!NEXT_ROW.test(scan.text)) return;
    at = NEXT_ROW.lastIndex;
  }
}

export const insertStatementExamples: DetectorExamples = {
  finds: [
    "INSERT INTO users (name, password) VALUES ('ada', '<<{b62:16}>>')",
    "insert into app.keys (id, api_key, note) values (7, '<<{hex:32}>>', 'x')",
    "INSERT INTO users (name, password) VALUES ($1, $2)\nDETAIL:  parameters: $1 = 'bob', $2 = '<<letmein>>'",
    'query: INSERT INTO `user`(`id`, `password`) VALUES (?, ?) -- PARAMETERS: [7,"<<letmein>>"]',
    "INSERT INTO t (password, n) VALUES ('<<it''s>>', 1), ('<<correct horse>>', 2)",
  ],
  leaves: [
    'INSERT INTO users (name, password) VALUES ($1, $2)',
    "INSERT INTO tokens (id, count) VALUES ('a', 'b')",
    "INSERT INTO users (name, password) SELECT name, 'x' FROM old",
    'INSERT INTO users VALUES (1, 2)',
  ],
};
