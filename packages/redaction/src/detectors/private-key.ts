import { BASE64 } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterLineBreak } from './line-break.ts';

/** Longest key block whose end is looked for; the largest RSA keys in use take about 13,000 characters. */
const REACH = 20_000;
const HEADER_REACH = 48;
/** Shorter runs are words. The last line of a block may be shorter. */
const LEAST_LINE = 16;

/** A private key in PEM or OpenPGP armour, also where the end was cut off. */
export const privateKey: Detector = {
  kind: 'private_key',
  preset: 'secrets',
  anchors: ['-----BEGIN '],
  insideWord: true,
  find(scan, start, end) {
    const { text } = scan;
    const label = text.slice(end, end + HEADER_REACH);
    const close = label.indexOf('-----');
    if (close < 0 || !label.slice(0, close).includes('PRIVATE KEY')) return false;
    const body = end + close + 5;
    const footer = scan.nextOf('-----END ', body);
    if (footer < scan.length && footer - body <= REACH) {
      const dashes = text.slice(footer + 9, footer + 9 + HEADER_REACH).indexOf('-----');
      const to = dashes < 0 ? footer + 9 : footer + 9 + dashes + 5;
      return footer - body >= LEAST_LINE && scan.found('private_key', start, to);
    }
    const to = armourEnd(scan, body);
    return to - body >= LEAST_LINE && scan.found('private_key', start, to);
  },
};

/** End of the base64 lines that start at `from`, whatever joins them: line breaks or `\n` as two characters. */
function armourEnd(scan: Scan, from: number): number {
  let end = from;
  for (;;) {
    const line = afterLineBreak(scan, end);
    const lineEnd = scan.runEnd(BASE64, line);
    if (lineEnd === line) return end;
    if (lineEnd - line < LEAST_LINE) return end === from ? from : lineEnd;
    end = lineEnd;
  }
}

export const privateKeyExamples: DetectorExamples = {
  finds: ['-----BEGIN PRIVATE KEY-----\n{b64:64}\n{b64:40}\n-----END PRIVATE KEY-----'],
  leaves: [
    '-----BEGIN PUBLIC KEY-----\n{b64:64}\n-----END PUBLIC KEY-----',
    'starts with -----BEGIN PRIVATE KEY----- and has lines',
  ],
};
