import { isIn, USER_INFO_STOPS } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import { isPlaceholder } from './placeholder-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Longest user and password that are looked at. */
const REACH = 1024;
/** How documentation writes it. */
const EXAMPLE = /^<?(?:user|username|login)>?:<?(?:pass|password|passwd|pwd|secret)>?$/i;
/** The address of a Sentry project: its user is a public key. */
const DSN = /^@[\w.-]{0,80}sentry[\w.-]{0,40}\/\d/;
const LONGEST_DSN_HOST = 160;
const LONGEST_SOURCE = 160;
const SOURCE = /(?:^|[\s"'`=(])([\w.-]{1,64}):([^\s"'`]{1,96})$/;
const AT = 64;
const COLON = 58;

/** `scheme://user:password@host`: the password goes, user and host stay. A lone user goes when it looks random. */
export const urlCredentials: Detector = {
  kind: 'url_credentials',
  preset: 'secrets',
  anchors: ['://', ':\\/\\/'],
  insideWord: true,
  find(scan, _start, end) {
    const limit = Math.min(scan.length, end + REACH);
    let colon = -1;
    let at = -1;
    let i = end;
    for (; i < limit; i++) {
      const code = scan.code(i);
      if (code === AT) at = i;
      else if (code === COLON && colon < 0 && at < 0) colon = i;
      else if (isIn(USER_INFO_STOPS, code)) break;
    }
    scan.work += i - end;
    if (at < 0) return false;
    if (colon < 0) {
      if (DSN.test(scan.text.slice(at, at + LONGEST_DSN_HOST))) return false;
      return looksRandom(scan.text, end, at) && scan.found('url_credentials', end, at);
    }
    if (colon + 1 >= at || isPlaceholder(scan.text, colon + 1, at)) return false;
    if (EXAMPLE.test(scan.text.slice(end, Math.min(at, end + 24)))) return false;
    return scan.found('url_credentials', colon + 1, at);
  },
};

/** `user:password@tcp(host:3306)/database`: a data source of Go, which has no scheme. */
export const sourceCredentials: Detector = {
  kind: 'url_credentials',
  preset: 'secrets',
  anchors: ['@tcp(', '@unix(', '@cloudsql('],
  insideWord: true,
  find(scan, start) {
    const { text } = scan;
    const head = text.slice(Math.max(scan.floor, start - LONGEST_SOURCE), start);
    scan.work += head.length;
    const [, user, password] = SOURCE.exec(head) ?? [];
    if (user === undefined || password === undefined) return false;
    const from = start - password.length;
    if (isPlaceholder(text, from, start) || EXAMPLE.test(`${user}:${password}`)) return false;
    scan.alsoFound('url_credentials', from, start);
    return false;
  },
};

/** `jdbc:oracle:thin:user/password@host`: the password goes. */
export const oracleCredentials: Detector = {
  kind: 'url_credentials',
  preset: 'secrets',
  anchors: ['oracle:thin:', 'oracle:oci:'],
  insideWord: true,
  find(scan, _start, end) {
    const user = scan.runUntil(USER_INFO_STOPS, end);
    if (scan.text[user] !== '/' || user === end) return false;
    const from = user + 1;
    const at = scan.text.indexOf('@', from);
    if (at <= from || at - from > REACH || isPlaceholder(scan.text, from, at)) return false;
    if (scan.runUntil(USER_INFO_STOPS, from) < at) return false;
    return scan.found('url_credentials', from, at);
  },
};

export const urlCredentialsExamples: DetectorExamples = {
  finds: [
    'postgres://app:<<{b62:12}>>@db:5432/x',
    'jdbc:oracle:thin:app/<<{b62:12}>>@db:1521',
    'app:<<letmein>>@tcp(db:3306)/shop?parseTime=true',
    'dsn="root:<<p@ss:w/rd>>@unix(/tmp/mysql.sock)/shop"',
  ],
  leaves: [
    'app@tcp(db:3306)/shop',
    'user:password@tcp(localhost:3306)/db',
    '${USER}:${PASSWORD}@tcp(db:3306)/shop',
    'postgres://app@db/x',
    'https://{hex:32}@o{digit:6}.ingest.sentry.io/{digit:7}',
    'postgres://user:password@localhost/db',
    'https://example.com/@scope/pkg@1.2.3',
    'postgres://app:${PASSWORD}@db/x',
  ],
};
