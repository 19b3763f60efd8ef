import { isNoPassword } from '../keys/no-password.ts';
import { bareEnd } from './bare-end.ts';
import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';

const PLUGIN = /[ \t]{1,4}['"`]?\w{1,64}['"`]?[ \t]{1,4}(?:by|as)[ \t]{1,4}(?=\\{0,7}['"])/iy;
const DIRECT = /\s{1,8}(?:VALUES\s{1,4}|PASSWORD\s{1,4})?(?=\S)/iy;
/** How far in front of the words the statement may start. */
const REACH = 200;
/** What starts such a statement. In prose people and devices are identified by something, too. */
const STATEMENT =
  /\b(?:(?:create|alter|replace)\s{1,4}(?:user|role)(?:\s{1,4}if\s(?:not\s)?exists)?\s{1,4}[^\s;,]{1,128}|grant\s[^;]{1,160}\sto\s{1,4}[^\s;]{1,128}|connect\s{1,4}to\s{1,4}\S{1,128}|set\s{1,4}role\s{1,4}\S{1,128}|key\s{1,4}management\s[^;]{1,128}|identified\s{1,4}by\s[^;]{1,64},\s{0,4}\S{1,64})\s{1,8}$/i;

/** `CREATE USER ada IDENTIFIED BY '…'`, `IDENTIFIED WITH mysql_native_password BY '…'` */
export const sqlUserPassword: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  anchors: ['identified with', 'identified by'],
  find(scan, start, end) {
    const { text } = scan;
    // `IDENTIFIED BY`, with a space like that of the anchor.
    const isPlugin = end - start > 'identified by'.length;
    const pattern = isPlugin ? PLUGIN : DIRECT;
    pattern.lastIndex = end;
    if (!pattern.test(text)) return false;
    const quote = pattern.lastIndex;
    const from = afterQuote(scan, quote);
    const isQuoted = from > quote;
    if (!isPlugin) {
      const isSure = isQuoted && text.slice(start, end) === 'IDENTIFIED BY';
      scan.work += REACH;
      if (!isSure && !STATEMENT.test(text.slice(Math.max(0, start - REACH), start))) return false;
    }
    const to = isQuoted ? closingQuote(scan, from, text.slice(quote, from)) : bareEnd(scan, from);
    if (to <= from || isPlaceholder(text, from, to)) return false;
    if (!isQuoted && isNoPassword(text, from, to)) return false;
    return scan.found('sensitive_key', from, to);
  },
};

export const sqlUserPasswordExamples: DetectorExamples = {
  finds: [
    "CREATE USER a IDENTIFIED WITH mysql_native_password BY '<<letmein>>'",
    "ALTER USER 'root'@'localhost' IDENTIFIED BY '<<letmein>>'",
    'create user ada identified by <<swordfish>>',
    "grant all on db.* to 'ada'@'%' identified by '<<swordfish>>'",
    'CREATE DATABASE LINK l CONNECT TO ada IDENTIFIED BY <<swordfish>> USING "db"',
  ],
  leaves: [
    'users are identified with a token by us',
    "IDENTIFIED WITH auth_socket AS ''",
    'users are identified by email_address',
    'The device is identified by serialNumber in the log',
    'each tenant is identified by tenant-7',
    'a call identified by "session_id"',
    'CREATE USER ada IDENTIFIED BY ?',
  ],
};
