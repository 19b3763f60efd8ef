import { BASE64, isIn } from '../engine/characters.ts';
import { afterSpaces } from './after-spaces.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const COLON = 58;

/** `Basic <base64 of user:password>`. */
export const basicCredentials: Detector = {
  kind: 'basic_credentials',
  preset: 'secrets',
  anchors: ['basic'],
  find(scan, _start, end) {
    // A space is a plus in a form.
    const from = scan.code(end) === 43 ? end + 1 : afterSpaces(scan, end);
    if (from === end) return false;
    const to = scan.runEnd(BASE64, from);
    if (to - from < 8 || !decodesToPair(scan.text, from, to)) return false;
    return scan.found('basic_credentials', from, to);
  },
};

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

export const basicCredentialsExamples: DetectorExamples = {
  finds: ['Authorization: Basic <<YWRhOm{b62:21}>>', 'basic <<dXNlcjpw{b62:12}>>'],
  leaves: ['basic authentication is off', 'Basic abcdefgh', 'Visual Basic programming'],
};
