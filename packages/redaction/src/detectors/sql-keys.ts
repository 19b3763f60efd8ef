import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isPersonal, type KeyRules } from '../keys/key-rules.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

const REACH = 160;
/** `PRAGMA key = '…'` and `rekey` of SQLCipher. */
const PRAGMA = /(?:hex)?(?:re)?key\s{0,4}[=(]\s{0,4}(?=["'])/iy;
/** `ATTACH DATABASE 'x.db' AS e KEY '…'` */
const ATTACH = /[^;\n]{1,128}?\bkey\s{1,4}(?=["'])/iy;
/** `sp_addlogin 'ada', '…'`, `sp_password NULL, '…', 'ada'` */
const SECOND =
  /\s{1,4}(?:@\w{1,24}\s?=\s?)?(?:N?'[^'\n]{0,128}'|\w{1,32})\s{0,4},\s{0,4}(?:@\w{1,24}\s?=\s?)?N?(?=')/iy;
/** `SET "app.jwt_secret" TO '…'`, `set_config('app.jwt_secret', '…'` */
const SETTING = /\s{1,4}"?([\w.]{1,64})"?\s{1,4}(?:to|=)\s{1,4}(?=')/iy;
/** What statements of SQL give a key or a password beside the ways of all settings. */
export function sqlKeys(rules: KeyRules): Detector {
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: [
      'pragma ',
      'attach database',
      'sp_addlogin',
      'sp_password',
      'alter database',
      'alter role',
      'alter system',
    ],
    find(scan, start, end) {
      const { text } = scan;
      switch (text.charCodeAt(start) | 32) {
        case 112:
          return findQuoted(scan, PRAGMA, end);
        case 97:
          if ((text.charCodeAt(start + 1) | 32) === 116) return findQuoted(scan, ATTACH, end);
          return findSetting(scan, end, rules);
        default:
          return findQuoted(scan, SECOND, end);
      }
    },
  };
}

function findQuoted(scan: Scan, pattern: RegExp, end: number): boolean {
  const { text } = scan;
  pattern.lastIndex = end;
  if (!pattern.test(text)) return false;
  const from = afterQuote(scan, pattern.lastIndex);
  const to = closingQuote(scan, from, text.slice(pattern.lastIndex, from));
  return to > from && !isPlaceholder(text, from, to) && scan.found(SENSITIVE_KEY, from, to);
}

function findSetting(scan: Scan, end: number, rules: KeyRules): boolean {
  const { text } = scan;
  const set = text.slice(end, end + REACH).search(/\bset\s/i);
  scan.work += REACH;
  if (set < 0) return false;
  SETTING.lastIndex = end + set + 'set'.length;
  const name = SETTING.exec(text)?.[1];
  if (name === undefined) return false;
  const at = SETTING.lastIndex;
  const to = closingQuote(scan, at + 1, "'");
  return to > 0 && note(scan, rules, name, at + 1, to);
}

function note(scan: Scan, rules: KeyRules, name: string, from: number, to: number): boolean {
  const decision = rules.decide(name);
  if (decision === 'none' || decision === 'allow' || isPersonal(decision)) return false;
  const { text } = scan;
  if (!isPairedSecret(decision, text, from, to) && !isLikelySecret(text, from, to)) return false;
  if (!isPlaceholder(text, from, to)) scan.alsoFound(SENSITIVE_KEY, from, to);
  return false;
}

export const sqlKeysExamples: DetectorExamples = {
  finds: [
    "PRAGMA key = '<<letmein>>';",
    "ATTACH DATABASE 'x.db' AS e KEY '<<letmein>>'",
    "EXEC sp_addlogin 'ada', '<<letmein>>'",
    "EXEC sp_password NULL, '<<letmein>>', 'ada'",
    `ALTER DATABASE d SET "app.jwt_secret" TO '<<{b62:40}>>'`,
    "SELECT * FROM users WHERE token IN ('<<{b62:40}>>','<<{b62:40}>>')",
    "WHERE (password) = ('<<swordfish>>')",
  ],
  leaves: [
    "PRAGMA foreign_keys = 'on'",
    "ATTACH DATABASE 'x.db' AS e",
    "WHERE status IN ('open','a1b2c3d4e5f6a7b8c9d0')",
    "ALTER DATABASE d SET timezone TO 'UTC'",
    "WHERE (name) = ('Ada')",
    "WHERE token IN ('a','b')",
  ],
};
