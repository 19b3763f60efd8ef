import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const portugalNumbers: readonly NumberFormat[] = [
  {
    kind: 'pt_nif',
    pattern: /[1235689]\d{8}/g,
    check: (number) => {
      const check = 11 - (weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return (check > 9 ? 0 : check) === Number(number[8]);
    },
    label: /nif|contribuinte/i,
    examples: ['NIF 123456789'],
    counterexamples: ['123456789', 'NIF 123456788'],
  },
];
