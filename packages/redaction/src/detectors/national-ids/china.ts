import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const chinaNumbers: readonly NumberFormat[] = [
  {
    kind: 'cn_identity_number',
    pattern: /[1-9]\d{5}(?:19|20)\d{9}[\dXx]/g,
    check: (number) =>
      '10X98765432'[
        weighted(number, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11
      ] === number[17],
    examples: ['11010519491231002X'],
    counterexamples: ['110105194912310021'],
  },
];
