import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const australiaNumbers: readonly NumberFormat[] = [
  {
    kind: 'au_tfn',
    pattern: /\d{2,3}[ ]?\d{3}[ ]?\d{3}/g,
    check: (number) =>
      weighted(
        number,
        number.length === 9 ? [1, 4, 3, 7, 5, 8, 6, 9, 10] : [10, 7, 8, 4, 6, 3, 5, 1],
      ) %
        11 ===
      0,
    label: /tfn|tax file/i,
    examples: ['TFN 123 456 782', 'tax file number 37 118 629'],
    counterexamples: ['123 456 782', 'TFN 123 456 783'],
  },
  {
    kind: 'au_abn',
    pattern: /\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}/g,
    check: (number) => (weighted(number, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
    label: /\babn\b|australian business/i,
    examples: ['ABN 51 824 753 556'],
    counterexamples: ['51 824 753 556', 'ABN 51 824 753 557'],
  },
  {
    kind: 'au_acn',
    pattern: /\d{3}[ ]?\d{3}[ ]?\d{3}/g,
    check: (number) =>
      (10 - (weighted(number, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === Number(number[8]),
    label: /\bacn\b|australian company/i,
    examples: ['ACN 004 085 616'],
    counterexamples: ['004 085 616', 'ACN 004 085 617'],
  },
  {
    kind: 'au_medicare',
    pattern: /[2-6]\d{3}[ ]?\d{5}[ ]?\d(?:[ /-]?[1-9])?/g,
    check: (number) => weighted(number, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(number[8]),
    label: /medicare/i,
    examples: ['Medicare 2123 45670 1', 'Medicare card 21234567011'],
    counterexamples: ['2123 45670 1', 'Medicare 2123 45671 1'],
  },
];
