import { BASE62, isIn } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { NativePass, DetectorExamples } from './detector.ts';

/**
 * An address of Bitcoin or Ethereum. By shape only: their checks are hashes, and a mistyped address points to nobody.
 */
export const cryptoAddress: NativePass = {
  kind: 'crypto_address',
  preset: 'strict',
  group: 'crypto',
  candidate:
    /0x[0-9A-Fa-f]{40}|(?:bc1|tb1)[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}/g,
  mayHold: (text) => text.length >= 26,
  verify(scan, from, to) {
    if (!scan.isBoundary(from) || isIn(BASE62, scan.code(to)) || scan.text[from - 1] === '_')
      return -1;
    return scan.text.startsWith('0x', from) || looksRandom(scan.text, from, to) ? to : -1;
  },
};

export const cryptoAddressExamples: DetectorExamples = {
  finds: ['0x{hex:40}'],
  leaves: ['0x{hex:39}', '0x{hex:64}'],
};
