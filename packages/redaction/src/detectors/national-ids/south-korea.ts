import { hasDate } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const southKoreaNumbers: readonly NumberFormat[] = [
  {
    // Its check digit does not hold for numbers since October 2020.
    kind: 'kr_registration_number',
    pattern: /\d{6}-[1-8]\d{6}/g,
    check: (number) => hasDate(number, 2, 4),
    examples: ['900101-1234567'],
    counterexamples: ['901301-1234567', '900101-9234567', '9001011234567'],
  },
];
