import { BASE62, BASE64, EQUALS_SIGN, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const KEY = BASE62 | BASE64 | URL64;
const EQUALS = 61;
const SHORTEST = 48;
const LONGEST = 90;
/** The mark stands near the end, a checksum behind it. */
const LEAST_BEFORE = 30;
const ACCOUNT_KEY = 86;
/** Words before a digest of the same length. */
const DIGEST = /sha-?512[-:= ]?$|integrity|digest|hash|checksum/i;

/** Keys of Azure services with the mark that makes them recognisable: `AzSe`, `+ASt`, `JQQJ99` and others. */
export const azureKey: Detector = {
  kind: 'azure_key',
  preset: 'secrets',
  anchors: [
    'AzSe',
    '+ASt',
    'AzCa',
    '+ABa',
    'AzFu',
    'ACDb',
    'APIM',
    'JQQJ99',
    '+ASb',
    '+AEh',
    '+ARm',
    'AIoT',
    '+ACR',
    '+AMC',
  ],
  insideWord: true,
  find(scan, start, end) {
    const from = runBack(scan, start);
    const to = scan.runEnd(KEY, end);
    const length = to - from;
    if (length < SHORTEST || length > LONGEST || start - from < LEAST_BEFORE || to - end < 4)
      return false;
    // Found in any case, written in one.
    const mark = scan.text.slice(start, end);
    if (!this.anchors.includes(mark)) return false;
    return looksRandom(scan.text, from, to) && scan.found('azure_key', from, to);
  },
};

/** A storage, Cosmos DB or Batch account key: 64 bytes in base64. Digests of that length say that they are one. */
export const azureAccountKey: Detector = {
  kind: 'azure_key',
  preset: 'secrets',
  anchors: ['=='],
  insideWord: true,
  inFront: BASE64 & ~EQUALS_SIGN,
  find(scan, start, end) {
    if (scan.is(KEY, end)) return false;
    const from = start - ACCOUNT_KEY;
    const run = scan.runStart(BASE64 & ~EQUALS_SIGN, start, ACCOUNT_KEY);
    if (run !== from || !isFree(scan, from)) return false;
    if (DIGEST.test(scan.text.slice(Math.max(0, from - 24), from))) return false;
    return looksRandom(scan.text, from, start) && scan.found('azure_key', from, end);
  },
};

function isFree(scan: Scan, from: number): boolean {
  return (
    scan.isBoundary(from) &&
    !scan.is(URL64 & ~BASE62, from - 1) &&
    !'+/'.includes(scan.text[from - 1] ?? ' ')
  );
}

function runBack(scan: Scan, to: number): number {
  let from = scan.runStart(BASE64 & ~EQUALS_SIGN, to, LONGEST);
  while (from < to && scan.code(from) === EQUALS) from++;
  return from;
}

export const azureKeyExamples: DetectorExamples = {
  finds: ['{b62:52}JQQJ99{b62:26}', 'AccountName=shop;<<{b62:86}==>>;x'],
  leaves: ['sha512-{b62:86}==', 'a == b', 'JQQJ99'],
};
