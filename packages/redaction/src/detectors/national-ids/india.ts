import { passesVerhoeff, luhnMod36 } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const indiaNumbers: readonly NumberFormat[] = [
  {
    kind: 'in_aadhaar',
    pattern: /[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}/g,
    check: passesVerhoeff,
    label: /aadhaar|aadhar|uid/i,
    examples: ['Aadhaar 2345 6789 0124'],
    counterexamples: ['2345 6789 0124', 'Aadhaar 2345 6789 0125'],
  },
  {
    kind: 'in_pan',
    pattern: /[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]/g,
    check: () => true,
    examples: ['ABCPE1234F'],
    counterexamples: ['ABCDE1234F', 'ABCPE12345'],
  },
  {
    kind: 'in_gstin',
    pattern: /[0-3]\d[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]/g,
    check: (number) => luhnMod36(number.slice(0, -1)) === number.at(-1),
    examples: ['27AAPFU0939F1ZV'],
    counterexamples: ['27AAPFU0939F1ZW', '27AAPEX0939F1ZV'],
  },
];
