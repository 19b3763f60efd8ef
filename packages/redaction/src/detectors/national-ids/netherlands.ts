import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const netherlandsNumbers: readonly NumberFormat[] = [
  {
    kind: 'nl_bsn',
    pattern: /\d{9}|\d{4}[.]\d{2}[.]\d{3}/g,
    check: (number) => weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    label: /bsn|burgerservice|sofi/i,
    examples: ['BSN 111222333'],
    counterexamples: ['111222333', 'BSN 111222334'],
  },
];
