import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const singaporeNumbers: readonly NumberFormat[] = [
  {
    kind: 'sg_nric',
    pattern: /[STFGstfg]\d{7}[A-Za-z]/g,
    check: (number) => {
      const isForeign = 'FG'.includes(number[0]!);
      const base = 'TG'.includes(number[0]!) ? 4 : 0;
      const rest = (base + weighted(number.slice(1), [2, 7, 6, 5, 4, 3, 2])) % 11;
      return (isForeign ? 'XWUTRQPNMLK' : 'JZIHGFEDCBA')[rest] === number.at(-1);
    },
    examples: ['S1234567D'],
    counterexamples: ['S1234567E'],
  },
];
