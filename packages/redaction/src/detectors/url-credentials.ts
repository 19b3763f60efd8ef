import { isIn, USER_INFO_STOPS } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import { isPlaceholder, startsAsPlaceholder } from './placeholder-value.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** Longest user and password that are looked at. */
const REACH = 1024;
/** How documentation writes it. */
const EXAMPLE = /^<?(?:user|username|login)>?:<?(?:pass|password|passwd|pwd|secret)>?$/i;
/** The address of a Sentry project: its user is a public key. */
const DSN = /^@[\w.-]{0,80}sentry[\w.-]{0,40}\/\d/;
const LONGEST_DSN_HOST = 160;
const LONGEST_TAIL = 256;
const PORT = /^\d{1,5}$/;
/** `{password}`: a place in a template. */
const PLACE = /^[{[<][A-Za-z_.]*[}\]>]$/;
const HOST = /(?:[\w-]{1,64}\.){0,8}[\w-]{1,64}(?::\d{1,5})?(?=[/?#,\s"'`<>)\]};&\\]|$)/y;
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
    if (colon >= 0 && i < limit) at = lastAt(scan, colon, at, i);
    if (at < 0) return false;
    if (colon < 0) {
      if (DSN.test(scan.text.slice(at, at + LONGEST_DSN_HOST))) return false;
      return looksRandom(scan.text, end, at) && scan.found('url_credentials', end, at);
    }
    if (colon + 1 >= at || isPlaceholder(scan.text, colon + 1, at)) return false;
    if (PLACE.test(scan.text.slice(colon + 1, Math.min(at, colon + 64)))) return false;
    if (EXAMPLE.test(scan.text.slice(end, Math.min(at, end + 24)))) return false;
    return scan.found('url_credentials', colon + 1, at);
  },
};

/**
 * The `@` that ends a password in which characters stand that should be escaped, `a?b`, `a/b`, `a[b`: the last one in
 * front of a host. `stop` is the first such character, `at` the last one before it.
 */
function lastAt(scan: Scan, colon: number, at: number, stop: number): number {
  const { text } = scan;
  const first = text[stop]!;
  if (isEnd(text, stop) || startsAsPlaceholder(text, colon + 1)) return at;
  if (scan.nextOf('@', stop) >= stop + LONGEST_TAIL) return at;
  // `host:8080/…`
  if (at < 0 && PORT.test(text.slice(colon + 1, stop))) return at;
  // `user:password@host/…`
  if (at >= 0 && (first === '/' || first === '#')) return at;
  const limit = Math.min(scan.length, stop + LONGEST_TAIL);
  let last = at;
  let i = stop;
  for (; i < limit && !isEnd(text, i); i++) {
    if (scan.code(i) !== AT) continue;
    HOST.lastIndex = i + 1;
    if (HOST.test(text)) last = i;
  }
  scan.work += i - stop;
  // `user:password@host?name=…`
  return at >= 0 && text.slice(stop, last).includes('=') ? at : last;
}

/** A space, a quote, or an escaped one in JSON. */
function isEnd(text: string, at: number): boolean {
  const character = text[at]!;
  if (character === '\\') return 'nrt"u'.includes(text.charAt(at + 1) || 'n');
  return character <= ' ' || '"\'`'.includes(character);
}

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
    'postgres://svc:<<abc?41Zx9>>@db.internal:5432/app',
    'redis://:<<p?w8Zk3q>>@cache:6379',
    'amqp://u:<<a&b=c?9Zk>>@mq:5672/',
    'mongodb://u:<<q#3Zk8>>@h1:27017,h2:27017/db',
    'postgres://u:<<abc[9Zk]>>@h/db',
    'postgres://u:<<{c9Zk}>>@h/db',
    'https://bob:<<pa/ss99x>>@host/x',
    'mysql://root:<<p@ss?w0rd>>@db/x',
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
    'http://localhost:3000/@vite/client',
    'postgres://app:{password}@db/x',
    'http://localhost:3000?next=ada@example',
    'http://localhost:${port}/users/@me',
    'see http://h:80/x, write to a@b',
  ],
};
