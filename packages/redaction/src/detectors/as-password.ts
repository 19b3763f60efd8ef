import { LETTERS } from '../engine/characters.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

const REACH = 80;
const SPACE = 32;
const WORD =
  /(?:^|[\s"'`(])([^\s"'`()]{6,64})["'`]?,? (?:as|als) (?:(?:the|my|a|your|her|his|our|its) )?$/d;

/** "tried hunter22 as the password": the word in front. */
export const asPassword: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  anchors: ['password', 'passwort'],
  find(scan, start) {
    if (scan.code(start - 1) !== SPACE || !scan.is(LETTERS, start - 2)) return false;
    const floor = Math.max(0, start - REACH);
    const place = WORD.exec(scan.text.slice(floor, start))?.indices?.[1];
    scan.work += REACH;
    if (place === undefined) return false;
    const [from, to] = [floor + place[0], floor + place[1]];
    if (isPlaceholder(scan.text, from, to) || !mayBePassword(scan.text, from, to)) return false;
    scan.alsoFound('sensitive_key', from, to);
    return false;
  },
};

export const asPasswordExamples: DetectorExamples = {
  finds: ['I tried <<P@ssw0rd1>> as the password', 'use "<<Maple4711!>>" as password, please'],
  leaves: ['used it as the password', 'sha256 as the password hash', 'rejected as password'],
};
