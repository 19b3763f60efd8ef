import { ANY_CASE_HEX, BASE62, DIGITS, DOT, isIn, UNDERSCORE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { NativePass, DetectorExamples } from './detector.ts';

const COLON = 58;
const FULL_STOP = 46;

/** An IPv4 address. Parts of longer dotted numbers, such as versions, are left alone. */
export const ipv4Address: NativePass = {
  kind: 'ip_address',
  preset: 'strict',
  candidate: /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g,
  mayHold: (text) => text.includes('.'),
  verify(scan, from, to) {
    if (!isFree(scan, from, DOT) || isIn(BASE62, scan.code(to))) return -1;
    if (scan.code(to) === FULL_STOP && isIn(DIGITS, scan.code(to + 1))) return -1;
    const parts = scan.text.slice(from, to).split('.');
    return parts.every((part) => Number(part) <= 255 && (part === '0' || part[0] !== '0'))
      ? to
      : -1;
  },
};

/** An IPv6 address: eight groups, or fewer around one `::`. */
export const ipv6Address: NativePass = {
  kind: 'ip_address',
  preset: 'strict',
  candidate: /[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{0,32}/g,
  mayHold: (text) => text.includes(':'),
  verify(scan, from, to) {
    if (!isFree(scan, from, UNDERSCORE) || isIn(BASE62 | UNDERSCORE, scan.code(to))) return -1;
    let end = to;
    while (scan.code(end - 1) === COLON && scan.code(end - 2) !== COLON) end--;
    return isIpv6(scan, from, end) ? end : -1;
  },
};

function isIpv6(scan: Scan, from: number, to: number): boolean {
  const text = scan.text.slice(from, to);
  const halves = text.split('::');
  if (halves.length > 2 || text.length < 5) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => group.length > 0 && group.length <= 4 && isHexWord(group)))
    return false;
  // `a::b` is a path in code: ask for a digit.
  if (halves.length === 2) return groups.length >= 2 && groups.length < 8 && /\d/.test(text);
  return groups.length === 8;
}

function isHexWord(group: string): boolean {
  for (let i = 0; i < group.length; i++) if (!isIn(ANY_CASE_HEX, group.charCodeAt(i))) return false;
  return true;
}

/** Whether no word, and no character of `other`, goes on before `from`. */
function isFree(scan: Scan, from: number, other: number): boolean {
  return scan.isBoundary(from) && !isIn(UNDERSCORE | other, scan.code(from - 1));
}

export const ipAddressExamples: DetectorExamples = {
  finds: ['from <<203.0.113.7>>:8080', '2a01:4f8::7:{digit:2}'],
  leaves: ['1.2.3.4.5', 'version 1.2.3', 'a::b', '10:20:30'],
};
