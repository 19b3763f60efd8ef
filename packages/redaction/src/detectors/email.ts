import { BASE62, DOT, HYPHEN, isIn, LETTERS, PERCENT, UNDERSCORE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { findNameByMail } from './name-by-mail.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;
const LONGEST_LABEL = 63;
const LOCAL = BASE62 | DOT | HYPHEN | UNDERSCORE | PERCENT;
const LABEL = BASE62 | HYPHEN;
const FULL_STOP = 46;
const PLUS = 43;
const LOOK_BACK = 24;
const MESSAGE_ID = /(?:message-?id|in-reply-to|references)["'\\]{0,4}\s?[:=]\s?["'\\]{0,4}<$/i;
const QUOTE = 34;
/** Endings of names of files and of units of systemd that no top-level domain has: `logo@2x.png`, `user@1000.service`. */
const FILE_ENDINGS = new Set(
  'png jpg jpeg gif svg webp js mjs cjs ts tsx jsx json css html py rb java kt yaml yml txt pdf gz tgz service slice socket timer scope'.split(
    ' ',
  ),
);

/** An e-mail address, also with `%40` for the at sign and with letters outside ASCII. */
export const email: Detector = {
  kind: 'email_address',
  preset: 'pii',
  anchors: ['@', '%40'],
  insideWord: true,
  find(scan, start, end) {
    // `from "@scope/package"`
    if (scan.code(start - 1) === QUOTE && domainEnd(scan, end) === end) return false;
    const from = localStart(scan, start);
    if (from === start) return false;
    const to = domainEnd(scan, end);
    if (to === end) return false;
    // `git@host:owner/repository` is an address of code, not of a person.
    if (scan.text.slice(from, start) === 'git') return false;
    // The number of a message, by the computer that sent it, and the public key of a project at Sentry.
    if (MESSAGE_ID.test(scan.text.slice(Math.max(0, from - LOOK_BACK), from))) return false;
    if (start - from === 32 && scan.text.startsWith('://', from - 3)) return false;
    findNameByMail(scan, from, to);
    return scan.found('email_address', from, to);
  },
};

function localStart(scan: Scan, at: number): number {
  const { text } = scan;
  const lowest = Math.max(scan.floor, at - LONGEST_LOCAL);
  if (text.charCodeAt(at - 1) === QUOTE) return quotedStart(scan, at, lowest);
  let from = at;
  while (from > lowest && isLocal(text.charCodeAt(from - 1))) from--;
  scan.work += at - from;
  // In `\nbob@…` the letter belongs to the line break.
  if (text[from - 1] === '\\' && 'bfnrtv'.includes(text.charAt(from))) from++;
  while (from < at && text.charCodeAt(from) === FULL_STOP) from++;
  return text.charCodeAt(at - 1) === FULL_STOP ? at : from;
}

/** `"ada lovelace"@example.com`. A quote that closes the string of a program is followed by no at sign. */
function quotedStart(scan: Scan, at: number, lowest: number): number {
  const from = scan.text.lastIndexOf('"', at - 2);
  scan.work += at - Math.max(from, lowest);
  if (from < lowest || at - from < 3) return at;
  return /[\n\r\\]|\[REDACTED/.test(scan.text.slice(from, at)) ? at : from;
}

function isLocal(code: number): boolean {
  return isIn(LOCAL, code) || code === PLUS || isLetterBeyondAscii(code);
}

/** Anything beyond Latin-1 symbols and general punctuation. */
function isLetterBeyondAscii(code: number): boolean {
  return code >= 0xc0 && !(code >= 0x2000 && code < 0x2c00) && !(code >= 0x3000 && code < 0x3040);
}

function domainEnd(scan: Scan, from: number): number {
  const limit = Math.min(scan.length, from + LONGEST_DOMAIN);
  let end = from;
  let label = from;
  let labels = 0;
  for (;;) {
    let at = label;
    while (at < limit && (isIn(LABEL, scan.code(at)) || isLetterBeyondAscii(scan.code(at)))) at++;
    scan.work += at - label;
    if (at === label || at - label > LONGEST_LABEL) break;
    labels++;
    if (labels > 1 && isTopLevel(scan.text, label, at)) end = at;
    if (scan.code(at) !== FULL_STOP) break;
    label = at + 1;
  }
  return end;
}

function isTopLevel(text: string, from: number, to: number): boolean {
  if (to - from < 2) return false;
  if (text.startsWith('xn--', from)) return true;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isIn(LETTERS, code) && !isLetterBeyondAscii(code)) return false;
  }
  return !FILE_ENDINGS.has(text.slice(from, to).toLowerCase());
}

export const emailExamples: DetectorExamples = {
  finds: [
    'to <<{lower:6}.{lower:7}@{lower:8}.example>>.',
    'jörg@bücher.example',
    'to <<"ada lovelace"@{lower:8}.example>>',
    'mail=<<{lower:5}%40example.com>>&n=1',
  ],
  leaves: [
    'git@host.example:owner/repository',
    'logo@2x.png',
    '@acme/tokens@next',
    'user@1000.service',
    'getty@tty1.service',
    'user@host',
    'Message-ID: <{hex:20}.{digit:4}@mail.example.com>',
    '{"a": "b"@c}',
  ],
};
