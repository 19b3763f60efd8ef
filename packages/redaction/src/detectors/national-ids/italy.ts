import type { NumberFormat } from './labelled-number.ts';

/** Values of the characters at odd places of an Italian tax code, from 0 and A on. */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

export const italyNumbers: readonly NumberFormat[] = [
  {
    kind: 'it_codice_fiscale',
    pattern: /[A-Za-z]{6}\d{2}[A-EHLMPR-Ta-ehlmpr-t]\d{2}[A-Za-z]\d{3}[A-Za-z]/g,
    check: (number) => {
      let sum = 0;
      for (let i = 0; i < 15; i++) {
        const code = number.charCodeAt(i);
        const value = code < 65 ? code - 48 : code - 65;
        sum += i % 2 === 0 ? ODD[value]! : value;
      }
      return String.fromCharCode(65 + (sum % 26)) === number[15];
    },
    examples: ['RSSMRA85T10A562S'],
    counterexamples: ['RSSMRA85T10A562T'],
  },
];
