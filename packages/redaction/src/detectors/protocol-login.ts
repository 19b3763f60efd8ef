import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import { isNoPassword } from '../keys/no-password.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

/** How far before a `PASS` its `USER` may stand. */
const REACH = 160;
/** One or two words, or texts in quotes, and nothing else up to the end of the line or of the text around. */
const WORDS =
  /(?:"([^"\n\\]{1,256})"|([^\s"'`\\]{1,512}))(?:[ \t]+(?:"([^"\n\\]{1,256})"|([^\s"'`\\]{1,512})))?[ \t]*(?=$|[\r\n"'`]|\\[nr])/y;
const LINE_START = /(?:^|[\r\n"'`]|\\[nr])[ \t]*$/;
/** The prompt of a client, the direction in a log of a protocol, the name of the client. */
const PROMPT = /(?:[>)] |[<>] ?|\b[CS]: ?|\bquote |redis-cli(?: -\S+ \S+)* )$/;
/** What stands in front of `AUTH` where it is an argument of another command of Redis, in any case. */
const HELLO = /\bhello \d $/i;
const LONGEST_HELLO = 9;
const MIGRATE = /\bmigrate [^\n]{1,96} $/i;
const LONGEST_BEFORE = 106;
const USER_AND_PASSWORD = /[^\s"'`\\]{1,128}[ \t]{1,4}([^\s"'`\\]{1,256})/dy;
const PASSWORD = /([^\s"'`\\]{1,256})/dy;
const MECHANISM =
  /^(?:PLAIN|LOGIN|XOAUTH2?|OAUTHBEARER|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|EXTERNAL|KERBEROS_V4|SCRAM-\S+)$/i;
/** What programs say of themselves: `AUTH service`. */
const NO_PASSWORD =
  /^(?:tls|ssl|service|server|client|module|middleware|timeout|timed|mode|method|methods|header|flow|layer|handler|manager|state|step|started|stopped|ready|\?|<\w+>|\[\w+\])$/i;
const TAG = /(?:^|[\r\n"'`]|[>CS]:? ?|\\[nr])[A-Za-z]{0,4}\d{1,8} $/;
/** `AUTH` in the protocol of Redis, each word behind its length, and in what it logs. */
const COUNTED = /(?:\r\n|\\r\\n)\$\d{1,4}(?:\r\n|\\r\\n)([^\r\n\\]{1,256})/y;
const LOGGED = /"(?: "[^"\n]{1,256}")? "([^"\n]{1,256})"/y;

/** `AUTH …` of Redis and SMTP, `PASS …` of FTP and POP3, `a1 LOGIN user …` of IMAP. */
export const protocolLogin: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  level: 'likely',
  anchors: ['auth ', 'auth2 ', 'auth"', 'auth\r', 'auth\\r', 'pass ', 'login ', 'authenticate '],
  find(scan, start, end) {
    const { text } = scan;
    const last = text.charCodeAt(end - 1);
    const before = text.slice(Math.max(0, start - 32), start);
    if (last === 34) return before.endsWith('"') && findEach(scan, LOGGED, end - 1);
    if (last !== 32) return isUpper(text, start) && findEach(scan, COUNTED, start + 4);
    const argument = isAuth(text, end) ? argumentOf(scan, start, end) : undefined;
    if (argument !== undefined) return note(scan, ...argument);
    const isPrompt = PROMPT.test(before);
    const isSmall = !isUpper(text, start);
    // `auth ada …`, as clients of Redis write it, alone in a value.
    if (!isPrompt && isSmall)
      return start === 0 && text.startsWith('auth ') && findWord(scan, end, 'likely');
    const initial = text.charCodeAt(start) | 32;
    // `LOGIN`
    if (initial === 108) return TAG.test(before) && findWord(scan, end, 'second');
    // `PASS`
    if (initial === 112)
      return (isPrompt || isBehindUser(scan, start)) && findWord(scan, end, 'only');
    if (end - start > 'auth '.length) return findWord(scan, end, 'mechanism');
    return (isPrompt || LINE_START.test(before)) && findWord(scan, end, isPrompt ? 'any' : 'sure');
  },
};

/** Whether the anchor is `auth ` or `auth2 `, of Redis. */
function isAuth(text: string, end: number): boolean {
  return text[end - 2] === 'h' || text[end - 2] === 'H' || text[end - 2] === '2';
}

/** Where the password stands in `hello 3 auth ada …` and `migrate … auth …`. */
function argumentOf(scan: Scan, start: number, end: number): readonly [number, number] | undefined {
  const { text } = scan;
  const near = text.slice(Math.max(0, start - LONGEST_HELLO), start);
  // Looked for once in a text.
  const isFar = scan.nextOf('migrate ', 0) < start || scan.nextOf('MIGRATE ', 0) < start;
  const before = isFar ? text.slice(Math.max(0, start - LONGEST_BEFORE), start) : near;
  if (isFar) scan.work += before.length;
  const command = (HELLO.exec(near) ?? (isFar ? MIGRATE.exec(before) : null))?.[0];
  if (command === undefined) return undefined;
  const isPair = text[end - 2] === '2' || /^hello/i.test(command);
  return placeIn(isPair ? USER_AND_PASSWORD : PASSWORD, scan, end);
}

function isUpper(text: string, start: number): boolean {
  const code = text.charCodeAt(start + 1);
  return code >= 65 && code <= 90;
}

function isBehindUser(scan: Scan, start: number): boolean {
  if (scan.nextOf('USER ', 0) > start) return false;
  scan.work += REACH;
  const head = scan.text.slice(Math.max(0, start - REACH), start);
  return /USER \S+[^\n\\]{0,40}(?:\r?\n|(?:\\r)?\\n)/.test(head) && LINE_START.test(head);
}

function findEach(scan: Scan, pattern: RegExp, start: number): boolean {
  let found: readonly [number, number] | undefined;
  for (let at = start, count = 0; count < 2; count++) {
    pattern.lastIndex = at;
    const match = pattern.exec(scan.text);
    if (match === null) break;
    at = pattern.lastIndex;
    scan.work += at - start;
    // Of a user and a password the last one.
    const to = at - (pattern === LOGGED ? 1 : 0);
    found = [to - match[1]!.length, to];
    if (pattern === LOGGED) break;
  }
  return found !== undefined && note(scan, ...found);
}

function findWord(
  scan: Scan,
  from: number,
  wanted: 'any' | 'sure' | 'likely' | 'only' | 'second' | 'mechanism',
): boolean {
  WORDS.lastIndex = from;
  const match = WORDS.exec(scan.text);
  scan.work += (match?.[0].length ?? 0) + 1;
  if (match === null) return false;
  const one = match[1] ?? match[2]!;
  const other = match[3] ?? match[4];
  const isMechanism = MECHANISM.test(one);
  if (isMechanism !== (wanted === 'mechanism') && wanted === 'mechanism') return false;
  if (isMechanism && wanted !== 'only') {
    const isLong = other !== undefined && (other.length >= 8 || wanted === 'any');
    return isLong && note(scan, ...place(from, match, other));
  }
  if (wanted === 'likely')
    return other !== undefined && isLikely(other) && note(scan, ...place(from, match, other));
  if (other === undefined) return wanted !== 'second' && note(scan, ...place(from, match, one));
  if (wanted === 'only') return false;
  // `AUTH service started`: two words say more than a name and its password.
  const isSure = one === 'default' || /[^A-Za-z]/.test(other);
  return (wanted !== 'sure' || isSure) && note(scan, ...place(from, match, other));
}

function isLikely(word: string): boolean {
  return mayBePassword(word, 0, word.length) || isLikelySecret(word, 0, word.length);
}

function place(from: number, match: RegExpExecArray, word: string): readonly [number, number] {
  const start = from + match[0].lastIndexOf(word);
  return [start, start + word.length];
}

function note(scan: Scan, from: number, to: number): boolean {
  const word = scan.text.slice(from, to);
  if (isPlaceholder(scan.text, from, to) || isNoPassword(scan.text, from, to)) return false;
  if (NO_PASSWORD.test(word) || word.startsWith('[REDACTED')) return false;
  return scan.found('command_password', from, to);
}

export const protocolLoginExamples: DetectorExamples = {
  finds: [
    'AUTH <<letmein>>',
    'cache:6379> auth ada <<letmein>>',
    'AUTH default <<letmein>>',
    'HELLO 3 AUTH ada <<letmein>>',
    'hello 3 AUTH default <<swordfish>> SETNAME desk',
    'auth app <<PwKq2mz8LpR79x>>',
    'migrate cache-1 6379 k 0 5000 copy auth <<swordfish>>',
    'MIGRATE cache-1 6379 k 0 5000 AUTH2 ada <<swordfish>>',
    '1339518083.107412 [0 lua] "AUTH" "<<letmein>>"',
    '[0 lua] "auth" "ada" "<<letmein>>"',
    '*2\r\n$4\r\nAUTH\r\n$7\r\n<<letmein>>\r\n',
    'C: AUTH PLAIN <<AGFkYQBsZXRtZWlu>>',
    'USER ada\r\nPASS <<letmein>>\r\n',
    '< PASS <<letmein>>',
    'ftp> quote PASS <<letmein>>',
    'a1 LOGIN ada <<letmein>>',
    'C: a001 LOGIN "ada" "<<let me in>>"',
    'a2 AUTHENTICATE PLAIN <<AGFkYQBsZXRtZWlu>>',
  ],
  leaves: [
    'AUTH failed',
    'AUTH service started',
    'AUTH required',
    'AUTH TLS',
    'AUTH LOGIN',
    'PASS src/math.test.ts',
    'PASS 12 tests',
    'AUTH ?',
    'USER LOGIN page opened',
    '250-AUTH LOGIN PLAIN',
    'user auth letmein',
    'auth service started',
    'auth flow for oauth2',
  ],
};
