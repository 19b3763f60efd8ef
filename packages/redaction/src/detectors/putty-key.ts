import { BASE64 } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterLineBreak } from './line-break.ts';

const MOST_LINES = 200;

/** The private part of a PuTTY key file: the lines behind `Private-Lines:`. */
export const puttyKey: Detector = {
  kind: 'private_key',
  preset: 'secrets',
  anchors: ['Private-Lines:'],
  insideWord: true,
  find(scan, _start, end) {
    let at = lineEnd(scan, end);
    const from = at;
    let to = from;
    for (let line = 0; line < MOST_LINES; line++) {
      const stop = scan.runEnd(BASE64, at);
      if (stop === at) break;
      to = stop;
      at = afterLineBreak(scan, stop);
      if (at === stop) break;
    }
    return to - from >= 16 && scan.found('private_key', from, to);
  },
};

/** Behind the count of lines and the line break after it. */
function lineEnd(scan: Scan, from: number): number {
  let at = from;
  while (at < from + 8 && /[ \d]/.test(scan.text.charAt(at))) at++;
  return afterLineBreak(scan, at);
}

export const puttyKeyExamples: DetectorExamples = {
  finds: ['Private-Lines: 2\n<<{b64:64}\n{b64:40}>>'],
  leaves: ['Private-Lines: 2', 'Public-Lines: 2\n{b64:64}'],
};
