import type { NumberFormat } from './labelled-number.ts';

function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce(
    (total, weight, index) => total + weight * (digits.charCodeAt(index) - 48),
    0,
  );
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}

export const brazilNumbers: readonly NumberFormat[] = [
  {
    kind: 'br_cpf',
    pattern: /\d{3}[.]?\d{3}[.]?\d{3}-?\d{2}/g,
    check: (number) =>
      !/^(\d)\1+$/.test(number) &&
      checkDigit(number, [10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[9]) &&
      checkDigit(number, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[10]),
    examples: ['529.982.247-25', '52998224725'],
    counterexamples: ['529.982.247-26', '111.111.111-11'],
  },
  {
    // Since July 2026 the first twelve may be letters.
    kind: 'br_cnpj',
    pattern: /[0-9A-Z]{2}[.]?[0-9A-Z]{3}[.]?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}/g,
    check: (number) =>
      checkDigit(number, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[12]) &&
      checkDigit(number, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(number[13]),
    examples: ['11.222.333/0001-81', '12.ABC.345/01DE-35'],
    counterexamples: ['11.222.333/0001-82'],
  },
];
