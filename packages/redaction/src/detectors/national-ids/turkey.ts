import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const turkeyNumbers: readonly NumberFormat[] = [
  {
    kind: 'tr_identity_number',
    pattern: /[1-9]\d{10}/g,
    check: (number) =>
      weighted(number, [7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10 === Number(number[9]) &&
      weighted(number, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10 === Number(number[10]),
    examples: ['10000000146', 'T.C. kimlik 19191919190'],
    counterexamples: ['10000000147', 'T.C. kimlik 19191919191'],
  },
];
