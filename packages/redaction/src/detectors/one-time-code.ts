import type { Detector, DetectorExamples } from './detector.ts';

/** What ties a name to its digits, and what must not go on behind them. */
const CODE =
  /(?:["'\]]{0,2}\s{0,2}(?:=>|[:=：]|(?:(?:for|I|we|you|that|from) [\w ]{1,24} )?(?:is|was|ist|est|es|è|é)\b|['’]s\b)["']?\s{0,4}|["'\]]{1,2}\s{0,2},\s{0,2})["']?(\d{4,8}|\d{3} \d{3})(?![\w%-]|[.:]\d)/iy;
/** "Your Acme code is …", and not the code of a place or an error. */
const YOURS =
  /\byour (?:[\w.&'-]{1,20} ){0,2}(?<!(?:zip|postal|post|area|country|status|error|exit|promo|discount|coupon|bank|sort|dress|source|color|colour|qr|bar) )$/i;
const YEAR = /^(?:19|20)\d\d$/;

/** A code that is sent or typed in, behind its name: `otp=123456`, "your PIN is 1234". */
export const oneTimeCode: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    'otp',
    'pin:',
    'pin=',
    'pin"',
    "pin'",
    'pin’',
    'door code',
    'gate code',
    'alarm code',
    'entry code',
    'code is',
    'pin is',
    'pin :',
    'tan:',
    'tan=',
    'one-time code',
    'one time code',
    '2fa code',
    'mfa code',
    'sms code',
    'code secret',
    "code d'accès",
  ],
  find(scan, start, end) {
    const isOther = scan.text.slice(start, end).toLowerCase() === 'code is';
    if (isOther && !YOURS.test(scan.text.slice(Math.max(0, start - 48), start))) return false;
    const last = scan.text[end - 1]!;
    const isTied = !/[\wè]/.test(last);
    CODE.lastIndex =
      isTied || scan.text.endsWith(' is', end) ? nameStop(scan.text, start, end) : end;
    const code = CODE.exec(scan.text)?.[1];
    if (code === undefined || YEAR.test(code)) return false;
    return scan.found('sensitive_key', CODE.lastIndex - code.length, CODE.lastIndex);
  },
};

/** Where the name itself ends, of an anchor that goes on. */
function nameStop(text: string, start: number, end: number): number {
  const name = /^[a-z]+/i.exec(text.slice(start, end))![0];
  return start + name.length + (text[start + name.length] === ' ' ? 1 : 0);
}

export const oneTimeCodeExamples: DetectorExamples = {
  finds: [
    'otp=<<{digit:6}>>',
    '{"pin":"<<4711>>","ok":true}',
    'Your OTP is <<{digit:6}>>.',
    'PIN: <<4711>>',
    'your pin is <<4711>>',
    'SMS code: <<{digit:6}>>',
    'the 2FA code I got is <<{digit:6}>>',
    'Your Acme code is <<{digit:6}>>',
  ],
  leaves: [
    'pin: 12',
    'gpio pin=13',
    'otp: required',
    'pin: 2024',
    'pin=1.5.2',
    'pin: 4711-a',
    'option: 4711',
    'your zip code is 94110',
    'the error code is 404001',
  ],
};
