import { BASE62, BASE64, isIn, UPPER_BASE36 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const ID_BODY = 16;
const SECRET_LENGTH = 40;
/** How far from its id a secret key is looked for. */
const REACH = 200;

/** `AKIA…` and its kin, with the secret key that stands nearby: 40 characters that nothing else marks. */
export const awsAccessKey: Detector = {
  kind: 'aws_access_key',
  preset: 'secrets',
  anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'],
  find(scan, start) {
    const end = scan.runEnd(UPPER_BASE36, start);
    scan.mayGoOn(end);
    if (end - start !== ID_BODY + 4 || scan.is(BASE62, end)) return false;
    // The anchors are found in any case; the run above has already refused small letters.
    findSecrets(scan, Math.max(scan.floor, start - REACH), start);
    scan.found('aws_access_key', start, end);
    findSecrets(scan, end, Math.min(scan.length, end + REACH));
    return true;
  },
};

function findSecrets(scan: Scan, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (!isSecretCharacter(scan, i)) continue;
    const start = i;
    while (i < scan.length && i - start <= SECRET_LENGTH && isSecretCharacter(scan, i)) i++;
    scan.work += i - start;
    const isWhole = start === 0 || !isSecretCharacter(scan, start - 1);
    if (isWhole && i - start === SECRET_LENGTH && looksRandom(scan.text, start, i)) {
      scan.alsoFound('aws_secret_key', start, i);
    }
    // A longer run is none: leave it whole.
    while (i < to && isSecretCharacter(scan, i)) i++;
  }
}

function isSecretCharacter(scan: Scan, index: number): boolean {
  const code = scan.code(index);
  return isIn(BASE64, code) && code !== 61;
}

export const awsAccessKeyExamples: DetectorExamples = {
  finds: ['AKIA{b32:16}', 'key id <<ASIA{b32:16}>>.'],
  leaves: ['AKIA', 'AKIA{lower:16}', 'xAKIA{b32:16}'],
};
