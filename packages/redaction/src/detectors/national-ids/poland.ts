import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const polandNumbers: readonly NumberFormat[] = [
  {
    kind: 'pl_pesel',
    pattern: /\d{11}/g,
    check: (number) =>
      (10 - (weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(number[10]),
    label: /pesel/i,
    examples: ['PESEL: 44051401359'],
    counterexamples: ['44051401359', 'PESEL: 44051401358'],
  },
];
