import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const unitedKingdomNumbers: readonly NumberFormat[] = [
  {
    kind: 'uk_nino',
    pattern: /[A-Za-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Da-d]/g,
    check: (number) =>
      /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(number) &&
      !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(number),
    examples: ['AB 12 34 56 C', 'JK987654A'],
    counterexamples: ['BG123456A', 'DA123456A', 'AB123456E'],
  },
  {
    kind: 'uk_nhs',
    pattern: /\d{3}[ -]?\d{3}[ -]?\d{4}/g,
    check: (number) => {
      const check = 11 - (weighted(number, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return check !== 10 && check % 11 === Number(number[9]);
    },
    label: /nhs/i,
    examples: ['NHS number 943 476 5919'],
    counterexamples: ['943 476 5919', 'NHS 943 476 5918'],
  },
];
