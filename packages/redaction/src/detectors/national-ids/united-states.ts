import { passesLuhn } from '../credit-card.ts';
import { weighted } from './check-digits.ts';
import type { NumberFormat } from './labelled-number.ts';

export const unitedStatesNumbers: readonly NumberFormat[] = [
  {
    kind: 'us_npi',
    pattern: /[12]\d{9}/g,
    check: (number) => passesLuhn(`80840${number}`),
    label: /npi|national provider/i,
    examples: ['NPI 1234567893'],
    counterexamples: ['1234567893', 'NPI 1234567890'],
  },
  {
    kind: 'us_dea',
    pattern: /[A-Z]{2}\d{7}/g,
    check: (number) => {
      const digit = (at: number): number => Number(number[at + 1]);
      const sum = digit(1) + digit(3) + digit(5) + 2 * (digit(2) + digit(4) + digit(6));
      return sum % 10 === digit(7);
    },
    label: /\bdea\b/i,
    examples: ['DEA AB1234563'],
    counterexamples: ['AB1234563', 'DEA AB1234564'],
  },
  {
    kind: 'us_routing_number',
    pattern: /\d{9}/g,
    check: (number) => weighted(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    label: /\baba\b|routing|rtn/i,
    examples: ['routing number 111000025'],
    counterexamples: ['111000025', 'routing number 111000026'],
  },
  {
    kind: 'us_mbi',
    pattern:
      /[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}/g,
    check: () => true,
    examples: ['1EG4-TE5-MK73'],
    counterexamples: ['1SG4-TE5-MK73'],
  },
  {
    kind: 'us_ein',
    pattern: /\d{2}-?\d{7}/g,
    // Prefixes that no campus of the tax office gives out.
    check: (number) => !/^(?:0[07-9]|1[789]|[27]8|29|49|69|70|79|89|9[67])/.test(number),
    label: /\bf?ein\b|employer id|federal tax id/i,
    examples: ['EIN 12-3456789', 'Employer ID Number: 123456789'],
    counterexamples: ['12-3456789', 'EIN 00-1234567'],
  },
];
