import { hasDate, modulo } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const franceNumbers: readonly NumberFormat[] = [
  {
    kind: 'fr_nir',
    pattern: /[12][ ]?\d{2}[ ]?\d{2}[ ]?(?:\d{2}|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}/g,
    check: (number) => {
      const body = number.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return (
        hasDate(`${number.slice(3, 5)}01`, 0, 2) &&
        97 - modulo(body, 97) === Number(number.slice(13))
      );
    },
    examples: ['2 55 08 14 168 025 38', '255081416802538'],
    counterexamples: ['255081416802539', '255181416802538'],
  },
];
