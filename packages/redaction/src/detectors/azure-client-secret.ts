import { BASE62, DIGITS, DOT, HYPHEN, TILDE, URL64, isIn } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** A Microsoft Entra client secret: three characters, a digit, `Q~`, and 31 to 34 more. */
export const azureClientSecret: Detector = {
  kind: 'azure_client_secret',
  preset: 'secrets',
  anchors: ['q~'],
  insideWord: true,
  find(scan, start, end) {
    if (scan.text[start] !== 'Q' || !isIn(DIGITS, scan.code(start - 1))) return false;
    const from = scan.runStart(BASE62 | TILDE | DOT | HYPHEN, start - 1, 3);
    const to = scan.runEnd(URL64 | TILDE | DOT, end);
    return start - from === 4 && to - end >= 28 && scan.found('azure_client_secret', from, to);
  },
};

export const azureClientSecretExamples: DetectorExamples = {
  finds: ['{b62:3}{digit:1}Q~{b62:34}', 'secret is <<{b62:3}{digit:1}Q~{b62:31}>>, rotate it'],
  leaves: ['the Q~ sign', 'see 8Q~', 'abcQ~{b62:34}'],
};
