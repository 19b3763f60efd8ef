import { passesLuhn } from '../credit-card.ts';
import { type NumberFormat, weighted } from './labelled-number.ts';

// The multiplication and permutation tables of Verhoeff's check.
const PRODUCT =
  '0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210'.split(
    ' ',
  );
const PERMUTATION =
  '0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258'.split(
    ' ',
  );

function passesVerhoeff(digits: string): boolean {
  let check = 0;
  digits
    .split('')
    .toReversed()
    .forEach((digit, index) => {
      check = Number(PRODUCT[check]![Number(PERMUTATION[index % 8]![Number(digit)])]);
    });
  return check === 0;
}

function brazilianDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce(
    (total, weight, index) => total + weight * (digits.charCodeAt(index) - 48),
    0,
  );
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}

export const otherNumbers: readonly NumberFormat[] = [
  {
    kind: 'ca_sin',
    pattern: /[1-79]\d{2}[ -]?\d{3}[ -]?\d{3}/g,
    check: passesLuhn,
    label: /\bsin\b|social insurance|assurance sociale/i,
    examples: ['SIN 130 692 544'],
    counterexamples: ['130 692 544', 'SIN 130 692 545'],
  },
  {
    kind: 'br_cpf',
    pattern: /\d{3}[.]?\d{3}[.]?\d{3}-?\d{2}/g,
    check: (number) =>
      !/^(\d)\1+$/.test(number) &&
      brazilianDigit(number, [10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[9]) &&
      brazilianDigit(number, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[10]),
    examples: ['529.982.247-25', '52998224725'],
    counterexamples: ['529.982.247-26', '111.111.111-11'],
  },
  {
    // Since July 2026 the first twelve may be letters.
    kind: 'br_cnpj',
    pattern: /[0-9A-Z]{2}[.]?[0-9A-Z]{3}[.]?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}/g,
    check: (number) =>
      brazilianDigit(number, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[12]) &&
      brazilianDigit(number, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[13]),
    examples: ['11.222.333/0001-81', '12.ABC.345/01DE-35'],
    counterexamples: ['11.222.333/0001-82'],
  },
  {
    kind: 'in_aadhaar',
    pattern: /[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}/g,
    check: passesVerhoeff,
    label: /aadhaar|aadhar|uid/i,
    examples: ['Aadhaar 2345 6789 0124'],
    counterexamples: ['2345 6789 0124', 'Aadhaar 2345 6789 0125'],
  },
  {
    kind: 'in_pan',
    pattern: /[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]/g,
    check: () => true,
    examples: ['ABCPE1234F'],
    counterexamples: ['ABCDE1234F', 'ABCPE12345'],
  },
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
  {
    kind: 'za_identity_number',
    pattern: /\d{2}[01]\d[0-3]\d{5}[01]\d{2}/g,
    check: passesLuhn,
    label: /\bid\b|identity/i,
    examples: ['ID 8001015009087'],
    counterexamples: ['8001015009087', 'ID 8001015009088'],
  },
  {
    kind: 'au_tfn',
    pattern: /\d{3}[ ]?\d{3}[ ]?\d{3}/g,
    check: (number) => weighted(number, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    label: /tfn|tax file/i,
    examples: ['TFN 123 456 782'],
    counterexamples: ['123 456 782', 'TFN 123 456 783'],
  },
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
    kind: 'imei',
    pattern: /\d{15}|\d{2}-\d{6}-\d{6}-\d/g,
    check: passesLuhn,
    label: /imei/i,
    examples: ['IMEI 490154203237518'],
    counterexamples: ['490154203237518', 'IMEI 490154203237519'],
  },
];
