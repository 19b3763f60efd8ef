import type { Detector, DetectorExamples } from './detector.ts';

const REACH = 64;
/** `482913 is your `, "G-482913 is your Google ", "Use 482913 as your " */
const BEFORE =
  /(?:^|[\s"'>:])(?:[A-Z]{1,3}-)?(\d{4,8}|\d{3} \d{3}) (?:is|as|ist|est) (?:your|the|my|ihr|dein|votre) (?:[\w.&-]{1,20} ){0,3}$/di;

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
  ],
  find(scan, start) {
    const floor = Math.max(0, start - REACH);
    const match = BEFORE.exec(scan.text.slice(floor, start));
    scan.work += REACH;
    if (match === null) return false;
    const [from, to] = match.indices![1]!;
    scan.alsoFound('sensitive_key', floor + from, floor + to);
    return false;
  },
};

export const codeBeforeExamples: DetectorExamples = {
  finds: [
    '<<{digit:6}>> is your login code',
    'G-<<{digit:6}>> is your Google verification code.',
    'Use <<482 913>> as your verification code',
    '<<{digit:6}>> is your OTP. Do not share it.',
  ],
  leaves: [
    '12 is the number of login codes',
    'version 4711 has a login code',
    'a 6-digit verification code',
  ],
};
