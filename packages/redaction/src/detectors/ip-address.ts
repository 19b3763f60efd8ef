import { ANY_CASE_HEX, BASE62, DIGITS, DOT, isIn, UNDERSCORE } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import type { NativePass, DetectorExamples } from './detector.ts';

const COLON = 58;
const FULL_STOP = 46;
/** A number of four parts behind one of these is that of a program or a file. */
const VERSION =
  /(?:versions?|versie|versión|versão|versione|(?<![a-z])(?:ver|release|build|revision|rev))["'\\]{0,2}\s?[:=]?\s?["'\\]{0,2}[v^~>=<]{0,2}$/i;
const LONGEST_VERSION_WORD = 24;

/** Whose addresses a detector is for: those of machines on the internet, or in networks of their own. */
type Reach = 'public' | 'private';

/** An IPv4 address. Parts of longer dotted numbers, and versions, are left alone. */
export const ipv4Address: NativePass = ipv4('ip_address', 'public');
/** The same of a network of its own, as a kind of its own: what it says of a person is little. */
export const privateIpv4Address: NativePass = ipv4('private_ip_address', 'private');
/** An IPv6 address: eight groups, or fewer around one `::`. */
export const ipv6Address: NativePass = ipv6('ip_address', 'public');
/** The same of a network of its own. */
export const privateIpv6Address: NativePass = ipv6('private_ip_address', 'private');

function ipv4(kind: string, reach: Reach): NativePass {
  return {
    kind,
    preset: 'strict',
    candidate: /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g,
    mayHold: (text) => text.includes('.'),
    verify(scan, from, to) {
      if (!isFree(scan, from, DOT) || isIn(BASE62, scan.code(to))) return -1;
      if (scan.code(to) === FULL_STOP && isIn(DIGITS, scan.code(to + 1))) return -1;
      const address = scan.text.slice(from, to);
      const parts = address.split('.');
      if (!parts.every((part) => Number(part) <= 255 && (part === '0' || part[0] !== '0')))
        return -1;
      if (reachOfIpv4(parts.map(Number)) !== reach) return -1;
      return VERSION.test(scan.text.slice(Math.max(0, from - LONGEST_VERSION_WORD), from))
        ? -1
        : to;
    },
  };
}

function ipv6(kind: string, reach: Reach): NativePass {
  return {
    kind,
    preset: 'strict',
    candidate: /[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{0,32}/g,
    mayHold: (text) => text.includes(':'),
    verify(scan, from, to) {
      if (!isFree(scan, from, UNDERSCORE) || isIn(BASE62 | UNDERSCORE, scan.code(to))) return -1;
      let end = to;
      while (scan.code(end - 1) === COLON && scan.code(end - 2) !== COLON) end--;
      if (!isIpv6(scan, from, end)) return -1;
      // Unique local (RFC 4193) and link-local addresses.
      const isPrivate = /^f(?:[cd]|e[89ab])/i.test(scan.text.slice(from, from + 3));
      return isPrivate === (reach === 'private') ? end : -1;
    },
  };
}

/** Neither of the two for what is the same on every machine: itself, every address, and the limits of ranges. */
function reachOfIpv4([first = 0, second = 0]: readonly number[]): Reach | undefined {
  if (first === 127 || first === 0 || first === 255) return undefined;
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128);
  return isPrivate ? 'private' : 'public';
}

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
  finds: [
    'from <<203.0.113.7>>:8080',
    'driver <<203.0.113.7>> prebuild: <<203.0.113.8>>',
    '2a01:4f8::7:{digit:2}',
  ],
  leaves: [
    'connect ECONNREFUSED 127.0.0.1:5432',
    'listening on 0.0.0.0:80, mask 255.255.255.0',
    'Version 4.5.6.7 released',
    '{"fileVersion":"10.0.19041.1"}',
    'release=2.8.1.0',
    '1.2.3.4.5',
    'version 1.2.3',
    'a::b',
    '10:20:30',
  ],
};

export const privateIpAddressExamples: DetectorExamples = {
  finds: [
    'from <<10.1.2.3>>.',
    '172.16.1{digit:1}.7',
    '192.168.0.1',
    'fe80::1:{hex:4}',
    'fd12:3456:789a::1',
  ],
  leaves: ['127.0.0.1', '10.1.2.3.4'],
};
