import { passesLuhn } from '../credit-card.ts';
import { modulo, type NumberFormat, weighted } from './labelled-number.ts';

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';
const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';
/** Values of the characters at odd places of an Italian tax code, from 0 and A on. */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function hasDate(number: string, year: number, month: number, day: number): boolean {
  const monthOf = Number(number.slice(month, month + 2));
  const dayOf = Number(number.slice(day, day + 2));
  return year >= 0 && monthOf >= 1 && monthOf <= 12 && dayOf >= 1 && dayOf <= 31;
}

/** ISO 7064, modulus 11 and 10: the check digit of the German tax number. */
function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

export const europeanNumbers: readonly NumberFormat[] = [
  {
    kind: 'uk_nino',
    pattern: /[A-Za-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Da-d]/g,
    check: (number) =>
      /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(number) &&
      !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(number),
    examples: ['AB 12 34 56 C', 'JK987654A'],
    counterexamples: ['BG123456A', 'DA123456A', 'AB123456E'],
  },
  {
    kind: 'uk_nhs',
    pattern: /\d{3}[ -]?\d{3}[ -]?\d{4}/g,
    check: (number) => {
      const check = 11 - (weighted(number, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return check !== 10 && check % 11 === Number(number[9]);
    },
    label: /nhs/i,
    examples: ['NHS number 943 476 5919'],
    counterexamples: ['943 476 5919', 'NHS 943 476 5918'],
  },
  {
    kind: 'de_tax_id',
    pattern: /[1-9]\d[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}/g,
    check: passesMod11And10,
    label: /steuer|idnr|tin|tax/i,
    examples: ['Steuer-ID 86 095 742 719'],
    counterexamples: ['86 095 742 719', 'Steuer-ID 86 095 742 718'],
  },
  {
    kind: 'es_dni',
    pattern: /(?:\d{8}|[XYZxyz]\d{7})-?[A-Za-z]/g,
    check: (number) => {
      const digits = number
        .slice(0, -1)
        .replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return DNI[Number(digits) % 23] === number.at(-1);
    },
    examples: ['12345678Z', 'X1234567L'],
    counterexamples: ['12345678A', 'X1234567A'],
  },
  {
    kind: 'fr_nir',
    pattern: /[12][ ]?\d{2}[ ]?\d{2}[ ]?(?:\d{2}|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}/g,
    check: (number) => {
      const body = number.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return (
        hasDate(`${number.slice(3, 5)}01`, 0, 0, 2) &&
        97 - modulo(body, 97) === Number(number.slice(13))
      );
    },
    examples: ['2 55 08 14 168 025 38', '255081416802538'],
    counterexamples: ['255081416802539', '255181416802538'],
  },
  {
    kind: 'nl_bsn',
    pattern: /\d{9}|\d{4}[.]\d{2}[.]\d{3}/g,
    check: (number) => weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    label: /bsn|burgerservice|sofi/i,
    examples: ['BSN 111222333'],
    counterexamples: ['111222333', 'BSN 111222334'],
  },
  {
    kind: 'be_national_number',
    pattern: /\d{2}[.]?\d{2}[.]?\d{2}-?\d{3}[.]?\d{2}/g,
    check: (number) => {
      const body = number.slice(0, 9);
      const check = Number(number.slice(9));
      return (
        hasDate(number, 0, 2, 4) &&
        [body, `2${body}`].some((form) => 97 - modulo(form, 97) === check)
      );
    },
    examples: ['85.07.30-033.28'],
    counterexamples: ['85.07.30-033.29', '85.17.30-033.28'],
  },
  {
    kind: 'pl_pesel',
    pattern: /\d{11}/g,
    check: (number) =>
      (10 - (weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(number[10]),
    label: /pesel/i,
    examples: ['PESEL: 44051401359'],
    counterexamples: ['44051401359', 'PESEL: 44051401358'],
  },
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
  {
    kind: 'se_personal_number',
    pattern: /(?:19|20)?\d{6}[-+]\d{4}/g,
    check: (number) => {
      const digits = number.replace('+', '').slice(-10);
      return hasDate(digits, 0, 2, 4) && passesLuhn(digits);
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
      return hasDate(number, 0, 2, 0) && FINNISH[Number(digits) % 31] === check;
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
        hasDate(number, 0, 2, 0) &&
        one % 11 === Number(number[9]) &&
        two % 11 === Number(number[10])
      );
    },
    examples: ['01010750160'],
    counterexamples: ['01010750161', '01410750160'],
  },
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
