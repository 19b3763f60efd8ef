import { passesMod11And10, hasDate } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const germanyNumbers: readonly NumberFormat[] = [
  {
    kind: 'de_tax_id',
    pattern: /[1-9]\d[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}/g,
    check: passesMod11And10,
    label: /steuer|idnr|tin|tax/i,
    examples: ['Steuer-ID 86 095 742 719'],
    counterexamples: ['86 095 742 719', 'Steuer-ID 86 095 742 718'],
  },
  {
    kind: 'de_pension_number',
    pattern: /\d{2}[ ]?\d{6}[ ]?[A-Za-z][ ]?\d{2}[ ]?\d/g,
    check(number) {
      const letter = number.charCodeAt(8) - 64;
      const digits = number.slice(0, 8) + String(letter).padStart(2, '0') + number.slice(9);
      // Days of birth of namesakes are counted on from 50.
      const day = Number(number.slice(2, 4)) % 50;
      const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, weight, index) => {
        const product = weight * Number(digits[index]);
        return total + Math.floor(product / 10) + (product % 10);
      }, 0);
      return (
        day > 0 && hasDate(`01${number.slice(4, 6)}`, 2, 0) && sum % 10 === Number(digits.at(-1))
      );
    },
    examples: ['15 070649 C 103', '65170839J003'],
    counterexamples: ['15070649C104', '15071949C103'],
  },
];
