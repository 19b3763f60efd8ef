import { BASE62, isIn } from '../engine/characters.ts';
import type { NativePass, DetectorExamples } from './detector.ts';

const SERIAL = /(?:serial|fingerprint)(?:[ _]?number)?["'\s:=]{1,4}$/i;
const LOOK_BACK = 24;

/** The address of a network card: six pairs of hex digits with `:` or `-`, or three groups of four with full stops. */
export const macAddress: NativePass = {
  kind: 'mac_address',
  preset: 'strict',
  candidate:
    /[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}/g,
  mayHold: (text) => text.includes(':') || text.includes('-') || text.includes('.'),
  verify(scan, from, to) {
    const isGlued = (index: number): boolean =>
      isIn(BASE62, scan.code(index)) || ':-.'.includes(scan.text[index] ?? ' ');
    if (!scan.isBoundary(from) || ':-.'.includes(scan.text[from - 1] ?? ' ')) return -1;
    // `serial 04:A1:…`, that of a certificate.
    if (SERIAL.test(scan.text.slice(Math.max(0, from - LOOK_BACK), from))) return -1;
    if (isGlued(to) && !(scan.text[to] === '.' && !isIn(BASE62, scan.code(to + 1)))) return -1;
    const written = scan.text.slice(from, to);
    // Three groups of digits are a number, and a time of twelve digits is no card.
    return /[A-Fa-f]/.test(written) || written.includes(':') ? to : -1;
  },
};

export const macAddressExamples: DetectorExamples = {
  finds: ['00:1b:{hex:2}:{hex:2}:{hex:2}:7f'],
  leaves: ['certificate serial 04:A1:5B:C9:00:7F', '10:20:30', '1:2:3:4:5:6'],
};
