import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { looksLikePassword } from '../keys/secret-value.ts';
import { bareEnd } from './bare-end.ts';
import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** What keys are called that are secrets, in two words, by the end of the first: `decryption key`. Alone the second one may be that of a cache, a table, a shortcut. */
const KINDS = 'fernet,hmac,ryption,cence,cense,nseal,wep,wpa,covery'.split(',');
const TIED = /(?: \d{1,2})?(?: (?:is|was)|\s?[:=])\s{1,3}/y;
/** Whose key it is: what kind of key it is nobody says, so that the text must be one of many kinds of characters. */
const OWNED = /\b(?:this|the|my|your|our) $/i;
const MIXED = /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[\w+/=.-]{20,}$/;
const BESIDE = /\s?(?=\\{0,7}["'`])/y;
const LEAST = 16;
/** `rotated key old=… new=…` */
const CHANGED =
  / (?:\w{1,16} ){0,2}(?:key|token|secret|password|credential)s?\b[^\n]{0,48}?\b(?:old|previous|from)[=:]? ?([^\s,;"']{8,128})[,;]?\s{1,4}(?:->|=>)?\s?(?:new|current|to)[=:]? ?([^\s,;"']{8,128})/dy;

/** A key that a sentence names by its kind: "Fernet key: …", `Failed to decrypt with key "…"`. */
export const spokenKey: Detector = {
  kind: SENSITIVE_KEY,
  preset: 'secrets',
  level: 'likely',
  anchors: [
    ...KINDS.map((kind) => `${kind} key`),
    'key:',
    'key is',
    'crypt with key',
    'crypted with key',
    'crypt using key',
    'rotated',
    'rotating',
  ],
  insideWord: true,
  find(scan, start, end) {
    const { text } = scan;
    if ((text.charCodeAt(start) | 32) === 114 && (text.charCodeAt(start + 1) | 32) === 111)
      return findChange(scan, end);
    const isKey = text.charCodeAt(start + 3) === 32 || text.charCodeAt(start + 3) === 58;
    if (isKey && !OWNED.test(text.slice(Math.max(0, start - 8), start))) return false;
    const tie = isKey ? start + 'key'.length : end;
    TIED.lastIndex = tie;
    BESIDE.lastIndex = tie;
    const at = TIED.test(text) ? TIED.lastIndex : BESIDE.test(text) ? BESIDE.lastIndex : -1;
    if (at < 0) return false;
    const from = afterQuote(scan, at);
    const close = from > at ? closingQuote(scan, from, text.slice(at, from)) : -1;
    const to = close < 0 ? bareEnd(scan, from) : close;
    if (to - from < LEAST || isPlaceholder(text, from, to)) return false;
    // A detector of its own may know it better.
    if (isKey)
      return MIXED.test(text.slice(from, to)) && isLikelySecret(text, from, to)
        ? scan.maybeFound(SENSITIVE_KEY, from, to)
        : false;
    return isLikelySecret(text, from, to) && scan.found(SENSITIVE_KEY, from, to);
  },
};

function findChange(scan: Scan, end: number): false {
  CHANGED.lastIndex = end;
  const indices = CHANGED.exec(scan.text)?.indices;
  scan.work += 1;
  for (const place of indices?.slice(1) ?? []) {
    const [from, to] = place ?? [0, 0];
    if (isPlaceholder(scan.text, from, to)) continue;
    if (isLikelySecret(scan.text, from, to) || looksLikePassword(scan.text, from, to))
      scan.alsoFound(SENSITIVE_KEY, from, to);
  }
  return false;
}

export const spokenKeyExamples: DetectorExamples = {
  finds: [
    'Fernet key: <<{b62:43}=>>',
    'the license key is <<{b62:24}>>',
    'Failed to decrypt with key "<<{hex:64}>>"',
    'rotated key old=<<{b62:32}>> new=<<{b62:32}>>',
  ],
  leaves: [
    'product key: colour',
    'rotated key old=2 new=3',
    'rotated the log from app.log to app.log.1',
    'decrypt with key "user-settings"',
    'recovery key: users/avatars',
  ],
};
