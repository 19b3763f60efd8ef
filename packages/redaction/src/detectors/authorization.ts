import { BASE62, BASE64, DOT, isIn, TILDE, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isPlaceholder } from './placeholder-value.ts';
import type { Detector } from './detector.ts';

const TOKEN68 = BASE64 | URL64 | DOT | TILDE;
const SPACES = 4;
const COLON = 58;

/** `Bearer <token>`, wherever it stands. */
export const bearerToken: Detector = {
  kind: 'bearer_token',
  preset: 'secrets',
  anchors: ['bearer'],
  find(scan, _start, end) {
    const from = afterSpaces(scan, end);
    if (from === end) return false;
    let to = scan.runEnd(TOKEN68, from);
    while (to > from && scan.code(to - 1) === 46) to--;
    if (to - from < 16 && !(to - from >= 8 && looksRandom(scan.text, from, to))) return false;
    if (isPlaceholder(scan.text, from, to) || isWords(scan, from, to)) return false;
    return scan.found('bearer_token', from, to);
  },
};

/** `Basic <base64 of user:password>`. */
export const basicCredentials: Detector = {
  kind: 'basic_credentials',
  preset: 'secrets',
  anchors: ['basic'],
  find(scan, _start, end) {
    const from = afterSpaces(scan, end);
    if (from === end) return false;
    const to = scan.runEnd(BASE64, from);
    if (to - from < 8 || !decodesToPair(scan.text, from, to)) return false;
    return scan.found('basic_credentials', from, to);
  },
};

/** The part of an `Authorization: AWS4-HMAC-SHA256` or `Digest` header that proves the secret. */
export const signatureHeader: Detector = {
  kind: 'request_signature',
  preset: 'secrets',
  anchors: ['AWS4-HMAC-SHA256'],
  find(scan, _start, end) {
    const reach = scan.text.slice(end, end + 512);
    const at = reach.indexOf('Signature=');
    if (at < 0) return false;
    const from = end + at + 10;
    const to = scan.runEnd(BASE62, from);
    // Not `found`: the id of the access key stands before it, and the pass must not skip that.
    if (to - from >= 32) scan.alsoFound('request_signature', from, to);
    return false;
  },
};

function afterSpaces(scan: Scan, from: number): number {
  let at = from;
  while (at < from + SPACES && scan.code(at) === 32) at++;
  // `Bearer%20…` and `Bearer+…` in a query.
  if (at === from && scan.text.startsWith('%20', at)) at += 3;
  return at;
}

/** Only small letters and hyphens: prose such as "bearer authentication-mechanism". */
function isWords(scan: Scan, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = scan.code(i);
    if (!((code >= 97 && code <= 122) || code === 45 || code === 46)) return false;
  }
  return true;
}

/** Whether the first bytes of the base64 hold the colon between user and password, and only text before it. */
function decodesToPair(text: string, from: number, to: number): boolean {
  let bits = 0;
  let held = 0;
  for (let i = from; i < Math.min(to, from + 256); i++) {
    const value = base64Value(text.charCodeAt(i));
    if (value < 0) return false;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (byte === COLON) return i > from + 1;
    if (byte < 32 || byte === 127) return false;
  }
  return false;
}

function base64Value(code: number): number {
  if (!isIn(BASE64, code)) return -1;
  if (code >= 97) return code - 71;
  if (code >= 65) return code - 65;
  if (code === 43) return 62;
  if (code === 47) return 63;
  return code === 61 ? -1 : code + 4;
}
