import { BASE62, isIn } from '../engine/characters.ts';
import { passesBase58Check, passesBech32 } from './address-checks.ts';
import type { NativePass, DetectorExamples } from './detector.ts';

/** An address of Bitcoin, with its checksum, or of Ethereum, whose checksum is in the case of letters and often left out. */
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
    const address = scan.text.slice(from, to);
    if (address.startsWith('0x')) return to;
    const first = address[0];
    return (first === 'b' || first === 't' ? passesBech32 : passesBase58Check)(address) ? to : -1;
  },
};

export const cryptoAddressExamples: DetectorExamples = {
  finds: [
    '0x{hex:40}',
    // The first block, and the examples of BIP 173, BIP 350 and of addresses of scripts.
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    'to <<3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy>>, please',
    '<<bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4>>',
    'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
  ],
  leaves: [
    '0x{hex:39}',
    '0x{hex:64}',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
    '{"etag":"3f354fb36e5eade36a115c93dc8943af"}',
    '3{hex:31}',
  ],
};
