import { passesLuhn } from '../credit-card.ts';
import { hasDate, weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';

export const nordicCountriesNumbers: readonly NumberFormat[] = [
  {
    kind: 'se_personal_number',
    pattern: /(?:19|20)?\d{6}[-+]\d{4}/g,
    check: (number) => {
      const digits = number.replace('+', '').slice(-10);
      return hasDate(digits, 2, 4) && passesLuhn(digits);
    },
    examples: ['811228-9874', '19811228-9874'],
    counterexamples: ['811228-9875', '811328-9874'],
  },
  {
    kind: 'fi_personal_code',
    pattern: /\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]/g,
    check: (number) => {
      const digits = number.replaceAll(/[^\d]/g, '').slice(0, 9);
      const check = number.at(-1)!;
      return hasDate(number, 2, 0) && FINNISH[Number(digits) % 31] === check;
    },
    examples: ['131052-308T', '131052A308T'],
    counterexamples: ['131052-308U', '321052-308T'],
  },
  {
    kind: 'no_national_number',
    pattern: /\d{6}[ ]?\d{5}/g,
    check: (number) => {
      const one = 11 - (weighted(number, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11);
      const two = 11 - (weighted(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
      return (
        hasDate(number, 2, 0) && one % 11 === Number(number[9]) && two % 11 === Number(number[10])
      );
    },
    examples: ['01010750160'],
    counterexamples: ['01010750161', '01410750160'],
  },
  {
    // Its check digit does not hold for everybody since 2007.
    kind: 'dk_cpr',
    pattern: /\d{6}[- ]?\d{4}/g,
    check: (number) => hasDate(number, 2, 0),
    label: /\bcpr\b|cpr-?n(?:umme)?r|personnummer/i,
    examples: ['CPR 070761-4285', 'CPR-nummer: 0707614285'],
    counterexamples: ['070761-4285', 'CPR 071361-4285'],
  },
];
