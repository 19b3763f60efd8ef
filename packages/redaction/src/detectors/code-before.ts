import { DIGITS as DIGIT, isIn } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const REACH = 64;
/** "use code 482913 to sign in", and not to save at the till. */
const TO_USE =
  /["'*]{0,2}(\d{4,8}|\d{3} \d{3})["'*]{0,2} (?:to|for|as|when|within)(?: you)? (?:sign|log|verif|confirm|authenticat|complete your (?:sign|log)|access|unlock|reset|continue)/diy;
/** `482913 is your `, "G-482913 is your Google ", "Use 482913 as your " */
const BEFORE =
  /(?:^|[\s"'>:])(?:[A-Z]{1,3}-)?(\d{4,8}|\d{3} \d{3}) (?:is|as|ist|est) (?:your|the|my|ihr|dein|votre) (?:[\w.&-]{1,20} ){0,3}$/di;

const OWNERS = ['ihr', 'dein', 'votre'];
const DIGITS = Array.from('0123456789');
const ASKED = /\b(?:use|enter|with|type)(?: the| this)? $/i;
const OWNED = new RegExp(`^(?:${OWNERS.join('|')}) code$`, 'i');
const OF = /(?:^|[\s"'>:])(?:[A-Z]{1,3}-)?(\d{4,8}|\d{3} \d{3}) (?:is|ist|est|è|är|er) $/di;

/** A code in front of what it is: "482913 is your login code". */
export const codeBefore: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    'login code',
    'verification code',
    'otp',
    'passcode',
    'pin code',
    'one-time',
    'bestätigungscode',
    ...OWNERS.map((owner) => `${owner} code`),
    ...DIGITS.map((digit) => `code ${digit}`),
  ],
  find(scan, start, end) {
    if (isIn(DIGIT, scan.code(end - 1))) return findToUse(scan, start, end - 1);
    const isOwned = OWNED.test(scan.text.slice(start, end));
    const floor = Math.max(0, start - REACH);
    const match = (isOwned ? OF : BEFORE).exec(scan.text.slice(floor, start));
    scan.work += REACH;
    if (match === null) return false;
    const [from, to] = match.indices![1]!;
    scan.alsoFound('sensitive_key', floor + from, floor + to);
    return false;
  },
};

/** What `code` is for, behind it. */
function findToUse(scan: Scan, start: number, end: number): boolean {
  if (!ASKED.test(scan.text.slice(Math.max(0, start - 12), start))) return false;
  const place = placeIn(TO_USE, scan, end);
  return place !== undefined && scan.found('sensitive_key', ...place);
}

export const codeBeforeExamples: DetectorExamples = {
  finds: [
    '<<{digit:6}>> is your login code',
    'G-<<{digit:6}>> is your Google verification code.',
    'Use <<482 913>> as your verification code',
    '<<{digit:6}>> is your OTP. Do not share it.',
    '<<{digit:6}>> ist Ihr Code',
    'Use code <<{digit:6}>> to sign in to Acme',
    'Enter the code <<{digit:6}>> to verify your phone',
  ],
  leaves: [
    '12 is the number of login codes',
    'version 4711 has a login code',
    'use code 2024 to save 10 % at the till',
    'use code 404 for missing pages',
    'a 6-digit verification code',
  ],
};
