import { hasDate, modulo } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const belgiumNumbers: readonly NumberFormat[] = [
  {
    kind: 'be_national_number',
    pattern: /\d{2}[.]?\d{2}[.]?\d{2}-?\d{3}[.]?\d{2}/g,
    check: (number) => {
      const body = number.slice(0, 9);
      const check = Number(number.slice(9));
      return (
        hasDate(number, 2, 4) && [body, `2${body}`].some((form) => 97 - modulo(form, 97) === check)
      );
    },
    examples: ['85.07.30-033.28'],
    counterexamples: ['85.07.30-033.29', '85.17.30-033.28'],
  },
];
